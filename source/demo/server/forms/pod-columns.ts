import {flag, instant, items, name, number, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject} from '../../model.ts';
import {ageColumn, field, nameColumn, raw, since, type TableColumn, wide} from './cells.ts';

/** The columns of `kubectl get pods`; cells as in printPod of kubernetes `pkg/printers/internalversion/printers.go`. */
export const podColumns: readonly TableColumn[] = [
	nameColumn,
	{
		name: 'Ready',
		description: 'The aggregate readiness state of this pod for accepting traffic.',
		of: object => {
			const {ready, total} = summarise(raw(object));
			return `${ready}/${total}`;
		},
	},
	{
		name: 'Status',
		description: 'The aggregate status of the containers in this pod.',
		of: object => summarise(raw(object)).reason,
	},
	{
		name: 'Restarts',
		description:
			'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
		of: restartsCell,
	},
	ageColumn,
	field('IP', pod => items(pod.status?.podIPs)[0]?.ip, '<none>', 1),
	field('Node', pod => pod.spec?.nodeName, '<none>', 1),
	field('Nominated Node', pod => pod.status?.nominatedNodeName, '<none>', 1),
	wide({name: 'Readiness Gates', of: object => gates(raw(object))}),
];

type Summary = {
	readonly ready: number;
	readonly total: number;
	readonly reason: string;
	readonly restarts: number;
	readonly restartedAt: Raw | undefined;
};

function restartsCell(object: KubeObject, now: number): string {
	const {restarts, restartedAt} = summarise(raw(object));
	return restarts === 0 || instant(restartedAt) === 0 ? `${restarts}` : `${restarts} (${since(restartedAt, now)} ago)`;
}

function summarise(pod: Raw): Summary {
	const statuses = items(pod.status?.containerStatuses);
	const sidecars = items(pod.spec?.initContainers).filter(each => name(each.restartPolicy) === 'Always');
	const total = items(pod.spec?.containers).length + sidecars.length;
	const initializing = initReason(pod);
	const started = initializing === undefined || hasCondition(pod, 'Initialized');
	const running = started ? statuses.filter(each => flag(each.ready) && isSet(each.state?.running)) : [];
	const readySidecars = items(pod.status?.initContainerStatuses).filter(each => flag(each.started) && flag(each.ready));
	const counted = started ? statuses : items(pod.status?.initContainerStatuses);
	const ended = counted.map(each => each.lastState?.terminated?.finishedAt).sort((a, b) => instant(b) - instant(a));
	return {
		total,
		ready: running.length + readySidecars.length,
		reason: finalReason(pod, started ? mainReason(pod, running.length > 0) : (initializing ?? '')),
		restarts: counted.reduce((sum, each) => sum + (number(each.restartCount) ?? 0), 0),
		restartedAt: ended[0],
	};
}

/** What holds the init containers up; undefined when they are through. */
function initReason(pod: Raw): string | undefined {
	const statuses = items(pod.status?.initContainerStatuses);
	for (const [index, each] of statuses.entries()) {
		const {terminated, waiting} = each.state ?? {};
		if (isSet(terminated) && number(terminated.exitCode) === 0) continue;
		if (flag(each.started) && isSidecar(pod, name(each.name))) continue;
		if (isSet(terminated)) return `Init:${terminatedReason(terminated)}`;
		const why = name(waiting?.reason);
		if (why !== '' && why !== 'PodInitializing') return `Init:${why}`;
		return `Init:${index}/${items(pod.spec?.initContainers).length}`;
	}
	return undefined;
}

function mainReason(pod: Raw, hasRunning: boolean): string {
	let reason: string = name(pod.status?.reason) || name(pod.status?.phase);
	if (items(pod.status?.conditions).some(each => name(each.reason) === 'SchedulingGated')) reason = 'SchedulingGated';
	let failure = '';
	for (const {state} of items(pod.status?.containerStatuses).toReversed()) {
		const waiting = name(state?.waiting?.reason);
		if (waiting !== '') reason = waiting;
		else if (isSet(state?.terminated)) {
			reason = terminatedReason(state.terminated);
			if (number(state.terminated.exitCode) !== 0) failure = reason;
		}
	}
	if (reason !== 'Completed') return reason;
	if (hasRunning && hasCondition(pod, 'Ready')) return 'Running';
	return failure || (hasRunning ? 'NotReady' : reason);
}

function finalReason(pod: Raw, reason: string): string {
	if (!isSet(pod.metadata?.deletionTimestamp)) return reason;
	if (name(pod.status?.reason) === 'NodeLost') return 'Unknown';
	return ['Succeeded', 'Failed'].includes(name(pod.status?.phase)) ? reason : 'Terminating';
}

function terminatedReason(terminated: Raw): string {
	const {reason, signal, exitCode} = terminated;
	return name(reason) || (number(signal) ? `Signal:${number(signal)}` : `ExitCode:${number(exitCode)}`);
}

function isSidecar(pod: Raw, container: string): boolean {
	return items(pod.spec?.initContainers).some(each => name(each.name) === container && name(each.restartPolicy) === 'Always');
}

function hasCondition(pod: Raw, type: string): boolean {
	return items(pod.status?.conditions).some(each => name(each.type) === type && name(each.status) === 'True');
}

function gates(pod: Raw): string {
	const wanted = items(pod.spec?.readinessGates);
	const met = wanted.filter(gate => hasCondition(pod, name(gate.conditionType)));
	return wanted.length === 0 ? '<none>' : `${met.length}/${wanted.length}`;
}

function isSet(value: Raw | undefined): value is Raw {
	return value !== undefined && value !== null;
}

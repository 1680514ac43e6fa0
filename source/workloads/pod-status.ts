import {flag, instant, items, name, number, type Raw} from '../cluster/raw.ts';

/** The columns READY, STATUS and RESTARTS of `kubectl get pods`. */
export type PodStatus = {
	readonly status: string;
	readonly readyContainers: number;
	readonly containers: number;
	readonly restarts: number;
};

type Told = {readonly reason: string; readonly ready: number; readonly restarts: number};

const isSidecar = (container: Raw | undefined) => name(container?.restartPolicy) === 'Always';
const restartsOf = (status: Raw) => number(status.restartCount) ?? 0;
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const conditionIs = (pod: Raw, type: string, field: 'status' | 'reason', value: string) =>
	items(pod.status?.conditions).some(condition => name(condition.type) === type && name(condition[field]) === value);

function endOf(terminated: Raw): string {
	const reason = name(terminated.reason);
	if (reason !== '') return reason;
	const signal = number(terminated.signal) ?? 0;
	return signal === 0 ? `ExitCode:${number(terminated.exitCode) ?? 0}` : `Signal:${signal}`;
}

/** What holds the pod in its initialisation, `''` when this init container is done or runs beside the others. */
function blockOf(status: Raw, sidecar: boolean, at: number, total: number): string {
	const {terminated, waiting} = status.state ?? {};
	if (terminated && (number(terminated.exitCode) ?? 0) === 0) return '';
	if (sidecar && flag(status.started)) return '';
	if (terminated) return `Init:${endOf(terminated)}`;
	const reason = name(waiting?.reason);
	return reason === '' || reason === 'PodInitializing' ? `Init:${at}/${total}` : `Init:${reason}`;
}

function initialisation(pod: Raw): Told & {readonly sidecarRestarts: number} {
	const specs = items(pod.spec?.initContainers);
	const sidecars = new Set(specs.filter(isSidecar).map(spec => name(spec.name)));
	const statuses = items(pod.status?.initContainerStatuses);
	const blocks = statuses.map((status, at) => blockOf(status, sidecars.has(name(status.name)), at, specs.length));
	const stuckAt = blocks.findIndex(block => block !== '');
	const reached = stuckAt === -1 ? statuses : statuses.slice(0, stuckAt + 1);
	const besides = reached.filter(status => sidecars.has(name(status.name)));
	const running = besides.filter(status => !status.state?.terminated && flag(status.started) && flag(status.ready));
	return {
		reason: blocks[stuckAt] ?? '',
		ready: running.length,
		restarts: sum(reached.map(restartsOf)),
		sidecarRestarts: sum(besides.map(restartsOf)),
	};
}

/** The first container's word wins, as kubectl walks them from the last to the first. */
function containersOf(pod: Raw, before: string): Told {
	let reason = before;
	let failure = '';
	let ready = 0;
	const statuses = items(pod.status?.containerStatuses);
	for (const status of statuses.toReversed()) {
		const {waiting, terminated, running} = status.state ?? {};
		if (name(waiting?.reason) !== '') reason = name(waiting?.reason);
		else if (terminated) {
			reason = endOf(terminated);
			if ((number(terminated.exitCode) ?? 0) !== 0) failure = reason;
		} else if (flag(status.ready) && running) ready++;
	}
	if (reason === 'Completed') {
		if (ready > 0) reason = conditionIs(pod, 'Ready', 'status', 'True') ? 'Running' : failure || 'NotReady';
		else reason = failure || reason;
	}
	return {reason, ready, restarts: sum(statuses.map(restartsOf))};
}

function withDeletion(pod: Raw, reason: string): string {
	if (instant(pod.metadata?.deletionTimestamp) === 0) return reason;
	if (name(pod.status?.reason) === 'NodeLost') return 'Unknown';
	const phase = name(pod.status?.phase);
	return phase === 'Succeeded' || phase === 'Failed' ? reason : 'Terminating';
}

/** As kubectl does it (kubernetes v1.36.3, pkg/printers/internalversion/printers.go, printPod). The text is not safe yet. */
export function podStatus(pod: Raw): PodStatus {
	const gated = conditionIs(pod, 'PodScheduled', 'reason', 'SchedulingGated');
	const first = gated ? 'SchedulingGated' : name(pod.status?.reason) || name(pod.status?.phase);
	const init = initialisation(pod);
	const initialised = init.reason === '' || conditionIs(pod, 'Initialized', 'status', 'True');
	const main = initialised ? containersOf(pod, init.reason || first) : undefined;
	return {
		status: withDeletion(pod, main?.reason ?? init.reason),
		readyContainers: init.ready + (main?.ready ?? 0),
		containers: items(pod.spec?.containers).length + items(pod.spec?.initContainers).filter(isSidecar).length,
		restarts: main === undefined ? init.restarts : init.sidecarRestarts + main.restarts,
	};
}

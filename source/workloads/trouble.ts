import {instant, items, name, number, type Raw, text} from '../cluster/raw.ts';
import {type Labels, labelsOf} from '../cluster/selector.ts';
import type {SafeText} from '../vocabulary.ts';

/**
 * What keeps a pod from running. `unschedulable`: no node takes it. `creating`: bound to a node, its containers not made yet
 * (volumes, network). `image`: cannot be pulled. `config`: cannot be made from what it names. `crashing`: ends again and
 * again. `not ready`: runs, yet does not answer.
 */
export type Trouble = {
	readonly is: 'unschedulable' | 'creating' | 'image' | 'config' | 'crashing' | 'not ready';
	/** The cluster's own words: `Unschedulable`, `ImagePullBackOff`, `CrashLoopBackOff`. */
	readonly reason: SafeText;
	readonly message: SafeText;
	/** The container that fails; `''` where it is the pod as a whole. */
	readonly container: SafeText;
	/** Epoch ms, 0 where nothing tells. */
	readonly since: number;
	/** How the container last ended, where it did. */
	readonly exitCode: number | undefined;
	/** Labels a node must have to take it, where none does; empty for all others, and where it asks for none. */
	readonly selector: Labels;
	/** The kubelet waits as long as it does only after five ends in a row. */
	readonly loops: boolean;
};

const byReason: ReadonlyMap<string, Trouble['is']> = new Map([
	['CrashLoopBackOff', 'crashing'],
	['ImagePullBackOff', 'image'],
	['ErrImagePull', 'image'],
	['ErrImageNeverPull', 'image'],
	['InvalidImageName', 'image'],
	['ImageInspectError', 'image'],
	['RegistryUnavailable', 'image'],
	['CreateContainerConfigError', 'config'],
	['CreateContainerError', 'config'],
	['RunContainerError', 'config'],
	['PreCreateHookError', 'config'],
	['PostStartHookError', 'config'],
]);

const anyNode: Labels = [];

// It doubles from 10 s to 5 min, and begins anew once the container ran for 10 min (kubernetes v1.36.3, pkg/kubelet/kubelet.go).
const longBackOff = /^back-off (2m40s|5m0s) /;

const condition = (raw: Raw, type: string): Raw | undefined =>
	items(raw.status?.conditions).find(each => name(each.type) === type);

function containerTrouble(status: Raw, since: number): Trouble | undefined {
	const {waiting, terminated} = status.state ?? {};
	const last = status.lastState?.terminated;
	const is = byReason.get(name(waiting?.reason));
	const about = {container: text(status.name, 253), since, selector: anyNode};
	if (is !== undefined)
		return {
			is,
			reason: text(waiting?.reason, 64),
			message: text(last?.message, 256) || text(waiting?.message, 256),
			exitCode: number(last?.exitCode),
			loops: longBackOff.test(name(waiting?.message)),
			...about,
		};
	const exitCode = number(terminated?.exitCode) ?? 0;
	if (terminated === undefined || exitCode === 0) return undefined;
	const message = text(terminated.message, 256);
	return {is: 'crashing', reason: text(terminated.reason, 64), message, exitCode, loops: false, ...about};
}

/** What keeps a pod from running, undefined where nothing does or it is meant to end. `createdAt` in epoch ms. */
export function troubleOf(raw: Raw, createdAt: number): Trouble | undefined {
	const {metadata, spec, status} = raw;
	const phase = name(status?.phase);
	if (instant(metadata?.deletionTimestamp) > 0 || phase === 'Succeeded' || phase === 'Failed') return undefined;
	const scheduled = condition(raw, 'PodScheduled');
	const whole = {container: text(undefined), exitCode: undefined, loops: false, selector: anyNode};
	if (name(spec?.nodeName) === '') {
		if (name(scheduled?.status) !== 'False' || name(scheduled?.reason) === 'SchedulingGated') return undefined;
		const since = instant(scheduled?.lastTransitionTime) || createdAt;
		const said = {reason: text(scheduled?.reason, 64), message: text(scheduled?.message, 512)};
		return {...whole, is: 'unschedulable', ...said, since, selector: labelsOf(spec?.nodeSelector)};
	}
	const ready = condition(raw, 'Ready');
	if (name(ready?.status) === 'True') return undefined;
	const since = instant(ready?.lastTransitionTime) || createdAt;
	const statuses = [...items(status?.initContainerStatuses), ...items(status?.containerStatuses)];
	for (const each of statuses) {
		const found = containerTrouble(each, since);
		if (found !== undefined) return found;
	}
	const is = phase === 'Pending' ? 'creating' : 'not ready';
	return {is, reason: text(ready?.reason, 64), message: text(ready?.message, 256), since, ...whole};
}

import {items, text} from '../../cluster/raw.ts';
import {keyOf, own, type SafeText, say} from '../../vocabulary.ts';
import {shownName} from '../../words.ts';
import {listed} from '../listed.ts';
import type {DrainOptions} from '../request.ts';
import {type DrainPod, isFinished} from './pod.ts';

/** Whether a DaemonSet that a pod names exists; a sentence where that could not be found out. */
export type DaemonSets = ReadonlyMap<string, 'there' | 'gone' | {readonly unread: SafeText}>;

type Flag = '--force' | '--delete-emptydir-data' | '--ignore-daemonsets';

/** What kubectl's filters make of a pod. `loses`: what is deleted with it for good. */
export type Filtered =
	| {readonly is: 'goes'; readonly loses: readonly SafeText[]}
	| {readonly is: 'stays'; readonly why: SafeText}
	| {readonly is: 'refused'; readonly flag?: Flag; readonly why: SafeText};

type Filter = (
	pod: DrainPod,
	given: {readonly options: DrainOptions; readonly daemonSets: DaemonSets; readonly now: number},
) =>
	| Filtered
	/** Nothing to say: the next one is asked. */
	| undefined;

const second = 1000;

/** In whole seconds, as kubectl counts. */
const skipDeleted: Filter = ({deletingAt}, {options: {skipWaitForDeleteTimeout = 0}, now}) => {
	const longest = Math.floor(skipWaitForDeleteTimeout / second);
	if (longest <= 0 || deletingAt === 0 || Math.floor((now - deletingAt) / second) <= longest) return undefined;
	return {is: 'stays', why: say`was deleted more than ${longest} s ago and is not waited for`};
};

/** Whether a pod is one of a DaemonSet of Kubernetes' own; others of that name are workloads like any other. */
export function isOfDaemonSet({controller}: DrainPod): boolean {
	return controller?.kind === 'DaemonSet' && controller.apiVersion === 'apps/v1';
}

const daemonSet: Filter = (pod, {options, daemonSets}) => {
	const {controller, namespace} = pod;
	if (controller === undefined || !isOfDaemonSet(pod) || isFinished(pod)) return undefined;
	const shown = shownName(controller);
	const found = daemonSets.get(keyOf(namespace, controller.name)) ?? {unread: own('not read')};
	if (found === 'gone') {
		if (!options.force) return {is: 'refused', flag: '--force', why: say`its DaemonSet ${shown} does not exist any more`};
		return undefined;
	}
	if (found !== 'there') return {is: 'refused', why: say`its DaemonSet ${shown} cannot be looked up: ${found.unread}`};
	if (!options.ignoreDaemonSets) return {is: 'refused', flag: '--ignore-daemonsets', why: say`is of DaemonSet ${shown}`};
	return {is: 'stays', why: say`is of DaemonSet ${shown}`};
};

const mirror: Filter = ({raw}) => {
	if (raw.metadata?.annotations?.['kubernetes.io/config.mirror'] === undefined) return undefined;
	return {is: 'stays', why: own('is a static pod: the kubelet runs it from a file')};
};

/** The names of the volumes that vanish with the pod: `scratch, tmp`; `''` where there is none. */
export function emptyDirNames({raw}: DrainPod): SafeText {
	return listed(
		items(raw.spec?.volumes).flatMap(({emptyDir, name}) => ((emptyDir ?? undefined) === undefined ? [] : [text(name, 63)])),
	);
}

const localStorage: Filter = (pod, {options}) => {
	const volumes = emptyDirNames(pod);
	if (volumes === '' || isFinished(pod) || options.deleteEmptyDirData) return undefined;
	return {is: 'refused', flag: '--delete-emptydir-data', why: say`has emptyDir data (${volumes})`};
};

const unreplicated: Filter = (pod, {options: {force}}) => {
	if (isFinished(pod) || pod.controller !== undefined || force) return undefined;
	return {is: 'refused', flag: '--force', why: own('has no controller: nothing would create it again')};
};

/** In the order of kubectl pkg/drain/filters.go: the first that says anything but "go on" decides. */
const filters: readonly Filter[] = [skipDeleted, daemonSet, mirror, localStorage, unreplicated];

/** What kubectl's own filters make of a pod with these options. `now` in epoch ms, on the server's clock. */
export function filtered(pod: DrainPod, options: DrainOptions, daemonSets: DaemonSets, now: number): Filtered {
	for (const filter of filters) {
		const said = filter(pod, {options, daemonSets, now});
		if (said !== undefined) return said;
	}
	return {is: 'goes', loses: isFinished(pod) ? [] : losses(pod)};
}

function losses(pod: DrainPod): readonly SafeText[] {
	const volumes = emptyDirNames(pod);
	const data = volumes === '' ? [] : [say`emptyDir ${volumes}`];
	return pod.controller === undefined ? [own('the pod itself'), ...data] : data;
}

import type {PodRecord} from './pod.ts';

/** Which log of a pod: of which container (`''`: its only one), and whether of its run before the present one. */
export type LogChoice = {readonly container: string; readonly previous: boolean};

/** So many lines from the end. */
const tailLines = 50;

/**
 * The log that tells why a pod is as it is: that of the container that fails, and while that waits for its next start, of the
 * run that ended. Where nothing fails now, of the container that did last, or of the first.
 */
export function logChoice({trouble, ended, container}: PodRecord): LogChoice {
	const named = trouble?.container || ended?.container || container;
	return {container: named, previous: trouble?.reason === 'CrashLoopBackOff'};
}

/**
 * Where that log is read, with its last fifty lines, and what comes after them where it is followed; undefined for a pod
 * whose name is none, and might lead elsewhere.
 */
export function logPath(pod: PodRecord, {container, previous}: LogChoice, follows: boolean): string | undefined {
	if (!pod.actionable) return undefined;
	const query = new URLSearchParams({
		...(container === '' ? {} : {container}),
		...(previous ? {previous: 'true'} : {}),
		...(follows ? {follow: 'true'} : {}),
		tailLines: String(tailLines),
	});
	return `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/log?${query.toString()}`;
}

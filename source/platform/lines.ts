import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {count, shownName, shownPath} from '../words.ts';
import type {PodRecord} from '../workloads/pod.ts';
import type {Answering} from './answering.ts';

/** Things are named one by one up to so many, and a line of evidence is so long at most. */
const most = 4;
const widest = 100;

/** The first few, and how many more there are. */
export function listed(all: readonly SafeText[]): readonly SafeText[] {
	const rest = all.length - most;
	return [...all.slice(0, most), ...(rest > 0 ? [say`and ${rest} more`] : [])];
}

/** No longer than a line of evidence. */
export const cut = (line: SafeText): SafeText => safeText(line, widest);

/** A pod that is missed, where it is, and why it is not ready: `kube-system/coredns-7c on nuc-2: CrashLoopBackOff`. */
export function podLine(pod: PodRecord): SafeText {
	const where = pod.node === '' ? own('') : say` on ${shownName({name: pod.node})}`;
	const {trouble} = pod;
	const why = trouble?.message ? say`: ${trouble.message}` : own('');
	return cut(say`${shownPath(pod)}${where}: ${pod.status}, not ready${why}`);
}

/** Who answers for a service: `service kube-system/kube-dns: 0 of 2 endpoints ready`. */
export function endpointsLine(answering: Answering): SafeText {
	if (answering.slices === 0) return say`service ${shownPath(answering)} is not there, or has no endpoints`;
	return say`service ${shownPath(answering)}: ${answering.ready} of ${count(answering.total, 'endpoint')} ready`;
}

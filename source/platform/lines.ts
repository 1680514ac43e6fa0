import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {count, inLines, shownName, shownPath} from '../words.ts';
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

/** A pod that is missed, where it is, and how it is: `kube-system/coredns-7c on nuc-2: CrashLoopBackOff, not ready`. */
export function podLine(pod: PodRecord): SafeText {
	const where = pod.node === '' ? own('') : say` on ${shownName({name: pod.node})}`;
	return cut(say`${shownPath(pod)}${where}: ${pod.status}, not ready`);
}

/** What pods say of why they are not ready, the same words once. */
export function saidBy(pods: readonly PodRecord[]): readonly SafeText[] {
	const said = new Set(pods.map(({trouble}) => trouble?.message ?? own('')).filter(message => message !== ''));
	return [...said].slice(0, 2).flatMap(message => inLines(message));
}

/** Who answers for a service: `service kube-system/kube-dns: 0 of 2 endpoints ready`. */
export function endpointsLine(answering: Answering): SafeText {
	if (answering.slices === 0) return say`service ${shownPath(answering)} is not there, or has no endpoints`;
	return say`service ${shownPath(answering)}: ${answering.ready} of ${count(answering.total, 'endpoint')} ready`;
}

import {safeText} from '../cluster/safe-text.ts';
import type {SafeText} from '../vocabulary.ts';
import {join} from '../words.ts';
import type {PodRecord} from './pod.ts';

/** Pods of one workload that do not run, and what is said of them together. */
export type Ailment = {
	readonly many: number;
	/** Epoch ms, 0 where nothing tells. */
	readonly since: number;
	/** After how many milliseconds it is worth a warning. */
	readonly after: number;
	readonly title: SafeText;
	readonly evidence: readonly SafeText[];
	/** Names of findings that would explain it, the nearest first. */
	readonly causes: readonly string[];
};

const named = 3;

/** The pods by name, the first few of many: `jellyfin-0, jellyfin-1 and 4 more`. */
export function podNames(pods: readonly PodRecord[]): SafeText {
	const names = join(pods.slice(0, named).map(({name}) => safeText(name, 253)));
	return safeText(pods.length > named ? `${names} and ${pods.length - named} more` : names, 100);
}

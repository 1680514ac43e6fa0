import {instant, items, name, number, type Raw, text} from '../cluster/raw.ts';
import type {Written} from '../cluster/written.ts';
import type {SafeText, StoredRecord} from '../vocabulary.ts';
import {share} from './share.ts';

/** What everything that keeps a number of pods says of them. */
export type WorkloadRecord = StoredRecord & {
	readonly kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet';
	/** Pods it wants, those there are of it, and those that are ready. */
	readonly wanted: number;
	readonly made: number;
	readonly ready: number;
	/** Since when it says itself that too few of them are available, epoch ms; 0 where it does not. */
	readonly shortSince: number;
	/** Why no more pods of it can be created, in the API server's words; undefined while nothing forbids it. */
	readonly refused: Refused | undefined;
	/** Who last changed what it wants, and what its pods run; undefined where nothing tells. */
	readonly changed: Written | undefined;
	readonly images: readonly SafeText[];
};

/** Pods that were never created: what the API server said, and since when, epoch ms. */
export type Refused = {readonly message: SafeText; readonly since: number};

/** What its pods run. */
export function imagesOf({spec}: Raw): readonly SafeText[] {
	return items(spec?.template?.spec?.containers).map(({image}) => share(text(image, 256)));
}

/** How many replicas are wanted: one where nobody says. */
export function replicasOf(raw: Raw): number {
	return number(raw.spec?.replicas) ?? 1;
}

/** What the condition `ReplicaFailure` of a Deployment or ReplicaSet says. */
export function refusedOf(raw: Raw): Refused | undefined {
	const failure = items(raw.status?.conditions).find(
		({type, status}) => name(type) === 'ReplicaFailure' && name(status) === 'True',
	);
	return failure && {message: text(failure.message, 512), since: instant(failure.lastTransitionTime)};
}

import {instant, items, number, type Raw, text} from '../cluster/raw.ts';
import type {SafeText} from '../vocabulary.ts';

/** How a container ended before it was begun again. */
export type Ending = {
	readonly container: SafeText;
	/** Epoch ms. */
	readonly at: number;
	/** The container runtime's word: `Error`, `OOMKilled`, `Completed`. */
	readonly reason: SafeText;
	readonly exitCode: number;
};

/** The newest end of a container of this pod that was begun again since, or is about to be. */
export function lastEnding({status}: Raw): Ending | undefined {
	let newest: Ending | undefined;
	for (const container of [...items(status?.initContainerStatuses), ...items(status?.containerStatuses)]) {
		const ended = container.lastState?.terminated;
		const at = instant(ended?.finishedAt);
		if (at <= (newest?.at ?? 0)) continue;
		const exitCode = number(ended?.exitCode) ?? 0;
		newest = {container: text(container.name, 253), at, reason: text(ended?.reason, 64), exitCode};
	}
	return newest;
}

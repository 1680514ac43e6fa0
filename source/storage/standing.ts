import type {SafeText} from '../vocabulary.ts';

/** How another slice hears of a node. `since` in epoch ms, 0 when nothing tells. */
export type NodeStanding = {
	readonly word: 'ready' | 'late' | 'silent' | 'not ready' | 'unknown';
	readonly since: number;
	/** Where its kubelet keeps its files by its own arguments; `''` where they do not say. */
	readonly rootDir?: SafeText;
};

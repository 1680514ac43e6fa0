import type {SafeText} from '../vocabulary.ts';

/** How another slice hears of a node. `since` in epoch ms, 0 when nothing tells. */
export type NodeStanding = {
	readonly word: 'ready' | 'late' | 'silent' | 'not ready' | 'unknown';
	readonly since: number;
	/** Where its kubelet keeps its files by its own arguments; `''` where they do not say. */
	readonly rootDir?: SafeText;
	/** When its kubelet was last restarted, as far as that is still noted down, epoch ms; 0 where it is not. */
	readonly restartedAt?: number;
};

import type {Standing} from '../nodes/liveness.ts';

/** Whether a node is not heard of: what it has, and what its devices do, is not known. */
export function isLost(standing: Standing | undefined): boolean {
	return standing?.word === 'silent' || standing?.word === 'not ready';
}

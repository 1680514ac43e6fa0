import {flag, name} from '../../cluster/raw.ts';
import {Refusal} from '../../cluster/refusal.ts';
import {write} from '../../cluster/write.ts';
import {cordonMark, markText} from '../../nodes/cordon-mark.ts';
import type {RawName} from '../../vocabulary.ts';
import type {Hands} from '../hands.ts';
import {isCordonOf} from './cordoner.ts';

/** A node as it was when somebody looked at it. */
export type SeenNode = {readonly name: RawName; readonly uid: string};

/** Where a node is, for the API server. */
export const nodePath = (node: string): string => `/api/v1/nodes/${encodeURIComponent(node)}`;

/** What came of it: it was changed, it was like that already, or it is not the node that was looked at any more. */
export type Changed = 'done' | 'already' | 'gone';

/** Another one wrote to the node between our look and our hand; its kubelet does so now and then. */
const isOvertaken = (error: unknown): boolean => error instanceof Refusal && error.status === 409;

/**
 * Keeps pods away from a node (with our mark on it, for the run that does it), or lets them come again (and takes our mark
 * off). Looks first, and writes only over what it has seen. May be done twice. Rejects as `write` does.
 */
export async function setCordon(
	{transport, reader, now, by}: Pick<Hands, 'transport' | 'reader' | 'now' | 'by'>,
	{name: of, uid}: SeenNode,
	unschedulable: boolean,
	run: string,
): Promise<Changed> {
	const path = nodePath(of);
	for (;;) {
		const node = await reader().get(path);
		if (node === undefined || name(node.metadata?.uid) !== uid) return 'gone';
		if (flag(node.spec?.unschedulable) === unschedulable) {
			// How our own change is known whose answer was lost, and that of this run before it was killed.
			return unschedulable && isCordonOf(node, run) ? 'done' : 'already';
		}
		const {resourceVersion} = node.metadata ?? {};
		const mark = unschedulable ? markText({by, at: now(), run}) : null;
		const body = {
			metadata: {uid, resourceVersion, annotations: {[cordonMark]: mark}},
			spec: {unschedulable: unschedulable ? true : null},
		};
		try {
			await write(transport, {method: 'PATCH', path, body});
			return 'done';
		} catch (error) {
			if (!isOvertaken(error)) throw error;
		}
	}
}

import {identityOf} from '../../cluster/identity.ts';
import {name, type Raw} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {nearest} from '../../files/nearest.ts';
import {nodeKind} from '../../nodes/node.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {Unplanned} from '../action.ts';
import {nodePath} from './set.ts';

const valid = /^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/;

/** A node as it is now, by its name as somebody typed it. @throws Unplanned where there is none; and as `Reader.get` does */
export async function findNode(reader: Reader, typed: string): Promise<Raw> {
	const shown = safeText(typed, 253);
	if (!valid.test(typed)) throw new Unplanned(say`"${shown}" cannot be the name of a node: midwatch snapshot nodes lists them`);
	const node = await reader.get(nodePath(typed));
	if (node === undefined) throw new Unplanned(say`there is no node ${shown}: ${await instead(reader, typed)}`);
	if (!identityOf(node.metadata).actionable || name(node.metadata?.name) !== typed)
		throw new Unplanned(say`the server has another name for node ${shown}: it is not acted on`);
	return node;
}

async function instead(reader: Reader, typed: string): Promise<SafeText> {
	const {records} = await reader.read(nodeKind);
	const meant = nearest(typed, [...records.keys()]);
	return meant === undefined ? own('midwatch snapshot nodes lists them') : say`did you mean ${safeText(meant, 253)}?`;
}

import {identityOf} from '../../cluster/identity.ts';
import {name, type Raw} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {nearest} from '../../files/nearest.ts';
import {nodeKind} from '../../nodes/node.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {join} from '../../words.ts';
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

/** More than these are no help. */
const few = 4;

/** Names that begin like that, as a short name does; else the one that is nearest to it. */
async function instead(reader: Reader, typed: string): Promise<SafeText> {
	const names = [...(await reader.read(nodeKind)).records.keys()];
	const begun = names.filter(name => name.startsWith(typed));
	const meant = begun.length === 0 ? [nearest(typed, names) ?? ''].filter(Boolean) : begun;
	if (meant.length === 0 || meant.length > few) return own('midwatch snapshot nodes lists them');
	return say`did you mean ${join(
		meant.map(name => safeText(name, 253)),
		' or ',
	)}?`;
}

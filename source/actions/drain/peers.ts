import {inTurn} from '../../cluster/in-turn.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {selectorQuery} from '../../cluster/selector.ts';
import type {SafeText} from '../../vocabulary.ts';
import {whyUnread} from '../../words.ts';
import {type Resident, residentKind} from './resident.ts';
import type {Term, ToldTerm} from './terms.ts';

type Spoken = {
	readonly term: ToldTerm;
	readonly pods: readonly Resident[];
	/** Why they could not be read. */
	readonly unread: SafeText | undefined;
};

/** The pods that a term speaks of, by its `peersKey`. */
export type Peers = ReadonlyMap<string, Spoken>;

/** Terms of the same key speak of the same pods. */
export function peersKey({namespaces, selector}: ToldTerm): string {
	return `${namespaces.toSorted().join(',')} ${selectorQuery(selector)}`;
}

/** Questions that are on their way at once. */
const atOnce = 8;

/** Finds the pods that terms speak of, wherever they are. Never rejects: what could not be read says so. */
export async function readPeers(reader: Reader, terms: readonly Term[]): Promise<Peers> {
	const told = new Map(terms.flatMap(term => (term.is === 'untold' ? [] : [[peersKey(term), term] as const])));
	const peers = new Map<string, Spoken>();
	await inTurn([...told], atOnce, async ([key, term]) => {
		const labelSelector = selectorQuery(term.selector);
		const parts = await Promise.all(term.namespaces.map(namespace => reader.read(residentKind, {namespace, labelSelector})));
		const unread = parts.map(({state}) => whyUnread(state)).find(why => why !== undefined);
		peers.set(key, {term, unread, pods: parts.flatMap(({records}) => [...records.values()])});
	});
	return peers;
}

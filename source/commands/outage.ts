import type {Cluster} from '../cluster/cluster.ts';
import {probe} from '../cluster/probe.ts';
import {knockable, type Unreachable, unreachableWords} from '../findings/check/unreachable.ts';
import type {Outage} from '../interface/shell/model.ts';
import type {LastKnown} from '../last-known.ts';
import {shippedFor} from '../runbooks/match/shipped.ts';
import {type Note, own, say} from '../vocabulary.ts';

/** When it is knocked at the doors of a cluster that says nothing: at a start, and in the midst of it; how often again; ms. */
const times = {atStart: 800, midway: 15_000, again: 30_000, each: 1000};

const prefixes: Readonly<Record<string, string>> = {last: 'last ', try: 'try: ', next: 'next: '};

/** What is told of an API server that does not answer, but for why, which the line says. */
export function outageNotes(unreachable: Unreachable): readonly Note[] {
	const {why, known} = unreachable;
	return unreachableWords(unreachable, shippedFor)
		.filter(([, text]) => text !== why)
		.map(([label, text]) => {
			const prefix = label === 'last' && known === undefined ? '' : (prefixes[label] ?? '');
			return {health: 'unknown' as const, text: say`${own(prefix)}${own(text.replaceAll(/ {2,}/g, '  '))}`};
		});
}

/**
 * Watches the line to the API server. While nothing comes over it, knocks at the server and at the nodes that were known last,
 * and nowhere else, and says what that tells.
 */
export function watchOutage({transport, now}: Cluster, last: () => LastKnown | undefined): Outage & {readonly close: () => void} {
	const listeners = new Set<() => void>();
	let timer: NodeJS.Timeout | undefined;
	let isClosed = false;
	let said: readonly Note[] | undefined;
	const tell = (notes: readonly Note[] | undefined) => {
		if (notes === said) return;
		said = notes;
		for (const listener of listeners) listener();
	};
	const knock = async () => {
		const probes = await probe(knockable(transport.server, last()), times.each);
		if (isClosed || transport.line().is === 'up') return;
		const {why = own('no answer'), heardAt} = transport.line();
		tell(outageNotes({server: transport.server, why, isHeard: heardAt > 0, probes, known: last(), now: now()}));
		clearTimeout(timer);
		timer = setTimeout(() => void knock(), times.again);
	};
	const look = () => {
		const {is, heardAt} = transport.line();
		if (is === 'up') {
			clearTimeout(timer);
			timer = undefined;
			tell(undefined);
		} else timer ??= setTimeout(() => void knock(), heardAt === 0 ? times.atStart : times.midway);
	};
	const stop = transport.onLine(look);
	look();
	return {
		said: () => said,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => {
			isClosed = true;
			stop();
			clearTimeout(timer);
		},
	};
}

import fuzzysort, {type Prepared} from 'fuzzysort';
import {memoised} from '../../../vocabulary.ts';
import type {Offer} from './offer.ts';

/** What kubectl and k9s call things, where the palette has a word of its own for them. */
const sayings: Readonly<Record<string, string>> = {
	ctx: 'context',
	contexts: 'context',
	no: 'node',
	nodes: 'node',
	po: 'pod',
	pods: 'pod',
	pvc: 'claim',
	persistentvolumeclaim: 'claim',
	pv: 'volume',
	sc: 'storage',
	storageclass: 'storage',
	svc: 'service',
	services: 'service',
	suspend: 'pause',
	resume: 'unpause',
	colours: 'theme',
};

/** What was typed, in the palette's words: the first of several is taken for a kind or an action. */
function inOurWords(typed: string): string {
	const words = typed.trim().toLowerCase().split(/\s+/);
	const [first = '', ...rest] = words;
	return rest.length === 0 ? first : [sayings[first] ?? first, ...rest].join(' ');
}

/** A text that an offer is found by; its own, or another word for it, which counts a little less. */
type Target = {readonly offer: Offer; readonly text: string; readonly prepared: Prepared; readonly counts: number};

const targets = memoised((offer: Offer): readonly Target[] =>
	[offer.text, ...(offer.also ?? [])].map((text, at) => ({
		offer,
		text: text.toLowerCase(),
		prepared: fuzzysort.prepare(text),
		counts: at === 0 ? 1 : 0.9,
	})),
);

/** A list taken to pieces, once: what can be done, what cannot, all by their exact texts, and where each stood. */
const parts = memoised((offers: readonly Offer[]) => {
	const all = offers.flatMap(targets);
	return {
		possible: all.filter(({offer}) => offer.not === undefined),
		impossible: all.filter(({offer}) => offer.not !== undefined),
		exactly: Map.groupBy(all, ({text}) => text),
		places: new Map(offers.map((offer, at) => [offer, at])),
	};
});

/** More than this of either kind nobody reads. */
const most = 200;

/** So many at the beginning are about what is under the cursor, or marked. */
const near = 24;

/** Differences smaller than this come from the lengths of names: who is found so alike goes by what was chosen lately. */
const alike = 50;

/** What is found among some, the best first, each as its best text is; on ties the least `place`, and those below 0 in any case. */
function found(among: readonly Target[], wanted: string, place: (offer: Offer) => number): readonly Offer[] {
	const close = among.filter(({offer}) => place(offer) < near);
	const scores = new Map<Offer, number>();
	for (const some of [close, among]) {
		for (const {obj, score} of fuzzysort.go(wanted, some, {key: ({prepared}) => prepared, limit: most})) {
			const rounded = Math.round(score * obj.counts * alike);
			scores.set(obj.offer, Math.max(rounded, scores.get(obj.offer) ?? 0));
		}
	}
	return [...scores].sort(([a, one], [b, other]) => other - one || place(a) - place(b)).map(([offer]) => offer);
}

/**
 * What fits to what was typed, the best first; on ties what was chosen lately (`recents`, the last first), then as they
 * came. What cannot be done comes last, unless somebody typed just that: then it is the reason they want.
 */
export function rank(offers: readonly Offer[], typed: string, recents: readonly string[]): readonly Offer[] {
	const wanted = inOurWords(typed);
	const lately = new Map(recents.map((key, at) => [key, at - recents.length]));
	const {possible, impossible, exactly, places} = parts(offers);
	const place = (offer: Offer): number =>
		offer.lead.is === 'underway' ? -Infinity : (lately.get(offer.key) ?? places.get(offer) ?? offers.length);
	if (wanted === '') {
		const isPossible = ({not}: Offer) => not === undefined;
		return [...offers.filter(isPossible).sort((a, b) => place(a) - place(b)), ...offers.filter(offer => !isPossible(offer))];
	}
	const isAsked = /\s$/.test(typed);
	const exact = exactly.get(wanted)?.map(({offer}) => offer) ?? [];
	const all = new Set([...exact, ...found(possible, wanted, place), ...found(impossible, wanted, place)]);
	return [...all].filter(offer => !(isAsked && offer.lead.is === 'ask' && offer.text === wanted));
}

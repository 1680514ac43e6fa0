import {own, type SafeText} from '../../../vocabulary.ts';
import type {ContextChoice} from '../context-choice.ts';
import {latest} from '../latest.ts';
import {offerAt} from '../reduce.ts';
import type {Over} from '../state.ts';
import type {PaletteView} from './draw.ts';
import {shownLine} from './line.ts';
import {type KnownRunbooks, noRunbooks} from './named-runbooks.ts';
import {noneSentence} from './none.ts';
import type {Offer} from './offer.ts';
import {type Hindrances, offersOf, type Scope} from './offers.ts';
import type {rank} from './rank.ts';

/** What the palette asks for when it opens. */
export type PaletteReach = {
	readonly contexts?: () => Promise<readonly ContextChoice[] | SafeText>;
	readonly hindrances?: () => Promise<Hindrances>;
	/** Runbooks and runs to go on with: asked each time, for runs come and go. */
	readonly knownRunbooks?: () => Promise<KnownRunbooks>;
};

export type Palette = {
	/** Loads what it ranks with and asks what there is; resolves when keys mean something. */
	readonly open: (reach: PaletteReach, changed: () => void) => Promise<void>;
	/** The context is another one: nothing is known of what may be done there. */
	readonly forget: () => void;
	readonly view: (
		over: Extract<Over, {is: 'palette'}>,
		scope: Omit<Scope, 'contexts' | 'hindrances' | 'runbooks'>,
		kubectl: readonly string[],
	) => PaletteView;
	/** Something was chosen: it comes first the next time where others fit as well. */
	readonly chose: (offer: Offer) => void;
};

/** So many are remembered. */
const mostRecent = 20;

const noHindrances: Hindrances = new Map();

/** Makes the palette of one dashboard. What was chosen is kept as long as that runs. */
export function makePalette(): Palette {
	let ranking: typeof rank | undefined;
	let recents: readonly string[] = [];
	let contexts: readonly ContextChoice[] = [];
	let hindrances = noHindrances;
	let runbooks = noRunbooks;
	/** Asked once for a cluster: another object for another one. */
	let asked: object | undefined;
	const offers = latest(offersOf);
	const ranked = latest(
		({all, text, lately}: {readonly all: readonly Offer[]; readonly text: string; readonly lately: readonly string[]}) =>
			ranking?.(all, text, lately) ?? [],
	);

	const ask = async ({hindrances: known}: PaletteReach, changed: () => void) => {
		const asking = {};
		asked = asking;
		const found = await known?.().catch(() => undefined);
		if (found === undefined || asked !== asking) return;
		hindrances = found;
		changed();
	};

	const look = async ({knownRunbooks: known}: PaletteReach, changed: () => void) => {
		const found = await known?.().catch(() => undefined);
		if (found === undefined) return;
		runbooks = found;
		changed();
	};

	return {
		open: async (reach, changed) => {
			void look(reach, changed);
			if (asked === undefined) void ask(reach, changed);
			const [loaded, found] = await Promise.all([import('./rank.ts'), reach.contexts?.().catch(() => own(''))]);
			ranking = loaded.rank;
			contexts = found === undefined || typeof found === 'string' ? [] : found;
		},
		forget: () => {
			asked = undefined;
			hindrances = noHindrances;
		},
		view: (over, scope, kubectl) => {
			const all = offers({...scope, contexts, hindrances, runbooks});
			const fitting = ranked({all, text: over.text, lately: recents});
			const cursor = offerAt(over, fitting);
			const chosen = fitting[cursor];
			return {
				offers: fitting,
				of: all.length,
				cursor,
				command: chosen === undefined ? own('') : shownLine(chosen, kubectl),
				none: ranking === undefined ? own('') : noneSentence(over.text, scope.picture.objects),
			};
		},
		chose: ({key}) => {
			recents = [key, ...recents.filter(each => each !== key)].slice(0, mostRecent);
		},
	};
}

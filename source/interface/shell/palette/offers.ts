import type {ActionId} from '../../../actions/request.ts';
import {own, type Row, type SafeText, say} from '../../../vocabulary.ts';
import type {ContextChoice} from '../context-choice.ts';
import type {Entry} from '../keymap.ts';
import {latest} from '../latest.ts';
import type {Picture} from '../model.ts';
import {actionOf, actionsHere, namedActions} from './named-actions.ts';
import {namedCommands} from './named-commands.ts';
import {namedRows} from './named-rows.ts';
import {type KnownRunbooks, namedRunbooks, noRunbooks} from './named-runbooks.ts';
import {namedViews} from './named-views.ts';
import type {Offer} from './offer.ts';

/** What keeps actions from being taken: a guard, a permission that is missing, by action. */
export type Hindrances = ReadonlyMap<ActionId, SafeText>;

/** All that decides on what can be done here and now. */
export type Scope = {
	readonly picture: Picture;
	/** The row under the cursor. */
	readonly row: Row | undefined;
	readonly markable: boolean;
	/** Keys of the nodes that were picked. */
	readonly picked: readonly string[];
	readonly contexts: readonly ContextChoice[];
	/** The names of the looks, and which is in use. */
	readonly looks: readonly string[];
	readonly look: number;
	readonly hindrances: Hindrances;
	/** The action under way, as it is called and as it stands; while it runs, no other can. */
	readonly underway: {readonly title: SafeText; readonly short: SafeText; readonly isRunning: boolean} | undefined;
	/** The runbook that is walked, in a few words. */
	readonly walked?: SafeText | undefined;
	readonly runbooks?: KnownRunbooks;
	/** Whether anything can be changed from here at all. */
	readonly acts: boolean;
	readonly opens: boolean;
	/** The table of keys, where it is another than the usual one. */
	readonly entries?: readonly Entry[] | undefined;
};

const namedContexts = latest(
	({contexts, busy}: {readonly contexts: readonly ContextChoice[]; readonly busy: SafeText | undefined}) =>
		contexts.map((context): Offer => {
			const not = context.isCurrent ? own('you are here') : busy;
			return {
				key: `context:${context.name}`,
				text: say`context ${context.shown}`,
				about: say`go to the cluster ${context.server}`,
				...(not === undefined ? {} : {not}),
				line: {words: ['--context', context.name]},
				lead: {is: 'context', context},
			};
		}),
);

const namedLooks = latest(({looks, look}: Pick<Scope, 'looks' | 'look'>) =>
	looks.map((name, at): Offer => {
		return {
			key: `theme:${name}`,
			text: own(`theme ${name}`),
			about: own('other colours; remembered'),
			...(at === look ? {not: own('these are the colours now')} : {}),
			line: {words: ['--theme', name]},
			lead: {is: 'look', look: at},
		};
	}),
);

/** The same offers, those of actions with what keeps these from being taken. */
function hindered(offers: readonly Offer[], hindrances: Hindrances, busy: SafeText | undefined): readonly Offer[] {
	if (hindrances.size === 0 && busy === undefined) return offers;
	return offers.map(offer => {
		const action = actionOf(offer);
		const not = action && (offer.not ?? hindrances.get(action) ?? busy);
		return not === undefined || not === offer.not ? offer : {...offer, not};
	});
}

/**
 * Everything that can be done or opened, what is nearest first: the action under way, what is marked, what is under the
 * cursor. Also what cannot be done, with the reason.
 */
export function offersOf(scope: Scope): readonly Offer[] {
	const {
		picture,
		picked,
		row,
		underway,
		walked,
		runbooks = noRunbooks,
		acts,
		markable,
		contexts,
		opens,
		hindrances,
		looks,
		look,
		entries,
	} = scope;
	const busy = underway?.isRunning === true ? say`${underway.title} is running` : undefined;
	const held = busy ?? (walked && say`${walked} is under way`);
	const back: readonly Offer[] = [
		...(underway === undefined
			? []
			: [{key: 'underway', text: say`back to ${underway.title}`, about: underway.short, lead: {is: 'underway'}} as const]),
		...(walked === undefined
			? []
			: [{key: 'walk', text: say`back to ${walked}`, about: own('the runbook that is walked'), lead: {is: 'walk'}} as const]),
	];
	const here = acts ? actionsHere(picture, picked, row) : [];
	const all = [
		...back,
		...here,
		...namedViews,
		...namedCommands({row, markable, contexts: contexts.length, opens, entries}),
		...namedContexts({contexts, busy: held}),
		...namedLooks({looks, look}),
		...(acts ? namedActions(picture) : []),
		...namedRunbooks(runbooks),
		...namedRows(picture.panes),
	];
	return hindered([...new Set(all)], hindrances, busy);
}

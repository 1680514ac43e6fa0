import {safeText} from '../cluster/safe-text.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import {allowChanges, changesAllowed} from '../files/allowed.ts';
import type {ClusterPlace} from '../files/places.ts';
import type {RunJournal} from '../journal/journal.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {type Outcome, type Progress, Unplanned} from './action.ts';
import type {ActionFor, AskedAction} from './actions.ts';
import {guardAgainst, guardedConfirm} from './guards.ts';
import type {Hands} from './hands.ts';
import {notPermitted} from './permission.ts';
import type {Plan} from './plan.ts';
import {reachingOutcome, reachingPlan} from './reaching.ts';
import {beginJournal, closeJournal} from './record.ts';
import {type ActionRequest, titleOf} from './request.ts';
import {begin, type Effect, type Event, isOver, isUnderWay, reduce, type Step, wrongWith} from './stages.ts';
import type {Stage, Undertaking} from './undertaking.ts';

/** What this process is changing, by cluster: one thing at a time. */
const underWay = new Map<string, SafeText>();

const clusterOf = ({server, authority}: ClusterPlace): string => `${server}\n${authority.trim()}`;

/** What is said where nothing was ever changed on a cluster; the embedded one is there to be changed. */
async function allowanceMissing({demo, environment, place, context}: Hands): Promise<SafeText | undefined> {
	if (demo || (await changesAllowed(environment, place))) return undefined;
	return say`Changes were never allowed on ${safeText(context, 120)} (${safeText(place.server, 200)}).`;
}

/** A plan as it would be made now, with what guards ask for. Rejects as the action's `plan` does. */
export async function planNow(action: AskedAction, hands: Hands): Promise<Plan> {
	const plan = await action.plan(hands);
	return {...reachingPlan(plan, hands), confirm: guardedConfirm(plan.confirm, hands)};
}

async function plan(action: AskedAction, hands: Hands, allowing: boolean): Promise<Event> {
	if (allowing) await allowChanges(hands.environment, hands.place);
	const [made, allow] = await Promise.all([planNow(action, hands), allowanceMissing(hands)]);
	return {is: 'planned', plan: made, ...(allow === undefined ? {} : {allow})};
}

async function ask({action, deeds}: Plan, {transport}: Hands): Promise<Event> {
	const why = await notPermitted(action, deeds, transport);
	return why === undefined ? {is: 'permitted'} : {is: 'refused', by: 'permission', why};
}

const refusal = (error: unknown): Event => ({
	is: 'refused',
	by: error instanceof Unplanned ? 'request' : 'failure',
	why: sentenceOf(error),
});

/** An action that breaks off could not write down what it did: what it left is for a person to look at. */
const brokenOff = (error: unknown): Outcome => ({
	result: 'failed',
	text: say`broken off, look at what is left as it is: ${sentenceOf(error)}`,
});

const abandoned: Outcome = {result: 'stopped', text: own('given up before anything was changed')};

/** Opens an undertaking: it plans at once, and goes on when somebody says yes. Changes nothing until then. */
export function openUndertaking(request: ActionRequest, hands: Hands, actionFor: ActionFor): Undertaking {
	const action = actionFor(request);
	const cluster = clusterOf(hands.place);
	const listeners = new Set<() => void>();
	const stopping = new AbortController();
	const ending = Promise.withResolvers<Stage>();
	let journal: RunJournal | undefined;

	const beginRun = async (of: Plan): Promise<Event> => {
		journal = await beginJournal(of, request, hands);
		return {is: 'begun', run: journal.run};
	};
	const run = async (of: Plan, into: RunJournal): Promise<Event> => {
		const report = (progress: Progress) => take({is: 'progressed', progress});
		const outcome = await action.run(of, hands, {journal: into, report, stop: stopping.signal}).catch(brokenOff);
		return {is: 'ended', outcome: reachingOutcome(await closeJournal(into, outcome), hands)};
	};
	const perform = (effect: Effect): Promise<Event | undefined> | undefined => {
		switch (effect.is) {
			case 'plan':
				return plan(action, hands, effect.allowing);
			case 'ask':
				return ask(effect.plan, hands);
			case 'begin':
				return beginRun(effect.plan);
			case 'run':
				return journal && run(effect.plan, journal);
			case 'abort':
				stopping.abort();
				return undefined;
			case 'abandon':
				return journal && closeJournal(journal, abandoned).then(() => undefined);
		}
	};
	const follow = ({stage: next, effects}: Step): void => {
		const before = stage;
		stage = next;
		if (isUnderWay(next)) underWay.set(cluster, titleOf(request));
		else if (isUnderWay(before)) underWay.delete(cluster);
		for (const effect of effects) {
			void perform(effect)?.then(
				event => event && take(event),
				(error: unknown) => take(refusal(error)),
			);
		}
		if (next === before) return;
		if (isOver(next)) ending.resolve(next);
		for (const listener of listeners) listener();
	};
	const take = (event: Event): void => follow(reduce(stage, event));

	const first = begin(titleOf(request), guardAgainst(request.is, hands));
	let stage = first.stage;
	follow(first);
	if (isOver(stage)) ending.resolve(stage);
	return {
		stage: () => stage,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		confirm: answer => {
			const wrong = wrongWith(stage, answer);
			const busy = underWay.get(cluster);
			if (wrong === undefined && busy !== undefined)
				return say`${busy} is under way on this cluster: wait for its end, or stop it.`;
			if (wrong === undefined) take({is: 'confirmed', answer});
			return wrong;
		},
		stop: () => take({is: 'stopped'}),
		ended: ending.promise,
	};
}

import {sentenceOf} from '../cluster/sentence.ts';
import {identity} from '../files/places.ts';
import type {RunJournal} from '../journal/journal.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import type {Outcome, Progress} from './action.ts';
import type {ActionFor} from './actions.ts';
import {guardAgainst} from './guards.ts';
import type {Hands} from './hands.ts';
import type {Plan} from './plan.ts';
import {askServer, prepare, refusal} from './preparing.ts';
import {reachingOutcome} from './reaching.ts';
import {beginJournal, closeJournal} from './record.ts';
import {type ActionRequest, titleOf} from './request.ts';
import {begin, type Effect, type Event, isOver, isUnderWay, reduce, type Step, wrongWith} from './stages.ts';
import type {Stage, Undertaking} from './undertaking.ts';

/** What this process is changing, by cluster: one thing at a time. */
const underWay = new Map<string, SafeText>();

/** An action that breaks off could not write down what it did: what it left is for a person to look at. */
const brokenOff = (error: unknown): Outcome => ({
	result: 'failed',
	text: say`broken off, look at what is left as it is: ${sentenceOf(error)}`,
});

const abandoned: Outcome = {result: 'stopped', text: own('given up before anything was changed')};

/** Opens an undertaking: it plans at once, and goes on when somebody says yes. Changes nothing until then. */
export function openUndertaking(request: ActionRequest, hands: Hands, actionFor: ActionFor): Undertaking {
	const action = actionFor(request);
	const cluster = identity(hands.place);
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
				return prepare(request, action, hands, effect.allowing);
			case 'ask':
				return askServer(effect.plan, hands);
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

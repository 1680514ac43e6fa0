import {expect, test} from 'vitest';
import type {Occasion} from '../../../source/runbooks/match/occasion.ts';
import {valuesFor} from '../../../source/runbooks/match/values.ts';
import type {Runbook, Step as RunbookStep} from '../../../source/runbooks/runbook.ts';
import type {LiveSession} from '../../../source/runbooks/session/open-session.ts';
import {type Session, stateOfStep} from '../../../source/runbooks/session/session.ts';
import {stepsOf} from '../../../source/runbooks/session/steps.ts';
import {fittingOn, openShelf} from '../../../source/runbooks/shelf.ts';
import {classify} from '../../../source/runbooks/shell/classify.ts';
import {beginWalk} from '../../../source/runbooks/walk/open-walk.ts';
import {shells} from '../../runbooks/execute/running.ts';
import {groundOn, type LibraryGround} from './ground.ts';
import type {LibraryWalk, Step} from './walk.ts';
import {walks} from './walks.ts';

const shelf = await openShelf({HOME: import.meta.dirname}, import.meta.dirname);

/** What leads to a runbook: the finding, once it is raised. */
async function occasionOf({finding: name}: LibraryWalk, {finding}: LibraryGround): Promise<Occasion> {
	if (name === undefined) return {};
	const {symptom} = await finding(name);
	return {finding: {name, subject: symptom.subject}};
}

/** The runbook that fits before any other; where nothing leads to it, the one that a person chose. */
function chosen({runbook: id}: LibraryWalk, occasion: Occasion): Runbook {
	const runbook =
		occasion.finding === undefined
			? shelf.runbooks.map(({runbook}) => runbook).find(each => each.id === id)
			: fittingOn(shelf, occasion)[0];
	if (runbook?.id !== id) throw new Error(`${occasion.finding?.name} leads to ${runbook?.id}`);
	return runbook;
}

/** What is given without a person: what the finding says, else the default. */
function valuesOf(runbook: Runbook, occasion: Occasion): Readonly<Record<string, string>> {
	const defaults = runbook.parameters.flatMap(({name, default: value}) => (value === undefined ? [] : [[name, value] as const]));
	return {...Object.fromEntries(defaults), ...valuesFor(runbook, occasion)};
}

const atRest = ({keeping, steps}: Session) => !keeping && ![...steps.values()].some(({is}) => is === 'running');

const rested = (live: LiveSession): Promise<void> =>
	new Promise(resolve => {
		const look = () => {
			if (!atRest(live.session())) return;
			stop();
			resolve();
		};
		const stop = live.subscribe(look);
		look();
	});

const kinds = {acts: 'midwatch', waits: 'wait', 'by hand': 'manual'} as const;

/** What a step has to be for what a person does at it. */
function kindFor(step: Step): string {
	if (step.is === 'runs' || step.is === 'edits') return step.class;
	return step.is === 'skips' || step.is === 'fails' ? step.kind : kinds[step.is];
}

const kindOf = ({doing}: RunbookStep): string => (doing.is === 'shell' ? doing.class : doing.is);

/** Runs the step one is at, and says yes to what it asks. */
function runIt(live: LiveSession): void {
	live.wish({is: 'run'});
	const {asking, refused} = live.session();
	if (refused !== undefined) throw new Error(refused);
	if (asking === undefined) return;
	const {confirm} = asking;
	live.wish(confirm.ask === 'name' ? {is: 'confirm', name: confirm.name} : {is: 'confirm'});
}

async function take(live: LiveSession, step: Step, {stage}: LibraryGround): Promise<void> {
	switch (step.is) {
		case 'skips':
			return live.wish({is: 'skip', reason: 'not what is wrong here'});
		case 'by hand':
			step.plays(stage);
			return live.wish({is: 'mark', result: 'done', text: 'done'});
		case 'edits':
			live.wish({is: 'edit', script: step.script, ...classify(step.script)});
			await rested(live);
			return runIt(live);
		case 'waits':
			step.plays(stage);
			return runIt(live);
		case 'runs':
		case 'acts':
		case 'fails':
			return runIt(live);
	}
}

/** What can be read once a step is over: what it printed, or how it ended. */
function readAt(live: LiveSession, step: Step, id: string): string {
	const isCommand = 'class' in step || (step.is === 'fails' && step.kind !== 'midwatch');
	return isCommand ? live.seen().lines.join('\n') : stateOfStep(live.session(), id).text;
}

function resultOf({is}: Step): string {
	if (is === 'skips') return 'skipped';
	return is === 'fails' ? 'failed' : 'done';
}

/** What has to be read there. */
function toldBy(step: Step): readonly RegExp[] {
	return 'tells' in step ? [step.tells].flat() : [];
}

const nameOf = ({runbook, part, scenario}: LibraryWalk) => `${runbook}${part === undefined ? '' : `, ${part},`} on ${scenario}`;

/** Each in another of the shells that people have. */
const each = walks.map((walk, index) => [nameOf(walk), shells[index % shells.length] ?? '/bin/sh', walk] as const);

test.concurrent.each(each)('%s, in %s', async (_, shell, walk) => {
	const {scenario, speed = 1, fakes = [], given = {}, steps} = walk;
	await using ground = await groundOn({scenario, speed, fakes, shell});
	const occasion = await occasionOf(walk, ground);
	const runbook = chosen(walk, occasion);
	expect(stepsOf(runbook).map(kindOf)).toEqual(steps.map(kindFor));
	const parameters = {...valuesOf(runbook, occasion), ...given};
	expect(Object.keys(parameters)).toEqual(expect.arrayContaining(runbook.parameters.map(({name}) => name)));
	const {live, closed} = await beginWalk(ground, {runbook, parameters});
	try {
		await rested(live);
		for (const [index, step] of steps.entries()) {
			const {at} = live.session();
			expect(at).toBe(stepsOf(runbook)[index]?.id);
			await take(live, step, ground);
			await rested(live);
			const {is} = stateOfStep(live.session(), at);
			const read = readAt(live, step, at);
			expect([at, is, read]).toEqual([at, resultOf(step), read]);
			for (const tells of toldBy(step)) expect(read).toMatch(tells);
			// What failed is left for the next one.
			if (step.is === 'fails') live.wish({is: 'skip', reason: 'it failed'});
			await rested(live);
		}
		live.wish({is: 'finish'});
		await closed;
		expect(live.session().over?.result).toBe('done');
	} finally {
		live.close();
		await closed;
	}
});

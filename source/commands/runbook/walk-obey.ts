import type {Step} from '../../runbooks/runbook.ts';
import {doingOf} from '../../runbooks/session/session.ts';
import {stepsOf} from '../../runbooks/session/steps.ts';
import {classify} from '../../runbooks/shell/classify.ts';
import {atEnter, stepAfter} from '../../runbooks/walk/at-enter.ts';
import {own, say} from '../../vocabulary.ts';
import {editScript} from './edit-script.ts';
import {type Walking, wish} from './walk.ts';
import {answers, type Letter} from './walk-answer.ts';
import {runStep} from './walk-run.ts';

async function edit(walking: Walking, step: Step): Promise<void> {
	const {walk, mouth, signals} = walking;
	const doing = doingOf(walk.live.session(), step);
	const script = await editScript(doing.is === 'shell' ? doing.script : '', walk.folder, mouth, signals.signal);
	if (script === undefined) return;
	await wish(walking, {is: 'edit', script, ...classify(script)});
}

/** What was written after a letter, or what is answered when it is asked for. */
async function wording({mouth, signals}: Walking, rest: string, ask: string): Promise<string | undefined> {
	if (rest !== '') return rest;
	const said = await mouth.ask(own(ask), signals.signal);
	return said === '' ? undefined : said;
}

/** Does what a letter asks for at a step. */
export async function obey(walking: Walking, step: Step, letter: Letter, more: string): Promise<void> {
	const {walk, mouth} = walking;
	const steps = stepsOf(walk.live.session().runbook);
	switch (letter) {
		case 'y':
		case 'r':
			return runStep(walking, step);
		case 'e':
			return edit(walking, step);
		case 'b':
			return void (await wish(walking, {is: 'back'}));
		case 'a':
			return void (await wish(walking, {is: 'run reading'}));
		case 'q':
			return void (await wish(walking, {is: 'leave'}));
		case 'd':
			return void (await wish(walking, {is: 'mark', result: 'done', text: more === '' ? 'done by hand' : more}));
		case 'g': {
			const to = steps.find(({number}) => String(number) === more);
			if (to === undefined) mouth.say(say`There are steps 1 to ${steps.length}.`);
			else await wish(walking, {is: 'go', to: to.id});
			return;
		}
		case 's': {
			const reason = await wording(walking, more, 'Why is it skipped? ');
			if (reason !== undefined) await wish(walking, {is: 'skip', reason});
			return;
		}
		case 'n': {
			const text = await wording(walking, more, 'Note: ');
			if (text !== undefined) await wish(walking, {is: 'note', text});
			return;
		}
		case 'x': {
			const reason = await wording(walking, more, 'Why is it given up? ');
			if (reason !== undefined) await wish(walking, {is: 'abandon', reason});
			return;
		}
		case '?':
			for (const [key, means] of Object.entries(answers)) mouth.say(own(`  ${key}  ${means}`));
	}
}

/** Does what enter alone asks for at a step. */
export async function enter(walking: Walking, step: Step): Promise<void> {
	const session = walking.walk.live.session();
	switch (atEnter(session, step)) {
		case 'run':
			return runStep(walking, step);
		case 'done':
			return void (await wish(walking, {is: 'mark', result: 'done', text: 'done by hand'}));
		case 'finish':
			return void (await wish(walking, {is: 'finish'}));
		case 'next': {
			return void (await wish(walking, {is: 'go', to: stepAfter(session, step)?.id ?? step.id}));
		}
		case 'nothing':
	}
}

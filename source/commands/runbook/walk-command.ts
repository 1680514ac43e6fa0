import {homedir} from 'node:os';
import {actionFor} from '../../actions/actions.ts';
import type {Hands} from '../../actions/hands.ts';
import type {ClusterTarget} from '../../cluster/kubeconfig/target.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {readRun} from '../../journal/runs.ts';
import type {Step} from '../../runbooks/runbook.ts';
import {fragileLine} from '../../runbooks/session/fragile-line.ts';
import {stepsOf} from '../../runbooks/session/steps.ts';
import {noteFinding} from '../../runbooks/walk/finding-note.ts';
import type {Errand, Ground, Walk} from '../../runbooks/walk/open-walk.ts';
import {ownSteps} from '../../runbooks/walk/own-steps.ts';
import {commandLine} from '../../shell-word.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {answerFor} from '../acting/acting.ts';
import type {Arguments} from '../arguments.ts';
import {Complaint} from '../complaint.ts';
import {json} from '../data.ts';
import {withHands} from '../lending.ts';
import {type Mouth, mouthFor} from '../mouth.ts';
import {askedAction} from './asked-action.ts';
import {type LentTerminal, lentTerminal} from './lent-terminal.ts';
import {ourselves} from './ourselves.ts';
import {reportOn} from './run-report.ts';
import {hasFailed, rest, type Walking, wish} from './walk.ts';
import {walkAlone} from './walk-alone.ts';
import {followOutput} from './walk-output.ts';
import {walkWithPerson} from './walk-person.ts';
import {heedWalk} from './walk-signals.ts';
import {type WorldBeside, worldBeside} from './world-beside.ts';

type Flags = Arguments['flags'];

function groundOf(hands: Hands, target: ClusterTarget, world: WorldBeside, mouth: Mouth, terminal: LentTerminal): Ground {
	const midwatch = ourselves();
	return {
		hands,
		target,
		supervisor: [...midwatch, '__supervise'],
		ours: (parameters, shell) =>
			ownSteps({
				hands,
				actionFor,
				parameters,
				requestOf: askedAction,
				// Nothing that a runbook says answers for a person.
				attend: (undertaking, stop) => answerFor(undertaking, hands, mouth, stop),
				shell,
				midwatch,
			}),
		isCleared: world.isCleared,
		directory: homedir(),
		...(mouth.answers ? {inTerminal: terminal.run} : {}),
	};
}

function sayBeginning({walk: {run, note}, mouth: {say: tell}, hands: {context, place}}: Walking, {runbook}: Errand): void {
	tell(say`${safeText(runbook.id, 120)}: ${runbook.title}`);
	tell(say`${safeText(context, 120)} (${safeText(place.server, 200)}), ${safeText(run, 120)}`);
	const lines = [runbook.verified === '' ? undefined : say`verified: ${runbook.verified}`, fragileLine(process.env), note];
	for (const line of lines) if (line !== undefined) tell(line);
}

/** Says how it ended, and the command line that goes on from there. Returns the exit code. */
function sayEnding({walk: {live, run}, mouth: {say: tell}, signals}: Walking, why: SafeText | undefined): number {
	const session = live.session();
	const {over} = session;
	const goesOn = over === undefined || over.result === 'stopped';
	const line = commandLine(['midwatch', 'runbook', goesOn ? 'resume' : 'report', run]) ?? own('');
	tell(own(''));
	if (over !== undefined) tell(say`${own(over.result)}: ${safeText(over.text, 400)}`);
	if (why !== undefined) tell(why);
	tell(say`${own(goesOn ? 'to go on' : 'a report of it')}: ${line}`);
	if (signals.by() !== 0) return 128 + signals.by();
	if (goesOn) return 3;
	return over.result === 'done' && !hasFailed(session) ? 0 : 1;
}

/** The step to begin at; undefined for the first. @throws Complaint */
function firstStep({runbook}: Errand, {step: number}: Flags): Step | undefined {
	if (number === undefined) return undefined;
	const steps = stepsOf(runbook);
	const found = steps.find(step => step.number === number);
	if (found === undefined)
		throw new Complaint(`The runbook ${runbook.id} has no step ${String(number)}; it has ${steps.length}.`, 2);
	return found;
}

/**
 * Walks a runbook on the cluster that the flags name. Returns the exit code: 0 walked to its end, 1 with a step that failed or
 * given up, 3 stopped and resumable, 128 and the signal where it was broken off.
 * @throws Complaint (2)
 */
export async function walkOn(flags: Flags, errand: Errand, open: (ground: Ground) => Promise<Walk>): Promise<number> {
	const first = firstStep(errand, flags);
	return withHands(flags, async (hands, target) => {
		const mouth = mouthFor(flags);
		const world = worldBeside(target, hands.transport);
		const terminal = lentTerminal();
		try {
			const walk = await open(groundOf(hands, target, world, mouth, terminal));
			const unfollow = followOutput(walk.live, mouth);
			const signals = heedWalk(walk.live, mouth, terminal.isLent);
			const walking: Walking = {walk, hands, mouth, signals, yesReading: flags['yes-reading'] === true};
			try {
				sayBeginning(walking, errand);
				noteFinding(errand, walk, world.follow);
				await rest(walking);
				if (first !== undefined) await wish(walking, {is: 'go', to: first.id});
				const why = mouth.answers ? await walkWithPerson(walking) : await walkAlone(walking);
				walk.live.close();
				await walk.closed;
				const exit = sayEnding(walking, why ?? undefined);
				if (flags.output === 'json') {
					const report = await reportOn(await readRun(hands.environment, walk.run), Promise.resolve(undefined));
					process.stdout.write(json({...report, exit}));
				}
				return exit;
			} finally {
				walk.live.close();
				await walk.closed;
				signals.close();
				unfollow();
			}
		} finally {
			world.close();
		}
	});
}

import type {Answer, Stage} from '../../actions/undertaking.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {commandLine} from '../../shell-word.ts';
import {own, say} from '../../vocabulary.ts';
import type {Arguments} from '../arguments.ts';
import {Complaint} from '../complaint.ts';
import type {Mouth} from '../mouth.ts';

type Question = Extract<Stage, {is: 'planned'}>;
type Flags = Arguments['flags'];

const whereAsked = 'Run it once at a terminal, where that is asked.';

/** Without a terminal: what the flags say, or why they do not do. @throws Complaint */
export function flagsAnswer({plan: {confirm, title}, allow}: Question, flags: Flags): Answer {
	if (allow !== undefined) throw new Complaint(`${allow} ${whereAsked}`, 2);
	if (flags.yes !== true) throw new Complaint(`${title} wants a yes: run it at a terminal, or say --yes.`, 2);
	if (confirm.ask === 'yes') return {};
	if (flags.confirm === undefined) {
		const name = commandLine(['--confirm', confirm.name]) ?? own('--confirm NAME');
		throw new Complaint(`${title} wants a name typed (${confirm.why}): say ${name}, or run it at a terminal.`, 2);
	}
	return {name: String(flags.confirm)};
}

/** At a terminal: asks what the flags do not say already. Undefined for a no. */
export async function askedAnswer(
	{plan: {confirm}, allow}: Question,
	flags: Flags,
	mouth: Mouth,
	signal: AbortSignal,
): Promise<Answer | undefined> {
	if (allow !== undefined) {
		mouth.say(allow);
		const said = await mouth.ask(own('Allow them from now on? (yes/no) '), signal);
		if (said !== 'yes') return undefined;
	}
	const allowing = allow === undefined ? {} : ({allow: true} as const);
	if (confirm.ask === 'yes') {
		const said = flags.yes === true ? 'yes' : await mouth.ask(own('Do it? (yes/no) '), signal);
		return said === 'yes' || said === 'y' ? allowing : undefined;
	}
	const given = flags.confirm;
	const name = given === undefined ? await mouth.ask(say`Type ${safeText(confirm.name, 253)} to do it: `, signal) : String(given);
	return name === undefined || name === '' ? undefined : {...allowing, name};
}

import {safeText} from '../cluster/safe-text.ts';
import {wrap} from '../interface/widgets/width.ts';
import {commandLine, shellWord} from '../shell-word.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {byWeight, type Concern, type Confirm, isRefused, type Plan, type Weight} from './plan.ts';

/** What stands above the concerns of one weight. */
export const weightTitles: Readonly<Record<Weight, string>> = {
	refuses: 'Refused',
	overrides: 'Not unless a name is typed',
	blocks: 'Keeps it waiting',
	hurts: 'Lost or down by it',
	unknown: 'Could not be found out',
	tells: 'Good to know',
};

/** A text with a mark before its first line, and as much blank before the others. */
function item(mark: string, text: SafeText, width: number): readonly SafeText[] {
	const blank = ' '.repeat(mark.length);
	return wrap(text, Math.max(1, width - mark.length)).map((line, at) => own(`${at === 0 ? mark : blank}${line}`.trimEnd()));
}

/** Concerns that the same leads out of, with the way out once. */
const concernLines = (some: readonly Concern[], width: number): readonly SafeText[] => [
	...some.flatMap(({text}) => item('  - ', text, width)),
	...(some[0]?.wayOut === undefined ? [] : item('    ', say`way out: ${some[0].wayOut}`, width)),
];

function groups(concerns: readonly Concern[], width: number): readonly (readonly SafeText[])[] {
	const byTitle = Map.groupBy(byWeight(concerns), ({weight}) => weight);
	return [...byTitle].map(([weight, some]) => {
		const alike = Map.groupBy(some, ({check, wayOut}) => `${check} ${wayOut ?? ''}`);
		return [own(weightTitles[weight]), ...[...alike.values()].flatMap(each => concernLines(each, width))];
	});
}

/** A command line that a shell takes as it stands, however many lines it is broken into. */
function commandLines(words: readonly string[], width: number): readonly SafeText[] {
	if (commandLine(words) === undefined)
		return item('  ', own('no command is made of it: a name in it has characters that cannot be seen'), width);
	const lines: string[] = [];
	let line = ' ';
	for (const word of words.map(shellWord)) {
		if (line.trim() !== '' && line.length + word.length + 3 > width) {
			lines.push(`${line} \\`);
			line = '   ';
		}
		line += ` ${word}`;
	}
	return [...lines, line].map(own);
}

/** What a person has to do to have it done. */
export function asked(confirm: Confirm): SafeText {
	return confirm.ask === 'yes'
		? own('It asks for a yes.')
		: say`It asks for ${safeText(confirm.name, 253)} to be typed: ${confirm.why}`;
}

function ending(plan: Plan): SafeText {
	if (plan.done !== undefined) return say`Nothing to do: ${plan.done}`;
	return isRefused(plan) ? own('It cannot be done like this.') : asked(plan.confirm);
}

/** A plan as lines of plain text of at most `width` columns; only a single word of a command may be wider. */
export function planLines(plan: Plan, width: number): readonly SafeText[] {
	const steps = plan.steps.flatMap((step, at) => item(`${String(at + 1).padStart(3)}. `, step, width));
	const commands = [plan.command, ...(plan.likewise === undefined ? [] : [plan.likewise])];
	const parts: readonly (readonly SafeText[])[] = [
		item('', plan.title, width),
		...groups(plan.concerns, width),
		...(steps.length === 0 ? [] : [[own('What will be done'), ...steps]]),
		[own('The same as a command'), ...commands.flatMap(words => commandLines(words, width))],
		item('', ending(plan), width),
	];
	return parts.flatMap((part, at) => (at === 0 ? part : [own(''), ...part]));
}

import {safeText} from '../../cluster/safe-text.ts';
import type {Entry, Json, Result} from '../../journal/entry.ts';
import {shellWord} from '../../shell-word.ts';
import type {SafeText} from '../../vocabulary.ts';

/** One time that a step was run. */
export type Attempt = {
	/** ISO 8601. */
	readonly began: string;
	/** Missing where nobody saw its end. */
	readonly seconds?: number;
	/** Exactly as it was run, with secrets taken out; '' for what is no command. */
	readonly command: string;
	readonly class?: string;
	/** It was not what the runbook says. */
	readonly edited: boolean;
	readonly result: Result;
	readonly text: SafeText;
	readonly exit?: number;
	/** The end of what it printed, as it is kept. */
	readonly output: readonly SafeText[];
};

/** What was done about a step. */
export type Walked = {
	readonly title?: SafeText;
	readonly result: 'open' | Result;
	readonly text: SafeText;
	readonly byHand: boolean;
	readonly attempts: readonly Attempt[];
	readonly notes: readonly SafeText[];
};

type Fields = Readonly<Record<string, Json | undefined>>;

const fieldsOf = (detail: Json | undefined): Fields =>
	typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? (detail as Fields) : {};

/** How many lines of output a report has of each command. */
const tail = 40;

const untouched: Walked = {result: 'open', text: safeText(''), byHand: false, attempts: [], notes: []};

/** The command of an intent: the script of a shell, or our own command lines. */
function commandOf({script, commands}: Fields): string {
	if (typeof script === 'string') return script;
	if (!Array.isArray(commands)) return '';
	return commands
		.map(words => ['midwatch', ...(Array.isArray(words) ? words : [])].map(word => shellWord(String(word))).join(' '))
		.join('\n');
}

function began(step: Walked, {title, at, detail}: Entry & {readonly is: 'intent'}, edited: boolean): Walked {
	const fields = fieldsOf(detail);
	const attempt: Attempt = {
		began: new Date(at).toISOString(),
		command: commandOf(fields),
		...(typeof fields.class === 'string' ? {class: fields.class} : {}),
		edited,
		result: 'unknown',
		text: safeText(''),
		output: [],
	};
	return {...step, title: safeText(title, 200), result: 'unknown', text: safeText(''), attempts: [...step.attempts, attempt]};
}

function over(
	step: Walked,
	{at, result, text, detail}: Entry & {readonly is: 'outcome'},
	output: ReadonlyMap<string, readonly string[]>,
): Walked {
	const {byHand, folder, exit, from, until} = fieldsOf(detail);
	const said = safeText(text, 1000);
	const last = step.attempts.at(-1);
	if (byHand === true || last === undefined) return {...step, result, text: said, byHand: byHand === true};
	const lines = typeof folder === 'string' ? (output.get(folder) ?? []) : [];
	const lasted = typeof from === 'number' && typeof until === 'number' ? until - from : at - Date.parse(last.began);
	const attempt: Attempt = {
		...last,
		seconds: Math.round(Math.max(0, lasted) / 100) / 10,
		result,
		text: said,
		...(typeof exit === 'number' ? {exit} : {}),
		output: lines.slice(-tail).map(line => safeText(line, 2000)),
	};
	return {...step, result, text: said, byHand: false, attempts: [...step.attempts.slice(0, -1), attempt]};
}

/** The folders in which the output of steps is kept, as the journal names them. */
export function outputFolders(entries: readonly Entry[]): readonly string[] {
	return entries.flatMap(entry => {
		const {folder} = entry.is === 'outcome' ? fieldsOf(entry.detail) : {};
		return typeof folder === 'string' ? [folder] : [];
	});
}

/** What was done about each step that was touched, by its id, in the order in which they were. */
export function stepsWalked(
	entries: readonly Entry[],
	output: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, Walked> {
	const steps = new Map<string, Walked>();
	const edited = new Set<string>();
	for (const entry of entries) {
		const id = 'step' in entry ? entry.step : undefined;
		if (id === undefined) continue;
		const step = steps.get(id) ?? untouched;
		if (entry.is === 'intent') steps.set(id, began(step, entry, edited.has(id)));
		else if (entry.is === 'outcome') steps.set(id, over(step, entry, output));
		else if (entry.is === 'noted') {
			const {is} = fieldsOf(entry.detail);
			if (is === 'edited') edited.add(id);
			else if (is !== 'moved') steps.set(id, {...step, notes: [...step.notes, safeText(entry.text, 4000)]});
		}
	}
	return steps;
}

import {safeText} from '../../cluster/safe-text.ts';
import {readRunbookFile} from '../../files/runbook-files.ts';
import {type Fate, lint} from '../../runbooks/lint.ts';
import {parseRunbooks} from '../../runbooks/parse/parse.ts';
import type {Runbook, Step} from '../../runbooks/runbook.ts';
import {stepsOf} from '../../runbooks/session/steps.ts';
import {count} from '../../words.ts';
import type {Arguments} from '../arguments.ts';
import {json} from '../data.ts';
import {glyphsFor, plainText} from '../plain.ts';
import {commands} from '../table.ts';

const verbs = commands.map(({name}) => name).filter(name => name !== '' && !name.startsWith('_'));

const linesOf = ({from, to}: {readonly from: number; readonly to: number}): string =>
	from === to ? String(from) : `${from}-${to}`;

/** A step in one line: what it is, and the first line of what it runs. */
function stepWords({number, title, doing}: Step): string {
	if (doing.is !== 'shell') return `step ${number}  ${doing.is === 'manual' ? 'by hand' : doing.is}  ${title}`;
	const [first = '', ...more] = doing.script.split('\n');
	return `step ${number}  ${doing.class}  ${safeText(first, 300)}${more.length === 0 ? '' : `  (+${count(more.length, 'line')})`}`;
}

function fateLine(fate: Fate, runbooks: readonly Runbook[]): string {
	const runbook = runbooks.find(({id}) => id === fate.runbook);
	const step = runbook === undefined ? undefined : stepsOf(runbook).find(({number}) => number === fate.step);
	return `  ${linesOf(fate).padStart(9)}  ${step === undefined ? `prose  ${safeText(fate.became, 70)}` : stepWords(step)}`;
}

/** `midwatch runbook lint FILE`: what of a file becomes a step, what stays prose, and what is odd, each with its lines. Exit 1 where something is odd. */
export async function run({flags, words: [, file = '']}: Arguments): Promise<number> {
	const parsed = parseRunbooks(await readRunbookFile(file), file, 'user');
	const {fates, oddities} = lint(parsed, verbs);
	const exit = oddities.length === 0 ? 0 : 1;
	if (flags.output === 'json') {
		process.stdout.write(json({schema: 'midwatch.lint/1', file, exit, fates, oddities}));
		return exit;
	}
	const glyphs = glyphsFor(flags);
	const parts = parsed.runbooks.map(runbook => {
		const own = fates.filter(fate => fate.runbook === runbook.id).map(fate => fateLine(fate, parsed.runbooks));
		return [
			`${safeText(runbook.id, 120)} ${glyphs.dot} ${runbook.title} ${glyphs.dot} ${count(stepsOf(runbook).length, 'step')}`,
			...own,
		].join('\n');
	});
	const odd = oddities.map(({line, text}) => `${glyphs.health.warn} line ${line}: ${text}`).join('\n');
	process.stdout.write(plainText([...parts, odd === '' ? `${glyphs.health.ok} nothing is odd` : odd], glyphs));
	return exit;
}

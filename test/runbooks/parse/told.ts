import {readFileSync} from 'node:fs';
import type {Parsed} from '../../../source/runbooks/parse/parse.ts';
import {parseRunbooks} from '../../../source/runbooks/parse/parse.ts';
import type {Block, Runbook, Step} from '../../../source/runbooks/runbook.ts';

/** A file of the fixtures, as written and as read. */
export function fixture(name: string): {readonly source: string; readonly parsed: Parsed} {
	const source = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
	return {source, parsed: parseRunbooks(source, name, 'user')};
}

export function blocksOf({runbooks}: {readonly runbooks: readonly Runbook[]}): readonly Block[] {
	return runbooks.flatMap(({phases}) => phases.flatMap(({blocks}) => blocks));
}

export function stepsOf(parsed: {readonly runbooks: readonly Runbook[]}): readonly Step[] {
	return blocksOf(parsed).flatMap(block => (block.is === 'step' ? [block.step] : []));
}

/** What a step does, in a line for comparing: its script, our own words, or how it is done. */
export function doing({doing: it}: Step): string {
	switch (it.is) {
		case 'shell':
			return it.script;
		case 'midwatch':
			return it.commands.map(words => `midwatch ${words.join(' ')}`).join('\n');
		case 'wait':
			return `wait ${it.until.is}`;
		default:
			return 'by hand';
	}
}

/** The steps of Markdown, as `doing` tells them. */
export function stepsIn(...lines: readonly string[]): readonly string[] {
	return stepsOf(parseRunbooks(lines.join('\n'), 'x.md', 'user')).map(doing);
}

import {parse} from 'unbash';
import {safeText} from '../../cluster/safe-text.ts';
import {findingIds} from '../../diagnosis.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {Doing, Wait} from '../runbook.ts';

/** What stands in lines of a `midwatch` block that belong together; lines from 0 within the block. */
export type OwnLines = {
	readonly from: number;
	readonly to: number;
	readonly text: string;
	readonly doing: Doing;
	readonly wrong?: SafeText;
};

const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000};

/** `90s`, `5m`, `1h30m` in milliseconds; undefined where it is no length of time. */
function milliseconds(text: string): number | undefined {
	if (!/^(?:\d{1,5}[smh])+$/.test(text)) return undefined;
	return [...text.matchAll(/(\d+)([smh])/g)].reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
}

/** The words of a command line of ours: quotes are taken off, `$NODE` stays as it is. Undefined where it is more than one command. */
function wordsOf(line: string): readonly string[] | undefined {
	const {commands, errors} = parse(line);
	const [statement] = commands;
	const command = statement?.command;
	if (errors?.length || commands.length !== 1 || statement?.background === true || command?.type !== 'Command') return undefined;
	if (command.prefix.length > 0 || command.redirects.length > 0 || command.name === undefined) return undefined;
	const words = [command.name, ...command.args];
	if (
		words.some(
			word => word.type === 'Word' && word.parts?.some(({type}) => type === 'CommandExpansion' || type === 'ProcessSubstitution'),
		)
	)
		return undefined;
	return words.map(word => (word.type === 'Word' ? word.value : word.text));
}

/** `30s`; `node-not-ready:$NODE`; `until COMMAND`. */
function waitOf(rest: string): Wait | undefined {
	const ms = milliseconds(rest);
	if (ms !== undefined) return {is: 'time', ms};
	const [, condition] = /^until\s+(.+)$/.exec(rest) ?? [];
	if (condition !== undefined) {
		const command = wordsOf(condition);
		return command === undefined ? undefined : {is: 'condition', command};
	}
	const finding = rest.replaceAll('"', '');
	const [id = ''] = finding.split(':');
	return findingIds.some(one => one === id) || /^\$\{?FINDING\}?$/.test(finding) ? {is: 'cleared', finding} : undefined;
}

/** Reads a `midwatch` block: command lines of ours, one per line, and what is waited for. Lines that belong together are one. */
export function ownLines(text: string): readonly OwnLines[] {
	const read: OwnLines[] = [];
	for (const [at, raw] of text.split(/\r?\n/).entries()) {
		const line = raw
			.trim()
			.replace(/^\$\s+/, '')
			.replace(/^midwatch\s+/, '');
		if (line === '' || line.startsWith('#')) continue;
		const [, rest] = /^wait\s+(?:for\s+)?(.+)$/.exec(line) ?? [];
		const wrong = (why: SafeText): OwnLines => ({from: at, to: at, text: line, doing: {is: 'manual'}, wrong: why});
		if (rest !== undefined) {
			const until = waitOf(rest.trim());
			read.push(
				until === undefined
					? wrong(say`${safeText(rest, 60)} is nothing to wait for: a finding, a time like 30s, or "until" and a command`)
					: {from: at, to: at, text: line, doing: {is: 'wait', until}},
			);
			continue;
		}
		const words = wordsOf(line);
		if (words === undefined) {
			read.push(wrong(own('a line of a midwatch block is one command line of midwatch, without pipes and redirections')));
			continue;
		}
		const last = read.at(-1);
		if (last?.doing.is === 'midwatch' && last.to === at - 1)
			read.splice(-1, 1, {
				...last,
				to: at,
				text: `${last.text}; ${line}`,
				doing: {is: 'midwatch', commands: [...last.doing.commands, words]},
			});
		else read.push({from: at, to: at, text: line, doing: {is: 'midwatch', commands: [words]}});
	}
	return read;
}

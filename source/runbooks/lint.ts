import {safeText} from '../cluster/safe-text.ts';
import {type SafeText, say} from '../vocabulary.ts';
import type {Parsed} from './parse/parse.ts';
import type {Block, Oddity, Range, Runbook} from './runbook.ts';

/** What became of a piece of a file: lines from 1. */
export type Fate = {
	readonly from: number;
	readonly to: number;
	readonly runbook: string;
	readonly became: SafeText;
	/** Set for a step. */
	readonly step?: number;
};

export type Lint = {readonly fates: readonly Fate[]; readonly oddities: readonly Oddity[]};

const lines = ({from, to}: Range) => ({from, to});

function ofBlock(block: Block, {id}: Runbook): Fate {
	if (block.is === 'prose')
		return {
			...lines(block.range),
			runbook: id,
			became: block.lines.find(line => /[\p{L}\p{N}]/u.test(line.replace(/^[`~]{3}.*/, ''))) ?? block.text,
		};
	const {number, title, range} = block.step;
	return {...lines(range), runbook: id, became: title, step: number};
}

/** What of a file became a step, what stayed prose, and what is odd about it. `verbs`: the command lines of ours that there are. */
export function lint({runbooks, oddities}: Parsed, verbs: readonly string[]): Lint {
	const fates = runbooks.flatMap(runbook => runbook.phases.flatMap(({blocks}) => blocks.map(block => ofBlock(block, runbook))));
	return {
		fates: fates.toSorted((a, b) => a.from - b.from),
		oddities: [...oddities, ...runbooks.flatMap(runbook => unknownVerbs(runbook, verbs))].toSorted((a, b) => a.line - b.line),
	};
}

/** Lines of ours that begin with a word that is no command. */
function unknownVerbs({phases}: Runbook, verbs: readonly string[]): readonly Oddity[] {
	return phases.flatMap(({blocks}) =>
		blocks.flatMap(block => {
			if (block.is !== 'step' || block.step.doing.is !== 'midwatch') return [];
			const unknown = block.step.doing.commands.map(([verb = '']) => verb).filter(verb => !verbs.includes(verb));
			return unknown.map(verb => ({line: block.step.range.from, text: say`midwatch has no command ${safeText(verb, 60)}`}));
		}),
	);
}

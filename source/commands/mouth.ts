import {toAscii} from '../interface/widgets/ascii.ts';
import {ascii} from '../interface/widgets/glyphs.ts';
import type {SafeText} from '../vocabulary.ts';
import type {Arguments} from './arguments.ts';
import {askLine} from './ask-line.ts';
import {glyphsFor} from './plain.ts';

/** What is said meanwhile: to stdout, or beside it where that is for programs. */
export type Mouth = {
	readonly say: (line: SafeText) => void;
	/** Somebody is there who can answer. */
	readonly answers: boolean;
	readonly ask: (question: SafeText, signal: AbortSignal) => Promise<string | undefined>;
	readonly width: number;
};

/** Speaks as the flags want it. */
export function mouthFor(flags: Arguments['flags']): Mouth {
	const output = flags.output === 'json' ? process.stderr : process.stdout;
	const spelled = glyphsFor(flags) === ascii ? toAscii : (text: string) => text;
	return {
		say: line => output.write(`${spelled(line)}\n`),
		answers: process.stdin.isTTY && output.isTTY,
		ask: (question, signal) => askLine(spelled(question), output, signal),
		width: Math.min(Math.max(output.isTTY ? output.columns : 80, 40), 120),
	};
}

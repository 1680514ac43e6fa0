import {safeText} from '../../cluster/safe-text.ts';
import {lineRedaction} from '../../files/redaction.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {bytes} from '../../words.ts';

/** How much is kept of the beginning, and as much of the end; in bytes. */
const most = 256 * 1024;
/** What who looks on gets of it, in bytes. */
const shownAtOnce = 16 * 1024;
/** A longer line says no more than its beginning; in UTF-16 units. */
const longestLine = 2000;

/** What a command has printed. */
export type Output = {
	/** The beginning and the end as lines that may be printed, without secrets; what was left out is told between them. */
	readonly lines: () => readonly SafeText[];
	/** The last lines only, for who looks on: as many as a screen or two take. */
	readonly last: () => readonly SafeText[];
	/** All that was printed, in bytes. */
	readonly total: () => number;
	readonly add: (chunk: Uint8Array) => void;
};

/** What a terminal would show of a line: what stands after the last return to its beginning. */
function asShown(line: string): string {
	const ended = line.endsWith('\r') ? line.slice(0, -1) : line;
	return ended.slice(ended.lastIndexOf('\r') + 1);
}

const linesOf = (text: string): readonly string[] => {
	const lines = text.split('\n').map(asShown);
	return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};

/** A private key has fewer lines, and few Secrets have more. */
const longestSecret = 100;
const couldBeSecret = /^\s*("?[\w.-]+"?:\s*)?"?[A-Za-z0-9+/=]*"?,?$/;

/**
 * Where an end begins, nobody knows what it is the rest of: its first line is cut, and lines that could be those of a private
 * key or of a Secret's data go with it.
 */
function restOf(lines: readonly string[]): readonly string[] {
	const whole = lines.slice(1);
	const first = whole.slice(0, longestSecret).findIndex(line => !couldBeSecret.test(line));
	const rest = whole.slice(first === -1 ? longestSecret : first);
	return rest[0]?.includes('-----END ') === true ? rest.slice(1) : rest;
}

/** Keeps the beginning and the end of what a command prints, however much it is. `secrets` are values that are known. */
export function keepOutput(secrets: readonly string[]): Output {
	const head = Buffer.alloc(most);
	/** Filled over and over from its beginning. */
	const ring = Buffer.alloc(most);
	let total = 0;

	const add = (chunk: Uint8Array): void => {
		const toHead = Math.max(0, Math.min(chunk.length, most - total));
		head.set(chunk.subarray(0, toHead), Math.min(total, most));
		const rest = chunk.subarray(Math.max(toHead, chunk.length - most));
		let at = (total + chunk.length - rest.length - most) % most;
		for (let from = 0; from < rest.length; ) {
			const piece = rest.subarray(from, from + most - at);
			ring.set(piece, at);
			from += piece.length;
			at = (at + piece.length) % most;
		}
		total += chunk.length;
	};

	const beginning = (): Buffer => head.subarray(0, Math.min(total, most));
	const end = (): readonly Buffer[] => {
		const filled = total - most;
		const at = filled % most;
		return filled <= most ? [ring.subarray(0, Math.max(0, filled))] : [ring.subarray(at), ring.subarray(0, at)];
	};
	const shown = (lines: readonly string[]): readonly SafeText[] =>
		lines.map(lineRedaction(secrets)).map(line => safeText(line, longestLine));

	const lines = (): readonly SafeText[] => {
		if (total <= 2 * most) return shown(linesOf(Buffer.concat([beginning(), ...end()]).toString()));
		const left = say`… ${bytes(total - 2 * most)} left out …`;
		return [...shown(linesOf(beginning().toString())), left, ...shown(restOf(linesOf(Buffer.concat(end()).toString())))];
	};
	const last = (): readonly SafeText[] => {
		const whole = Buffer.concat([beginning(), ...end()]);
		const window = whole.subarray(-shownAtOnce);
		const all = linesOf(window.toString());
		return shown(window.length === total ? all : restOf(all));
	};
	return {add, total: () => total, lines, last};
}

/** What is kept of output in the folder of a run: all that `keepOutput` keeps, only the end, or nothing. */
export const outputModes = ['off', 'tail', 'full'] as const;
export type OutputMode = (typeof outputModes)[number];

/** How many lines are an end. */
const tail = 50;

export function linesToKeep(lines: readonly SafeText[], mode: OutputMode): readonly SafeText[] {
	if (mode === 'off') return [];
	if (mode === 'full' || lines.length <= tail) return lines;
	return [own(`… ${lines.length - tail} lines left out …`), ...lines.slice(-tail)];
}

import {parse} from 'unbash';
import {isProgram} from '../shell/known-programs.ts';
import {afterPrompt, beginsLikeCommand, firstWord} from './fence.ts';

/** What of a block is to be run, what the author shows of its output, and which of its lines that is, from 0. */
export type Told = {readonly script: string; readonly output: string; readonly outputLines: readonly number[]};

/** Whether a command goes on in the next line: a backslash, an open quote, a here-document without its end. */
function isOpen(command: string): boolean {
	if (/(?:^|[^\\])(?:\\\\)*\\$/.test(command)) return true;
	const here = /<<-?\s*(['"]?)([\w-]+)\1/.exec(command);
	if (here?.[2] !== undefined)
		return !command
			.split('\n')
			.slice(1)
			.some(line => line.trim() === here[2]);
	return (parse(command).errors ?? []).some(({message}) => /unterminated|expected|unclosed/.test(message));
}

/** A session: what stands behind prompts is the script, with the lines that go on from there; all else is output. */
function ofSession(lines: readonly string[]): Told {
	const commands: string[] = [];
	const output: number[] = [];
	let open: string | undefined;
	for (const [at, line] of lines.entries()) {
		const command = afterPrompt(line);
		if (open !== undefined && (command === undefined || isOpenHere(open))) {
			open = `${open}\n${line.replace(/^>\s?/, '')}`;
			if (!isOpen(open)) {
				commands.push(open);
				open = undefined;
			}
		} else if (command === undefined) {
			output.push(at);
		} else {
			if (open !== undefined) commands.push(open);
			open = isOpen(command) ? command : undefined;
			if (open === undefined) commands.push(command);
		}
	}
	if (open !== undefined) commands.push(open);
	return {script: commands.join('\n'), output: trimmed(output.map(at => lines[at] ?? '')), outputLines: output};
}

const isOpenHere = (command: string): boolean => /<<-?\s*['"]?[\w-]+/.test(command) && isOpen(command);

const trimmed = (lines: readonly string[]): string => lines.join('\n').replace(/^\s*\n|\s+$/g, '');

/** The head of a table, as kubectl and others print it. */
const tableHead =
	/^(?:NAME|NAMESPACE|LAST SEEN|NODE|ID|KEY|TYPE|STATUS|CLUSTER|REVISION|Filesystem|USER|PID|CONTAINER|IMAGE|REPOSITORY|UNIT|CURRENT|[A-Z][A-Z0-9()%/-]+)(?:\s{2,}[A-Z(%][\w()%/ .-]*)+\s*$/;

/** A script without prompts. A table below a command is what it printed; it ends where the next command begins. */
function ofScript(lines: readonly string[]): Told {
	const output: number[] = [];
	let printing = false;
	for (const [at, line] of lines.entries()) {
		if (tableHead.test(line) && !isProgram(firstWord(line)) && !isOpen(lines.slice(0, at).join('\n'))) printing = true;
		else if (printing && (beginsLikeCommand(line) || /^\s*#\s/.test(line))) printing = false;
		if (printing) output.push(at);
	}
	const printed = new Set(output);
	const script = lines.filter((_, at) => !printed.has(at));
	return {
		script: output.length === 0 ? lines.join('\n') : script.join('\n').trimEnd(),
		output: trimmed(output.map(at => lines[at] ?? '')),
		outputLines: output,
	};
}

/** Takes a block apart into what is run and what is shown. */
export function toldBy(text: string, isSession: boolean): Told {
	const lines = text.split(/\r?\n/);
	return isSession ? ofSession(lines) : ofScript(lines);
}

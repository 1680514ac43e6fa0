import type {Code} from 'mdast';
import {isProgram} from '../shell/known-programs.ts';

/** What a code block is: for a shell, a shell's session with prompts and output, our own command lines, or something to look at. */
export type Fence = 'shell' | 'session' | 'midwatch' | 'other';

const shells = new Set(['sh', 'bash', 'shell', 'zsh', 'ksh', 'dash', 'ash', 'shellscript']);
const sessions = new Set(['console', 'shell-session', 'shellsession', 'sh-session', 'bash-session', 'terminal', 'shell-console']);

/** `$ `, `# `, `% `, `root@nuc-1:~# `, `[me@nuc-1 ~]$ ` and the command after it. */
const prompt = /^\s*(?:\[?[\w.-]+@[\w.-]+[^$#%\n]{0,80}\]?)?([$#%❯])\s+(\S.*)$/u;

/** The command after a prompt; undefined where there is none. A `#` counts where a program follows, else it begins a comment. */
export function afterPrompt(line: string): string | undefined {
	if (!/[$#%❯]\s/u.test(line)) return undefined;
	const [whole, sign, command] = prompt.exec(line) ?? [];
	if (whole === undefined || command === undefined) return undefined;
	const isComment = sign === '#' && !/^\s*\[?[\w.-]+@/.test(line) && !isProgram(firstWord(command));
	return isComment ? undefined : command;
}

/** The first word of a line that is no assignment. */
export function firstWord(line: string): string {
	return /^\s*(?:[A-Za-z_]\w*=\S*\s+)*([^\s;|&]+)/.exec(line)?.[1] ?? '';
}

/** Names of programs that begin sentences, too. */
const ambiguous = new Set(
	'at cat clear cut date diff du env exit expand false file find fold free get git head help host id init install join kill last less ln local ls make more mount nice paste ping print read return screen script see service set sleep sort split stat strings tail test time top touch tree true type unexpand up uptime use w wait watch which who yes export source'.split(
		' ',
	),
);

/** A loop or a condition, whose first word is no program. */
const compound =
	/^\s*(?:for\s+\w+\s+in\s.*|(?:while|until)\s.*;\s*do\b.*|if\s.*;\s*then\b.*|case\s.*\sin\s*|[\w-]+\s*\(\)\s*\{.*)$/;

/** Whether a line begins as a command does: a program that is known and, where its name is a word too, what only follows a program. */
export function beginsLikeCommand(line: string): boolean {
	if (compound.test(line)) return true;
	const word = firstWord(line);
	if (!isProgram(word)) return /^\s*[A-Za-z_]\w*=\S*\s*$/.test(line) && /[$"']|^\s*[A-Z_]+=/.test(line);
	if (!ambiguous.has(word)) return true;
	const rest = line.slice(line.indexOf(word) + word.length).trim();
	return rest === ''
		? /^(?:ls|df|uptime|date|who|w|free|mount)$/.test(word)
		: /^[-/.~$'"{<>|&;\d*]|[\w-]+[=/.]|.*\s(?:\|\|?|&&|>>?)\s/.test(rest);
}

const lines = (text: string): readonly string[] => text.split(/\r?\n/).filter(line => line.trim() !== '');

/** What a block is, by its label; without one, by its first line. */
export function fenceOf({lang, value}: Code): Fence {
	const label = (lang ?? '').toLowerCase().replaceAll(/[{}.]/g, '');
	if (label === 'midwatch') return 'midwatch';
	const all = lines(value);
	const [first] = all.filter(line => !/^\s*#(?!\s*!)/.test(line) || afterPrompt(line) !== undefined);
	const prompted = first !== undefined && afterPrompt(first) !== undefined;
	if (shells.has(label)) return first === undefined ? 'other' : prompted ? 'session' : 'shell';
	if (sessions.has(label))
		return all.some(line => afterPrompt(line) !== undefined)
			? 'session'
			: first !== undefined && beginsLikeCommand(first)
				? 'shell'
				: 'other';
	if (label !== '' || first === undefined) return 'other';
	return prompted ? 'session' : beginsLikeCommand(first) ? 'shell' : 'other';
}

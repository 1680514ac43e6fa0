import {spawn} from 'node:child_process';
import {own, say} from '../../vocabulary.ts';
import {inShell} from './environment.ts';
import type {Ended, Order} from './order.ts';

/** Programs that draw on the whole screen, or talk with whoever sits before it. */
const programs =
	/(?:^|[|&;(]\s*|\bsudo\s+)(?:vim?|nvim|nano|emacs|less|more|most|man|top|htop|btop|atop|iftop|nvtop|k9s|watch|tmux|screen|mc|ncdu|visudo|passwd|psql|mysql|redis-cli)\b/m;
const asked =
	/\bkubectl\b[^\n|&;]*\s(?:edit\b|attach\b)|\b(?:kubectl|docker|podman|nerdctl|crictl)\b[^\n|&;]*\s(?:-it|-ti|-i\s+-t|-t\s+-i|--stdin\s+--tty|--tty\s+--stdin)(?:\s|$)|\btalosctl\b[^\n|&;]*\s(?:dashboard|edit)\b/;

/** Whether a script is best given the terminal that one sits before. A guess, by the names of programs: only where it runs depends on it. */
export function wantsTerminal(script: string): boolean {
	return programs.test(script) || asked.test(script);
}

/**
 * Runs a command in the terminal that one sits before, which nobody else may draw on meanwhile; nothing of what it prints is
 * kept, and it dies with the terminal. `kind` is what the terminal is (TERM).
 */
export function runInTerminal({script, directory, environment}: Order, kind: string): Promise<Ended> {
	const from = Date.now();
	const [file = '', ...words] = inShell(environment, script);
	const {NO_COLOR: _, PAGER: __, GIT_PAGER: ___, SYSTEMD_PAGER: ____, ...rest} = environment;
	return new Promise((resolve, reject) => {
		const child = spawn(file, words, {cwd: directory, env: {...rest, TERM: kind}, stdio: 'inherit'});
		child.once('error', reject);
		child.once('close', (code, signal) => {
			const how = signal === null ? {text: say`exit code ${code ?? 0}`, exit: code ?? 0} : {text: say`ended by ${own(signal)}`};
			resolve({result: code === 0 ? 'done' : 'failed', ...how, from, until: Date.now(), lines: []});
		});
	});
}

import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {wantsTerminal} from '../../../source/runbooks/execute/in-terminal.ts';
import {openPty} from '../../_helpers/pty.ts';
import {newSteps, type Steps} from './running.ts';

let steps: Steps;
beforeEach(async () => {
	steps = await newSteps();
});
afterEach(() => steps[Symbol.asyncDispose]());

test.each([
	'kubectl edit deploy/web',
	'kubectl exec -it web-0 -- sh',
	'kubectl -n media exec -ti web-0 -- bash',
	'vim /etc/hosts',
	'kubectl get pods -o yaml | less',
	'sudo top',
	'k9s',
	'talosctl dashboard',
])('%s is given the terminal', script => {
	expect(wantsTerminal(script)).toBe(true);
});

test.each(['kubectl get pods', 'kubectl top nodes', 'kubectl exec web-0 -- ls', 'echo "less is more"', 'kubectl get -w pods'])(
	'%s is not',
	script => {
		expect(wantsTerminal(script)).toBe(false);
	},
);

test('what is given the terminal can ask, and tells its end', async () => {
	const order = await steps.order('printf "name? "; read name; echo "it is $name, $TERM"; exit 4');
	const script = join(steps.folder, 'terminal.mjs');
	const module = new URL('../../../source/runbooks/execute/in-terminal.ts', import.meta.url).href;
	await writeFile(
		script,
		`const {runInTerminal} = await import(${JSON.stringify(module)});
		console.log(JSON.stringify(await runInTerminal(${JSON.stringify(order)}, 'xterm-256color')));`,
	);
	await using pty = openPty({command: process.execPath, arguments: [script]});
	await pty.shows('name?');
	pty.type('nuc-2\r');
	await pty.shows('it is nuc-2, xterm-256color');
	await pty.shows('"result":"failed","text":"exit code 4","exit":4');
});

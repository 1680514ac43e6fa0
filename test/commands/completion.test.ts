import {execFile} from 'node:child_process';
import {chmod, readdir} from 'node:fs/promises';
import {promisify} from 'node:util';
import {expect, test, vi} from 'vitest';
import {run} from '../../source/commands/completion.ts';
import {commands} from '../../source/commands/table.ts';
import {newHome} from './program.ts';

const execute = promisify(execFile);

async function scriptFor(shell: string): Promise<string> {
	const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
	await run([shell]);
	const script = write.mock.calls.map(([text]) => String(text)).join('');
	write.mockRestore();
	return script;
}

/** What bash would offer for the words of a command line, the last of them unfinished. */
async function offered(...words: string[]): Promise<string[]> {
	const line = words.map(word => `'${word}'`).join(' ');
	const asking = `${await scriptFor('bash')}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _midwatch; printf '%s\\n' "\${COMPREPLY[@]}"`;
	const {stdout} = await execute('bash', ['-c', asking]);
	return stdout.trim().split('\n');
}

test('bash offers commands, panes, flags and the values of flags', async () => {
	expect(await offered('midwatch', 'sn')).toEqual(['snapshot']);
	expect(await offered('midwatch', 'snapshot', 'b')).toEqual(['bgp', 'backups']);
	expect(await offered('midwatch', 'snapshot', '--output', '')).toEqual(['text', 'json']);
	expect(await offered('midwatch', '--theme', 'd')).toEqual(['dark']);
	expect(await offered('midwatch', 'demo', '--sce')).toEqual(['--scenario']);
});

test('bash offers the nodes there are, and nothing that a shell would run', async () => {
	await using home = await newHome();
	const kubectl = await home.put(
		'kubectl',
		`#!/bin/sh\nprintf '%s\\n' node/nuc-1 node/nuc-2 'node/$(touch ${home.folder}/run)' 'node/\\\`id\\\`'\n`,
	);
	await chmod(kubectl, 0o700);
	vi.stubEnv('PATH', `${home.folder}:${process.env.PATH}`);
	try {
		expect(await offered('midwatch', 'drain', 'nuc')).toEqual(['nuc-1', 'nuc-2']);
		expect(await offered('midwatch', 'cordon', 'nuc-1', '--dr')).toEqual(['--dry-run']);
		expect(await readdir(home.folder)).not.toContain('run');
	} finally {
		vi.unstubAllEnvs();
	}
});

test.each(['bash', 'zsh', 'fish'])('%s knows every command and every flag', async shell => {
	const script = await scriptFor(shell);
	for (const {name, flags, hidden} of commands) {
		expect(script.includes(name)).toBe(hidden !== true);
		for (const flag of flags) expect(script).toMatch(new RegExp(shell === 'fish' ? `-l ${flag.name}\\b` : `--${flag.name}\\b`));
	}
});

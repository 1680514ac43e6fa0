import {describe, expect, test} from 'vitest';
import {readArguments} from '../../source/commands/arguments.ts';
import {Complaint} from '../../source/commands/complaint.ts';

describe('arguments that can be used', () => {
	test.each([
		['', [], {flags: {}, words: []}],
		[
			'',
			['--context', 'homelab', '-n', 'media', '--ascii'],
			{flags: {context: 'homelab', namespace: 'media', ascii: true}, words: []},
		],
		['', ['--server=https://nuc-1:6443'], {flags: {server: 'https://nuc-1:6443'}, words: []}],
		['snapshot', ['bgp', '--output', 'json', '--timeout', '2.5'], {flags: {output: 'json', timeout: 2.5}, words: ['bgp']}],
		['demo', ['--speed', '60', '--scenario', 'node-lost'], {flags: {speed: 60, scenario: 'node-lost'}, words: []}],
		['completion', ['zsh'], {flags: {}, words: ['zsh']}],
		[
			'drain',
			['nuc-2', '--ignore-daemonsets=false', '--yes'],
			{flags: {'ignore-daemonsets': false, yes: true}, words: ['nuc-2']},
		],
		['drain', ['--grace-period=-1', '--', '--dry-run=server'], {flags: {'grace-period': '-1'}, words: ['--dry-run=server']}],
	])('%s %j', async (command, argv, expected) => {
		expect(await readArguments(command, argv)).toEqual(expected);
	});
});

describe('arguments that cannot be used get one sentence and the exit code of their command', () => {
	test.each([
		['', ['--frobnicate'], 2, 'Unknown flag --frobnicate; midwatch --help tells what there is.'],
		['', ['-x'], 2, 'Unknown flag -x; midwatch --help tells what there is.'],
		['', ['--theme', 'pink'], 2, '--theme is one of dark, light, not "pink"; midwatch --help tells what there is.'],
		['', ['--context'], 2, '--context wants a value: --context NAME; midwatch --help tells what there is.'],
		['snapshot', ['--timeout', 'soon'], 3, '--timeout wants a number, not "soon"; midwatch snapshot --help tells what there is.'],
		[
			'snapshot',
			['gpus'],
			3,
			'VIEW is one of incidents, nodes, storage, bgp, backups, gpu, platform, timeline, risks, not "gpus"; midwatch snapshot --help tells what there is.',
		],
		['snapshot', ['gpu', 'bgp'], 3, 'One VIEW at a time, not also "bgp"; midwatch snapshot --help tells what there is.'],
		['completion', [], 2, 'Say which SHELL: bash, zsh, fish; midwatch completion --help tells what there is.'],
		[
			'drain',
			['nuc-2', '--dry-run=server'],
			2,
			'--dry-run is a switch, on or off (--dry-run=false), not "server"; midwatch drain --help tells what there is.',
		],
		[
			'drain',
			['nuc-2', '--readOnly='],
			2,
			'--read-only is a switch, on or off (--read-only=false), not ""; midwatch drain --help tells what there is.',
		],
		[
			'',
			['--context', 'a', '--context', 'b'],
			2,
			'The flag --context can only be set once; midwatch --help tells what there is.',
		],
		['demo', ['now'], 2, 'Nothing is known about "now"; midwatch demo --help tells what there is.'],
	])('%s %j', async (command, argv, exit, sentence) => {
		const error = await readArguments(command, argv).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(Complaint);
		expect(error).toMatchObject({message: sentence, exit});
	});
});

import {mkdir, readFile} from 'node:fs/promises';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {answer, type Bench, newActingBench} from './acting.ts';

let bench: Bench;
beforeEach(async () => {
	bench = await newActingBench();
	await bench.allow();
});
afterEach(() => bench[Symbol.asyncDispose]());

const isCordoned = () => (bench.node('n1')?.spec as {unschedulable?: boolean} | undefined)?.unschedulable === true;

describe('on the command line, as the configuration has it', () => {
	test.each([
		[
			'a cluster that is read only',
			{readOnly: true},
			'cordon is refused by guards.readOnly of context demo-tiny in the configuration',
		],
		[
			'an action that is denied',
			{deny: ['drain', 'cordon']},
			'cordon is refused by guards.deny of context demo-tiny in the configuration, which names it',
		],
	])('%s: the rule is named, and nothing is changed', async (_, guards, said) => {
		await bench.guard(guards);
		expect(await bench.run('cordon', 'n1', '--yes')).toEqual({code: 2, stdout: '', stderr: `${said}\n`});
		const dry = await bench.run('cordon', 'n1', '--dry-run');
		expect(dry.code).toBe(2);
		expect(dry.stdout).toContain('1. cordon n1');
		expect(dry.stdout).toContain(said);
		const data = JSON.parse((await bench.run('cordon', 'n1', '--dry-run', '-o', 'json')).stdout) as object;
		expect(data).toMatchObject({guard: said, exit: 2});
		expect(isCordoned()).toBe(false);
	});

	test('--read-only', async () => {
		const {code, stderr} = await bench.run('cordon', 'n1', '--yes', '--read-only');
		expect({code, stderr}).toEqual({code: 2, stderr: 'cordon is refused by --read-only: nothing is changed\n'});
		const {code: inJson, stdout} = await bench.run('cordon', 'n1', '--yes', '--read-only', '-o', 'json');
		expect(JSON.parse(stdout)).toMatchObject({schema: 'midwatch.outcome/1', result: 'refused', by: 'guard', exit: 2});
		expect(inJson).toBe(2);
	});

	test('another action is not concerned', async () => {
		await bench.guard({deny: ['drain']});
		expect(await bench.run('cordon', 'n1', '--yes')).toMatchObject({code: 0});
	});

	test('a guard of a context holds under another name of the same cluster', async () => {
		await bench.guard({readOnly: true});
		const config = JSON.parse(await readFile(bench.kubeconfig, 'utf8')) as {contexts: {name: string}[]};
		const [context] = config.contexts;
		const file = await bench.home.put(
			'two-names',
			JSON.stringify({...config, contexts: [context, {...context, name: 'innocent'}], 'current-context': 'innocent'}),
		);
		const {code, stderr} = await bench.home.run('cordon', 'n1', '--yes', '--kubeconfig', file);
		expect(code).toBe(2);
		expect(stderr).toBe(
			'cordon is refused by guards.readOnly of context demo-tiny in the configuration, which is the same cluster\n',
		);
	});

	test('and in another kubeconfig, where the cluster was once seen under the guarded name', async () => {
		await bench.guard({readOnly: true});
		expect(await bench.run('check')).toMatchObject({stdout: expect.stringContaining('demo-tiny')});
		const config = (await readFile(bench.kubeconfig, 'utf8')).replaceAll('demo-tiny', 'default');
		const file = await bench.home.put('other', config);
		const {code, stderr} = await bench.home.run('cordon', 'n1', '--yes', '--kubeconfig', file);
		expect({code, stderr}).toEqual({
			code: 2,
			stderr: 'cordon is refused by guards.readOnly of context demo-tiny in the configuration, which is the same cluster\n',
		});
	});

	test('a guard that wants a name gets it from --confirm, or asks for it', async () => {
		await bench.guard({confirm: 'name'});
		const {code, stderr} = await bench.run('cordon', 'n1', '--yes');
		expect(code).toBe(2);
		expect(stderr).toMatch(/guards\.confirm of context demo-tiny .* say --confirm demo-tiny/);
		expect(await bench.run('cordon', 'n1', '--yes', '--confirm', 'demo-tin')).toMatchObject({
			code: 2,
			stderr: 'Type demo-tiny exactly, not "demo-tin".\n',
		});
		expect(isCordoned()).toBe(false);
		{
			await using pty = bench.open('cordon', 'n1');
			await answer(pty, 'Type demo-tiny to do it:', 'n1');
			await pty.shows('Type demo-tiny exactly, not "n1".');
			expect(isCordoned()).toBe(false);
			await answer(pty, /exactly, not "n1"\.\s+Type demo-tiny to do it:/, 'demo-tiny');
			expect(await pty.exited).toEqual({code: 0, signal: 0});
		}
		expect(await bench.run('uncordon', 'n1', '--yes', '--confirm', 'demo-tiny')).toMatchObject({code: 0});
		expect(isCordoned()).toBe(false);
	});

	test.each([
		['is no JSON', '{"contexts": {', /config\.json cannot be used \(it is no JSON/],
		['has a guard misspelled', JSON.stringify({contexts: {'demo-tiny': {guards: {readonly: true}}}}), /readonly is not known/],
		['denies what there is not', JSON.stringify({contexts: {'demo-tiny': {guards: {deny: ['drains']}}}}), /deny/],
	])('a configuration that %s guards everything', async (_, text, said) => {
		await mkdir(`${bench.home.folder}/.config/midwatch`, {recursive: true});
		await bench.home.put('.config/midwatch/config.json', text);
		const {code, stderr} = await bench.run('cordon', 'n1', '--yes');
		expect(code).toBe(2);
		expect(stderr).toMatch(said);
		expect(isCordoned()).toBe(false);
	});
});

describe('in the dashboard', () => {
	const cordoning = async (args: readonly string[], between: () => Promise<void> = async () => {}) => {
		const pty = bench.open(...args);
		await pty.shows('n1');
		await between();
		pty.press(':');
		await pty.shows('Do or open');
		pty.type('cordon n1');
		await pty.shows(/▸ cordon n1/);
		return pty;
	};

	test('the palette says which rule refuses, and does not go on', async () => {
		await bench.guard({deny: ['cordon']});
		await using pty = await cordoning([]);
		await pty.shows(/▸ cordon n1 +no: cordon is refused by guards\.deny of context demo-tiny/);
		pty.press('enter');
		await pty.quiet();
		expect(pty.text()).toContain('Do or open');
		expect(isCordoned()).toBe(false);
	});

	test('--read-only stands in the header and in the palette', async () => {
		await using pty = await cordoning(['--read-only']);
		expect(pty.lines()[0]).toContain('read-only');
		await pty.shows(/▸ cordon n1 +no: cordon is refused by --read-only/);
	});

	test('a guard that is written while the dashboard is open holds from then on', async () => {
		await using pty = await cordoning([]);
		await pty.shows(/▸ cordon n1 +let no new pods onto it/);
		await bench.guard({readOnly: true});
		pty.press('enter');
		await pty.shows('cordon is refused by guards.readOnly of context demo-tiny');
		expect(isCordoned()).toBe(false);
	});
});

import {mkdir, readFile, symlink} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {keymap} from '../../source/interface/shell/keymap.ts';
import type {Pty} from '../_helpers/pty.ts';
import {type Home, newHome} from './program.ts';

let home: Home;
beforeAll(async () => {
	home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

/** The demo with a lost node, played so slowly that it stands still. */
const slow = ['demo', '--scenario', 'node-lost', '--speed', '0.1'];

async function opened(columns: number, rows: number): Promise<Pty> {
	const pty = home.open(slow, {columns, rows});
	await pty.shows('▸✖ nuc-2: kubelet silent');
	await pty.shows(columns >= 100 ? 'ai/ollama-0' : '5 GPU ●');
	await pty.hides('loading');
	pty.press('1');
	await pty.shows(/▸✖ nuc-2 +cp,etcd|▸✖ nuc-2 .*silent/);
	return pty;
}

/** Titles of the columns of every pane in their order, as the title says them; and its first row, as the detail is titled. */
const panes = [
	{
		title: '1 Nodes',
		detail: 'node nuc-2',
		says: [/state +silent \d+m/, /lease +last renewed \d+m ago/, /Ready +Unknown/],
		columns: ['name', 'roles', 'state', 'lose it?', 'cpu', 'mem', 'pods', 'version', 'age', 'ip', 'arch'],
	},
	{
		title: '2 Storage tiers',
		detail: 'storage tier nvme',
		says: [/trouble +disk not ready/, /apps\/paperless-data +degraded \d+m, 150Gi on nuc-3/],
		columns: ['tier', 'kind', 'vols', 'health', 'used', 'promised', 'size', 'reclaim'],
	},
	{
		title: '3 BGP peers',
		detail: 'session nuc-2 with 10.0.0.1',
		says: [/why +presumed down: its node is silent/, /last said +established for \d+d/, /advertised +9 routes/],
		columns: ['node', 'peer', 'state', 'in', 'out', 'asn', 'name', 'hold'],
	},
	{
		title: '4 Backup tiers',
		detail: 'backup tier tier-0',
		says: [/recovery point +\S+ of 6h/, /next run .* UTC, (in|due) /, /restored +2d ago from tier-0-\d+/],
		columns: ['tier', 'recovery point', 'state', 'last try', 'proven', 'kept', 'location', 'for'],
	},
	{
		title: '5 GPU',
		detail: 'GPU gpu-1/0',
		says: [/held by +ai\/ollama-0 Running/, /temperature +\d+ °C/, /model +NVIDIA RTX/],
		columns: ['gpu', 'model', 'used', 'trend', 'mem', 'temp', 'state', 'power', 'shared'],
	},
] as const;

/** Ages turn and loads change while one looks. */
const withoutDigits = (line: string) => line.replaceAll(/\d/g, '0');

/** The command that was put into the clipboard last. */
function clipboard(pty: Pty): string | undefined {
	const [, encoded] = [...pty.written().matchAll(/\u001b\]52;c;([A-Za-z0-9+/=]*)\u0007/g)].at(-1) ?? [];
	return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

/** The two columns of the help as running text. */
function helpOn(pty: Pty): {readonly keys: string; readonly does: string} {
	const lines = pty.lines();
	const titles = lines.findIndex(line => /^ keys +does$/.test(line));
	const at = lines[titles]?.indexOf('does') ?? 0;
	const column = (from: number, to?: number) =>
		lines
			.slice(titles + 1)
			.map(line => line.slice(from, to).trim())
			.join(' ');
	return {keys: column(0, at), does: column(at)};
}

describe.each([
	[120, 40],
	[80, 24],
])('every key in the help does what it says at %i×%i', (columns, rows) => {
	const grid = columns >= 100;

	test('panes: 1 to 5, tab, and one alone', async () => {
		await using pty = await opened(columns, rows);
		for (const key of ['2', '3', '4', '5', '1']) {
			pty.press(key);
			await pty.shows(`┏ ${panes[Number(key) - 1]?.title} `);
		}
		const round = [...panes.slice(1).map(({title}) => `┏ ${title} `), '┏ 6 Platform ', '▸✖ nuc-2: kubelet', '┏ 1 Nodes '];
		for (const seen of round) {
			pty.press('tab');
			await pty.shows(seen);
		}
		for (const seen of ['▸✖ nuc-2: kubelet', '┏ 6 Platform ', ...panes.toReversed().map(({title}) => `┏ ${title} `)]) {
			pty.press('shift-tab');
			await pty.shows(seen);
		}
		if (grid) {
			for (const back of ['1', 'esc', 'q']) {
				await pty.shows('╭ 5 GPU');
				pty.press('1');
				await pty.hides('╭ 5 GPU');
				pty.press(back);
				await pty.shows('╭ 5 GPU');
			}
		} else pty.press('1');
		// Where nothing lies over the panes, q leaves: one pane that fills the screen anyway is no step.
		pty.press('q');
		expect(await pty.exited).toEqual({code: 0, signal: 0});
	});

	test('rows: up, down, first, last, by half a page', async () => {
		await using pty = await opened(columns, rows);
		for (const [key, seen] of [
			['j', '▸● gpu-1'],
			['k', '▸✖ nuc-2'],
			['down', '▸● gpu-1'],
			['up', '▸✖ nuc-2'],
			['G', '▸● ryzen-1'],
			['g', '▸✖ nuc-2'],
			['end', '▸● ryzen-1'],
			['home', '▸✖ nuc-2'],
			['ctrl-d', /▸● (pi4-|ryzen-)/],
			['ctrl-u', '▸✖ nuc-2'],
			['pagedown', /▸● (pi4-|ryzen-)/],
			['pageup', '▸✖ nuc-2'],
		] as const) {
			pty.press(key);
			await pty.shows(seen);
		}
	});

	test('details: of a row in every pane, with something in them', async () => {
		await using pty = await opened(columns, rows);
		for (const [at, {detail, title, says}] of panes.entries()) {
			pty.press(String((at + 1) % 6));
			if (at === 0 && grid) pty.press('1');
			await pty.shows(`┏ ${title} `);
			// The first backup tier is that of etcd.
			if (at === 3) pty.press('j');
			pty.press(at % 2 === 0 ? 'enter' : 'd');
			await pty.shows(`┏ ${detail} ━`);
			const read = new Set<string>();
			for (let page = 0; page < 4; page++) {
				await pty.quiet(50);
				for (const line of pty.lines()) read.add(line);
				pty.press('ctrl-d');
			}
			for (const fact of says) expect([...read].join('\n')).toMatch(fact);
			pty.press('g');
			pty.press(at % 2 === 0 ? 'esc' : 'q');
			await pty.shows(`┏ ${title} `);
		}
	});

	test('filter: what contains a text, and what does not; undone by esc', async () => {
		await using pty = await opened(columns, rows);
		pty.type('/pi4');
		await pty.shows('2 of 8');
		pty.press('enter');
		await pty.shows('┏ 1 Nodes /pi4 ');
		await pty.shows('▸● pi4-1');
		await pty.hides(/ryzen-1 +(worker|ready)/);
		pty.press('esc');
		await pty.shows(/ryzen-1 +(worker|ready)/);
		pty.type('/!pi4');
		await pty.shows('6 of 8');
		pty.press('esc');
		await pty.shows('pi4-1');
		await pty.shows('┏ 1 Nodes ━');
	});

	test('sort: by every column of every pane, then worst first again', async () => {
		await using pty = await opened(columns, rows);
		for (const [at, pane] of panes.entries()) {
			if (at > 0) pty.press(String(at + 1));
			for (const column of pane.columns) {
				pty.press('s');
				await pty.shows(`┏ ${pane.title} by ${column} `);
			}
			pty.press('s');
			await pty.shows(`┏ ${pane.title} ━`);
		}
		pty.press('1', 's', 's', 's', 's', 's');
		await pty.shows('by cpu');
		pty.press('g');
		const shares = pty
			.lines()
			.map(line => /^┃.● (?:gpu|nas|nuc|pi4|ryzen)-\d.* (\d+)% +\d+% /.exec(line)?.[1])
			.filter(share => share !== undefined)
			.map(Number);
		expect(shares).toHaveLength(7);
		expect(shares).toEqual(shares.toSorted((a, b) => b - a));
	});

	test('copy: the command that is shown, with the kubeconfig and the context of the demo', async () => {
		await using pty = await opened(columns, rows);
		const copies = [
			{keys: [], shows: ['get', 'nodes', 'nuc-2', '-o', 'yaml']},
			{keys: ['2', 'j'], shows: ['-n', 'apps', 'get', 'persistentvolumeclaims', 'paperless-data', '-o', 'yaml']},
			{keys: ['enter'], shows: ['-n', 'apps', 'get', 'persistentvolumeclaims', 'paperless-data', '-o', 'yaml']},
			{keys: ['4', 'j'], shows: ['-n', 'velero', 'get', 'schedules.velero.io', 'tier-0', '-o', 'yaml']},
		];
		for (const {keys, shows} of copies) {
			pty.press(...keys, 'y');
			await pty.shows(`${shows.at(-3)} -o yaml`);
			const command = clipboard(pty) ?? '';
			const said = pty
				.text()
				.split('copied: ')[1]
				?.split('\n')
				.map(line => line.trim())
				.join(' ')
				.trim();
			expect(said).toBe(command);
			const [program, option, kubeconfig, ...rest] = command.split(' ');
			expect([program, option]).toEqual(['kubectl', '--kubeconfig']);
			expect(rest).toEqual(['--context', 'demo-homelab', ...shows]);
			const config = JSON.parse(await readFile(kubeconfig ?? '', 'utf8')) as {contexts: ReadonlyArray<{name: string}>};
			expect(config.contexts.map(({name}) => name)).toEqual(['demo-homelab']);
		}
		pty.press('3', 'G', 'y');
		await pty.shows('Not copied: no single object stands behind this row');
	});

	test('help: every key with what it does; ? and q lead back', async () => {
		await using pty = await opened(columns, rows);
		for (const back of ['?', 'q', 'esc']) {
			pty.press('?');
			await pty.shows('Keys');
			const pages: Array<ReturnType<typeof helpOn>> = [];
			for (let at = 0; at < 8; at++) {
				await pty.quiet(50);
				pages.push(helpOn(pty));
				pty.press('ctrl-d');
			}
			for (const {keys, does} of keymap) {
				const whole = (page: ReturnType<typeof helpOn>) => page.keys.includes(keys.join(' ')) && page.does.includes(does);
				expect(pages.some(whole), does).toBe(true);
			}
			pty.press(back);
			await pty.shows('┏ 1 Nodes');
		}
	});

	test('ctrl-l draws again what somebody else has written over, ctrl-c leaves from anywhere', async () => {
		await using pty = await opened(columns, rows);
		await pty.quiet();
		const before = pty.lines();
		await pty.terminal.write('\u001b[6;6Hsomebody wrote this');
		await pty.shows('somebody wrote this');
		pty.press('ctrl-l');
		await pty.hides('somebody wrote this');
		await pty.quiet();
		expect(pty.lines().slice(1).map(withoutDigits)).toEqual(before.slice(1).map(withoutDigits));
		pty.type('/x');
		await pty.shows('/x');
		pty.press('ctrl-c');
		expect(await pty.exited).toEqual({code: 0, signal: 0});
		expect(pty.terminal.state().buffer).toBe('normal');
	});
});

test('what is pasted into the filter is text, and elsewhere nothing at all', async () => {
	await using pty = await opened(120, 40);
	pty.type('\u001b[200~q\r2?dG\u001b[201~');
	await pty.quiet();
	await pty.shows('▸✖ nuc-2');
	pty.type('/\u001b[200~pi4\u001b[2J\r\nq\u001b[201~');
	await pty.shows(/\/pi4.*q/);
	await pty.shows('0 of 8');
	pty.press('esc');
	await pty.hides('enter keep');
	pty.type('/\u001b[200~pi4\r\n\u001b[201~');
	await pty.shows('2 of 8');
	expect(pty.terminal.state().buffer).toBe('alternate');
});

test('T changes the colours, and the choice is remembered', async () => {
	await using own = await newHome();
	const colours = (pty: Pty) => pty.terminal.cells(3).join();
	const first = own.open(slow);
	await first.shows('● live');
	await first.hides('loading');
	await first.quiet();
	const dark = colours(first);
	first.press('T');
	await first.until(() => colours(first) !== dark, 'the colours stayed');
	const light = colours(first);
	await first.quiet(400);
	first.press('q');
	await first.exited;
	expect(JSON.parse(await readFile(`${own.folder}/.config/midwatch/config.json`, 'utf8'))).toEqual({theme: 'light'});
	await using second = own.open(slow);
	await second.shows('● live');
	await second.hides('loading');
	await second.quiet();
	expect(colours(second)).toBe(light);
});

test('a choice that cannot be remembered is said, and holds for now', async () => {
	await using own = await newHome();
	await symlink('/proc/nowhere', join(own.folder, '.config'));
	await using pty = own.open(slow);
	await pty.shows('● live');
	pty.press('T');
	await pty.shows('The choice could not be kept in');
});

describe('keys of the configuration', () => {
	const declare = async (own: Home, keys: object) => {
		await mkdir(join(own.folder, '.config', 'midwatch'), {recursive: true});
		await own.put('.config/midwatch/config.json', JSON.stringify({keys}));
	};

	test('hold from the first frame on', async () => {
		await using own = await newHome();
		await declare(own, {runbooks: ['b'], pane2: ['S']});
		await using pty = own.open(slow, {columns: 120, rows: 40});
		await pty.shows('S Storage tiers');
		await pty.shows('b runbook node-failure');
		pty.press('b');
		await pty.shows('┏ b Runbooks for nuc-2');
	});

	test('that get in each other’s way are refused in a sentence that names both', async () => {
		await using own = await newHome();
		await declare(own, {timeline: ['r']});
		await using pty = own.open(slow, {columns: 160, rows: 12});
		expect((await pty.exited).code).toBe(2);
		await pty.shows('keys.timeline asks for r, which is the key of runbooks: give one of them another key.');
		expect(pty.terminal.state().buffer).toBe('normal');
	});
});

import {describe, expect, test} from 'vitest';
import type {ActionId} from '../../../../source/actions/request.ts';
import type {Reach} from '../../../../source/interface/shell/reach.ts';
import {own, type RawName, type SafeText} from '../../../../source/vocabulary.ts';
import {openDashboard} from '../../../_helpers/dashboard.ts';
import {handUndertaking} from '../../../_helpers/hand-undertaking.ts';
import {handSource, incident} from '../../../_helpers/sample-picture.ts';

const reach: Partial<Reach> = {undertake: async ({is}) => handUndertaking({is: 'planning', title: own(is)})};
const small = {columns: 80, rows: 24, reach};

/** The line of the palette that a text stands on. */
const lineWith = (lines: readonly string[], text: string) => lines.find(line => line.includes(text)) ?? '';

describe('leads', () => {
	test.each<[string, string | RegExp]>([
		['nodes', '┏ 1 Nodes'],
		['pvc', '┏ 2 Storage tiers'],
		['ev', '┏ t Timeline'],
		['risks', '┏ R Risks and targets'],
		['no gpu-1', '┏ gpu-1 ━'],
		['tier tier-0', '┏ velero/tier-0 ━'],
		['help', 'what is wrong; again'],
		['sort', '1 Nodes by name'],
		['filter', '8 of 8  enter keep'],
		['copy', 'copied: kubectl --context homelab get nodes nuc-2 -o yaml'],
		['k9s', 'There is nothing to open here.'],
	])('%s', async (typed, seen) => {
		const opens = typed === 'k9s' ? {open: async () => own('There is nothing to open here.')} : {};
		await using dashboard = await openDashboard({...small, reach: {...reach, ...opens}});
		dashboard.screen.type(`:${typed}\r`);
		await dashboard.screen.shows(seen);
	});

	test('out, where that is typed', async () => {
		const dashboard = await openDashboard(small);
		dashboard.screen.type(':q\r');
		await dashboard.done;
	});

	test('to other colours, which are remembered', async () => {
		const kept: string[] = [];
		const remember = async (theme: string) => void kept.push(theme) as undefined;
		await using dashboard = await openDashboard({...small, reach: {...reach, remember}});
		const before = dashboard.cells(3).join();
		dashboard.screen.type(':theme light\r');
		await dashboard.screen.until(() => dashboard.cells(3).join() !== before, 'the colours stayed');
		expect(kept).toEqual(['light']);
	});

	test('to another context', async () => {
		const gone: string[] = [];
		const contexts = async () =>
			['homelab', 'prod'].map((name, at) => ({name, shown: own(name), server: own('api'), isCurrent: at === 0}));
		const goTo = async ({name}: {readonly name: string}) => void gone.push(name) as undefined;
		await using dashboard = await openDashboard({...small, reach: {...reach, contexts, goTo}});
		dashboard.screen.type(':ctx prod\r');
		await dashboard.screen.until(() => gone.length > 0, 'nobody went');
		expect(gone).toEqual(['prod']);
	});
});

test('is closed by esc and by ctrl-p, and what was typed is forgotten', async () => {
	await using dashboard = await openDashboard(small);
	const {screen} = dashboard;
	for (const key of ['esc', 'ctrl-p']) {
		screen.type(':drain');
		await screen.shows(':drain▏');
		screen.press(key);
		await screen.hides('Do or open');
	}
	screen.press('ctrl-p');
	await screen.shows(':▏');
});

test('asks for the object of an action, completes it, and says where there is none', async () => {
	await using dashboard = await openDashboard(small);
	const {screen} = dashboard;
	screen.type(':drain\r');
	await screen.shows(':drain ▏');
	screen.type('gp');
	screen.press('tab');
	await screen.shows(':drain gpu-1▏');
	screen.press('backspace');
	screen.type('9');
	await screen.shows('No node is called gpu-9; there are 8 nodes: nuc-2, pi4-1');
	screen.press('enter');
	await screen.quiet();
	await screen.shows('Do or open');
});

test('says why not, below what can be done, and stays', async () => {
	const hindrances = async (): Promise<ReadonlyMap<ActionId, SafeText>> =>
		new Map([['drain', own('drain is refused by --read-only: nothing is changed')]]);
	await using dashboard = await openDashboard({...small, reach: {...reach, hindrances}});
	const {screen} = dashboard;
	screen.type(':nuc-3');
	await screen.shows('no: drain is refused by --read-only');
	const lines = screen.lines();
	expect(lines.indexOf(lineWith(lines, 'drain nuc-3'))).toBeGreaterThan(lines.indexOf(lineWith(lines, 'cordon nuc-3')));
	screen.press('esc');
	await screen.hides('Do or open');
	screen.type(':drain nuc-3\r');
	await screen.shows('drain nuc-3: drain is refused by --read-only: nothing is changed.');
	await screen.shows('Do or open');
});

test('what keeps from acting is asked once, and a late answer does not move the cursor', async () => {
	let asked = 0;
	const {promise, resolve} = Promise.withResolvers<ReadonlyMap<ActionId, SafeText>>();
	const hindrances = () => {
		asked += 1;
		return promise;
	};
	await using dashboard = await openDashboard({...small, reach: {...reach, hindrances}});
	const {screen} = dashboard;
	screen.type(':nuc-3');
	await screen.shows('drain nuc-3');
	screen.press('down', 'down');
	await screen.shows('▸ cordon nuc-3');
	resolve(new Map([['drain', own('not permitted: patch nodes')]]));
	await screen.shows('no: not permitted: patch nodes');
	await screen.shows('▸ cordon nuc-3');
	screen.press('esc');
	await screen.hides('Do or open');
	screen.type(':');
	await screen.shows('Do or open');
	expect(asked).toBe(1);
});

test('shows the command line that does the same, and copies it whole', async () => {
	await using dashboard = await openDashboard(small);
	const {screen} = dashboard;
	screen.type(':drain nuc-2');
	await screen.shows('┃ midwatch drain nuc-2 ');
	screen.press('ctrl-y');
	await screen.shows('copied: midwatch drain nuc-2 --context homelab');
	screen.press('esc');
	await screen.hides('Do or open');
	screen.type(':node nuc-2');
	await screen.shows('┃ kubectl get nodes nuc-2 -o yaml');
	screen.press('ctrl-y');
	await screen.shows('copied: kubectl --context homelab get nodes nuc-2 -o yaml');
});

test('what is pasted is text', async () => {
	await using dashboard = await openDashboard(small);
	const {screen} = dashboard;
	screen.type(':');
	await screen.shows(':▏');
	screen.type('\u001b[200~drain nuc-2\r\n\u001b[2J\u001b[201~');
	await screen.shows('Do or open: ');
	await screen.shows(/:drain nuc-2.*▏/);
	await screen.shows('Do or open');
	expect(screen.text()).not.toContain(': plan');
});

test('hostile names are shown, and lead to no action and no command', async () => {
	const name = '--force\u001b[2J;rm' as RawName;
	const source = handSource({
		...incident,
		objects: {nodes: [{name, shown: own('--force;rm'), actionable: false, cordoned: false}], tiers: []},
	});
	await using dashboard = await openDashboard({...small, source});
	const {screen} = dashboard;
	screen.type(':drain --force');
	await screen.shows('no: its name is not a valid one');
	await screen.shows('┃ (');
	screen.press('enter');
	await screen.shows('drain --force;rm: its name is not a valid one.');
});

test('marks nodes, says how many, and acts on all of them', async () => {
	const asked: unknown[] = [];
	const undertake: Reach['undertake'] = async request => {
		asked.push(request);
		return handUndertaking({is: 'planning', title: own('drain nuc-1, pi4-1')});
	};
	await using dashboard = await openDashboard({...small, reach: {undertake}});
	const {screen} = dashboard;
	screen.press('j', 'space');
	await screen.shows('▸◐✓pi4-1');
	await screen.shows('1 Nodes 1 marked');
	screen.press('j', 'space');
	await screen.shows('1 Nodes 2 marked');
	await screen.shows(' ◐✓pi4-1');
	screen.type(':cordon');
	await screen.shows('▸ cordon 1 marked node');
	screen.press('esc');
	await screen.hides('Do or open');
	screen.type(':drain\r');
	await screen.until(() => asked.length === 1, 'nothing was asked for');
	expect(asked[0]).toMatchObject({is: 'drain', nodes: ['pi4-1', 'nuc-1']});
	await screen.shows('drain nuc-1, pi4-1: planning');
	screen.press('esc');
	await screen.shows('2 marked');
	screen.press('esc');
	await screen.hides('marked');
	screen.press('2', 'space');
	await screen.shows('Only nodes can be marked.');
});

test('writes nothing while nothing changes', async () => {
	const source = handSource();
	await using dashboard = await openDashboard({...small, source});
	dashboard.screen.type(':dr');
	await dashboard.screen.shows('▸ drain');
	expect(await dashboard.screen.bytesDuring(() => source.show({...incident}))).toBe(0);
});

test.each([
	[80, 24],
	[40, 12],
])('reads well at %i×%i', async (columns, rows) => {
	await using dashboard = await openDashboard({...small, columns, rows});
	dashboard.screen.type(':cordon');
	await dashboard.screen.shows('▸ cordon');
	expect(dashboard.screen.lines().map(line => line.trimEnd())).toMatchSnapshot();
});

test('needs neither colours nor more than ASCII', async () => {
	await using dashboard = await openDashboard({
		...small,
		ascii: true,
		environment: {TERM: 'xterm', NO_COLOR: '1', LANG: 'C.UTF-8'},
	});
	const {screen} = dashboard;
	screen.type(':nuc-1');
	await screen.shows('> node nuc-1');
	await screen.shows('no: not cordoned');
	for (const line of screen.lines()) expect(line).toMatch(/^[\u0020-\u007e]*$/);
});

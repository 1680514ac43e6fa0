import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openCluster} from '../../source/cluster/cluster.ts';
import {loadKubeconfig} from '../../source/cluster/kubeconfig/load.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import {nodeLost} from '../../source/demo/scenarios/node-lost.ts';
import {homelab} from '../../source/demo/worlds/homelab/homelab.ts';
import {scrapes, systems} from '../../source/findings/systems.ts';
import {openWorld} from '../../source/findings/world.ts';
import {picturesOf} from '../../source/interface/shell/picture.ts';
import {openDashboard} from '../_helpers/dashboard.ts';
import {expectSafe} from '../_helpers/hostile.ts';
import {type HostileCluster, type Spoiling, spoiling, startHostile} from '../_helpers/hostile-cluster.ts';
import type {Person} from '../_helpers/screen.ts';
import {expectOnlyOurs} from '../_helpers/written.ts';
import {type Home, newHome} from './program.ts';

let home: Home;
let cluster: HostileCluster;
let kubeconfig: string;
beforeAll(async () => {
	home = await newHome();
	cluster = await startHostile(homelab, nodeLost);
	kubeconfig = await cluster.writeKubeconfig();
});
afterAll(async () => {
	await cluster.close();
	await home[Symbol.asyncDispose]();
});

const worstCase: Spoiling = {
	texts: [
		'\u001b[2JMARK\u001b]52;c;ZXZpbA==\u0007',
		'\r\n\u009b1mMARK\u202e',
		'\u200b\ufeff\ud800\u001b]8;;x\u001b\\MARK',
		'\u001bcMARK\u0007\u0085',
	],
	share: 0.8,
	seed: 7,
};

/** Looks at everything there is to see: panes, details, help, filters, sorts, and copies what is under the cursor. */
async function lookAround(person: Person): Promise<void> {
	for (const pane of ['2', '3', '4', '5', '1']) {
		for (const keys of [[pane], ['y'], ['enter'], ['ctrl-d', 'y'], ['esc'], ['G', 'd'], ['y', 'q'], ['s', 'g']]) {
			person.press(...keys);
			await person.quiet(15);
		}
	}
	person.press('?', '?', '/');
	person.type('\u001b[200~n\u009b31m\u202e\u0007uc\u001b[201~');
	await person.quiet(15);
	person.press('enter', 'q');
	await person.quiet(15);
}

test.each(['\u001b[2J', '\u001b]52;c;!\u0007', '\u009b1m', 'a\rb', '\u202e', '\u200b', '\u001b]8;;x\u001b\\', '\u001b[6n'])(
	'what is asked of the bytes forbids %j',
	bytes => {
		expect(() => expectOnlyOurs(`harmless${bytes}harmless`)).toThrow();
		expectOnlyOurs('\u001b[?1049h\u001b[1mharmless\u001b[22m\r\n界é');
	},
);

test('whatever the objects of a cluster say, the terminal gets text and our own sequences', async () => {
	const target = await loadKubeconfig({path: kubeconfig, env: {}});
	const transport = connect(target, {version: '0.0.0', interactive: false});
	transport.open();
	const open = openCluster({transport, namespace: target.namespace, systems, scrapes});
	const world = openWorld(open);
	const pictures = picturesOf(world, {context: target.contextName, server: target.server, demo: false});
	await using dashboard = await openDashboard({columns: 130, rows: 40, source: {...pictures, show: () => {}, passes: () => {}}});
	const {screen} = dashboard;
	await screen.shows('ai/ollama-0');
	await fc.assert(
		fc.asyncProperty(spoiling, async how => {
			cluster.spoil(how);
			await screen.quiet(150);
			await lookAround(screen);
			expectOnlyOurs(screen.written());
			expect(screen.lines()).toHaveLength(40);
		}),
		{numRuns: 3, endOnFailure: true},
	);
	world.close();
	open.close();
});

test.each([
	[120, 40],
	[80, 24],
])('the same of the built program in a real terminal at %i×%i', async (columns, rows) => {
	cluster.spoil(worstCase);
	await using pty = home.open(['--kubeconfig', kubeconfig], {columns, rows});
	await pty.shows('nuc-2');
	await pty.hides('loading');
	await lookAround(pty);
	expect(pty.lines()).toHaveLength(rows);
	expect(pty.written()).toContain('MARK');
	pty.press('ctrl-c');
	expect(await pty.exited).toEqual({code: 0, signal: 0});
	expectOnlyOurs(pty.written());
});

test('and of the snapshot, as text and as data', async () => {
	cluster.spoil(worstCase);
	const [text, data] = await Promise.all([
		home.run('snapshot', '--kubeconfig', kubeconfig),
		home.run('snapshot', '-o', 'json', '--kubeconfig', kubeconfig),
	]);
	const {panes} = JSON.parse(data.stdout) as {panes: object};
	// What is hostile has come as far as every pane, and there it is harmless.
	expect(Object.entries(panes).filter(([, pane]) => !JSON.stringify(pane).includes('MARK'))).toEqual([]);
	expect(text.stdout).toContain('MARK');
	expectSafe(text.stdout.split('\n'));
	expectSafe(data.stdout.trimEnd().split('\n'));
	expectSafe(JSON.parse(data.stdout));
	expect([text.stderr, data.stderr]).toEqual(['', '']);
});

import {expect, test} from 'vitest';
import {changes, heardWith} from '../../../source/interface/reader/changes.ts';
import {pressesOf} from '../../../source/interface/reader/keys.ts';
import {opening} from '../../../source/interface/reader/opening.ts';
import {rowSentence} from '../../../source/interface/reader/row.ts';
import {sentence, spoken, withoutAges} from '../../../source/interface/reader/spoken.ts';
import type {Picture} from '../../../source/interface/shell/model.ts';
import {own, type PaneView, type Row} from '../../../source/vocabulary.ts';
import {cutOff, incident, incidents, loading, night, nodes, row, troubled, withState} from '../../_helpers/sample-picture.ts';

test.each([
	[
		'kubelet silent since 01:39 (35m) — jellyfin down · 2 volumes degraded',
		'kubelet silent since 01:39, 35 minutes. jellyfin down, 2 volumes degraded',
	],
	['since 14 Nov 03:00 (7d)', 'since 14 Nov 03:00, 7 days'],
	['late (8h04), then (1h00) and (<10s)', 'late, 8 hours 4 minutes, then, 1 hour and, less than 10 seconds'],
	['longhorn ×2', 'longhorn times 2'],
	['→ 10.0.0.1', 'to 10.0.0.1'],
	['83 % ▂▅▇▆▇ 71°', '83 % 71 degrees'],
	['app-35m needs 50m', 'app-35m needs 50m'],
])('%j is heard as %j', (text, heard) => {
	expect(spoken(text)).toBe(heard);
});

test('a sentence ends once, and two that only time tells apart are the same', () => {
	expect([sentence('up'), sentence('up?'), sentence('up.')]).toEqual(['up.', 'up?', 'up.']);
	expect(withoutAges('silent 35m, 8h04 of 6h, no answer for 12 s')).toBe(
		withoutAges('silent 2h, 9h10 of 6h, no answer for 40 s'),
	);
	expect(withoutAges('2 volumes degraded')).not.toBe(withoutAges('3 volumes degraded'));
});

test('a row is every column that says something, with its title', () => {
	expect(rowSentence('nodes', nodes, nodes.rows[0] as Row)).toBe(
		'bad: name nuc-2, roles cp,etcd, state silent 35m, cpu not known, mem not known, pods 12, lose it not known.',
	);
	expect(rowSentence('nodes', nodes, nodes.rows[2] as Row)).toMatch(/^name nuc-1, roles cp,etcd, state ready, cpu 23,/);
	expect(rowSentence('incidents', incidents, incidents.rows[1] as Row)).toBe(
		'below it, warning: media/books: degraded since 01:41, 33 minutes.',
	);
});

test('the opening: the verdict, incidents by number, a sentence for every pane', () => {
	const said = opening(troubled, night);
	expect(said[0]).toBe('Demo, homelab at nuc-1:6443: 1 incident, 1 warning, 3 risks; live.');
	expect(said[1]).toMatch(
		/^1\. critical: nuc-2: kubelet silent since 01:39, 35 minutes\. jellyfin and immich down, 2 volumes degraded/,
	);
	expect(said[2]).toMatch(/^2\. warning: tier-0: recovery point 8h04 old/);
	expect(said.slice(3, 5)).toEqual([
		'Nodes: 7 of 8, etcd 2/3, may lose 0; bad: nuc-2.',
		'Storage tiers: 2 degraded; claim data-immich-0 is Pending for 12m: no node with disk tag nvme has room; warning: nvme.',
	]);
	expect(said.at(-1)).toMatch(/^Platform: /);
	expect(said.join('\n')).not.toMatch(/[─-╿●▲✖◇◐…]/);
});

test('what was not read is never told as none', () => {
	const said = opening(loading, night).join('\n');
	expect(said).toMatch(/loading \d of 5 panes; connecting/);
	expect(said).not.toMatch(/no nodes|nothing wrong|well/);
});

const heard = (picture: Picture) => heardWith(picture);
const withPane = (picture: Picture, change: Partial<Picture['panes']>): Picture => ({
	...picture,
	panes: {...picture.panes, ...change},
});
const withRows = (view: PaneView, change: (of: Row) => Row): PaneView => ({...view, rows: view.rows.map(change)});

test('nothing is said of what stays as it was, nor of time that passes', () => {
	const later = withPane(troubled, {
		incidents: withRows(incidents, each => ({
			...each,
			cells: each.cells.map(({text}) => ({text: own(text.replace('35m', '36m'))})),
		})),
		nodes: withRows(nodes, each => ({...each, cells: each.cells.map(({text}) => ({text: own(text.replace('35m', '36m'))}))})),
	});
	expect(changes(heard(troubled), troubled, night)).toEqual([]);
	expect(changes(heard(troubled), later, night)).toEqual([]);
	expect(changes(heard(troubled), withPane(troubled, {nodes: {...nodes}}), night)).toEqual([]);
});

test('an incident is told when it comes, changes and is over', () => {
	const calm = withPane(troubled, {incidents: {...incidents, rows: []}});
	const time = /^\d\d:\d\d /;
	const came = changes(heard(calm), troubled, night);
	expect(came.map(said => said.replace(time, ''))).toEqual([
		expect.stringMatching(/^new: critical: nuc-2: kubelet silent since 01:39, 35 minutes/),
		expect.stringMatching(/^new: warning: tier-0/),
	]);
	const worse = withRows(incidents, each => ({
		...each,
		cells: each.cells.map(({text}) => ({text: own(text.replace('2 volumes', '3 volumes'))})),
	}));
	expect(changes(heard(troubled), withPane(troubled, {incidents: worse}), night)).toEqual([
		expect.stringMatching(/^\d\d:\d\d now: critical: nuc-2: .*3 volumes degraded/),
	]);
	const over = withRows(incidents, each =>
		each.key === 'node-not-ready:nuc-2'
			? {...each, health: 'idle', cells: [{text: own('nuc-2: cleared 02:16, lasted 37m')}]}
			: each,
	);
	expect(changes(heard(troubled), withPane(troubled, {incidents: over}), night)).toEqual([
		expect.stringMatching(/^\d\d:\d\d nuc-2: cleared 02:16, lasted 37m\.$/),
	]);
	expect(changes(heard(withPane(troubled, {incidents: over})), calm, night)).toEqual([
		expect.stringMatching(/^\d\d:\d\d no longer told: tier-0\.$/),
	]);
});

test('a row is told when its health changes, with the columns that say something else', () => {
	const ready = row('ok', 'nuc-2', ['nuc-2', 'cp,etcd', 'ready', '–', '–', '12', '–']);
	const again = {...nodes, rows: [ready, ...nodes.rows.slice(1)]};
	expect(changes(heard(incident), withPane(incident, {nodes: again}), night)).toEqual(['nodes: nuc-2 well again: state ready.']);
	expect(changes(heard(withPane(incident, {nodes: again})), incident, night)).toEqual(['nodes: nuc-2 bad: state silent 35m.']);
	const lost = {...nodes, rows: [{...ready, health: 'unknown' as const}, ...nodes.rows.slice(1)]};
	expect(changes(heard(withPane(incident, {nodes: again})), withPane(incident, {nodes: lost}), night)).toEqual([
		'nodes: nuc-2 unknown.',
	]);
	expect(changes(heard(withPane(incident, {nodes: lost})), withPane(incident, {nodes: again}), night)).toEqual([
		'nodes: nuc-2 seen again.',
	]);
	const fewer = {...nodes, rows: nodes.rows.slice(0, -1)};
	expect(changes(heard(incident), withPane(incident, {nodes: fewer}), night)).toEqual(['nodes: ryzen-1 is gone.']);
	const none = {...nodes, rows: []};
	expect(changes(heard(incident), withPane(incident, {nodes: none}), night)).toEqual(['Nodes: 7 of 8, etcd 2/3, may lose 0.']);
});

test('a lost connection is told once, and after it only what is another than before', () => {
	const lost = changes(heard(incident), cutOff, night);
	expect(lost).toEqual([expect.stringMatching(/^no connection to the API server: connect ECONNREFUSED/)]);
	const during = heardWith(cutOff, heard(incident));
	expect(changes(during, {...cutOff, oldest: night}, night)).toEqual([]);
	expect(changes(during, incident, night)).toEqual([expect.stringMatching(/^\d\d:\d\d connected again\.$/)]);
});

test('what is true of several panes is said once', () => {
	const stale = withState(incident, () => ({state: {is: 'stale', since: night - 60_000, why: own('the watch ended at once')}}));
	expect(changes(heard(incident), stale, night)).toEqual(['all panes: stale 1m: the watch ended at once.']);
	expect(changes(heard(stale), incident, night)).toEqual(['all panes: up to date again.']);
});

test('of many notes only the first are said at the start', () => {
	const notes = Array.from({length: 9}, (_, at) => ({health: 'unknown' as const, text: own(`system ${at} cannot be judged`)}));
	const said = opening(withPane(incident, {incidents: {...incidents, rows: [], notes}}), night);
	expect(said.slice(1, 6)).toEqual([
		...[0, 1, 2, 3].map(at => `system ${at} cannot be judged.`),
		'And 5 more notes like these: zero reads them.',
	]);
});

test('a pane that was awaited is told when it has been read', () => {
	const [first] = changes(heard({...loading, line: {is: 'up'}}), incident, night);
	expect(first).toBe('Nodes: 7 of 8, etcd 2/3, may lose 0; bad: nuc-2.');
});

test.each([
	['j', {name: 'j', sequence: 'j'}, ['j']],
	['G', {name: 'g', sequence: 'G', shift: true}, ['G']],
	['\r', {name: 'return', sequence: '\r'}, ['enter']],
	[undefined, {name: 'down', sequence: '\u001b[B'}, ['down']],
	['\t', {name: 'tab', sequence: '\t'}, ['tab']],
	[undefined, {name: 'tab', sequence: '\u001b[Z', shift: true}, ['shift-tab']],
	['\u0004', {name: 'd', sequence: '\u0004'}, ['ctrl-d']],
	[undefined, {name: 'escape', sequence: '\u001b', meta: true}, ['esc']],
	[undefined, {name: 'undefined', sequence: '\u001b/', meta: true}, ['esc', '/']],
	[undefined, {sequence: '\u001b\u0003', meta: true}, ['esc', 'ctrl-c']],
	[undefined, {sequence: '\u001b[200~'}, []],
])('the key %j is %j', (text, key, chords) => {
	expect(pressesOf(text, key).map(({chord}) => chord)).toEqual(chords);
});

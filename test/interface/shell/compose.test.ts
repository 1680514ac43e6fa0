import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Stage} from '../../../source/actions/undertaking.ts';
import {safeText} from '../../../source/cluster/safe-text.ts';
import {makeComposer} from '../../../source/interface/shell/compose.ts';
import {makeDesk, type View} from '../../../source/interface/shell/desk.ts';
import {keymap} from '../../../source/interface/shell/keymap.ts';
import type {Picture} from '../../../source/interface/shell/model.ts';
import {reduce} from '../../../source/interface/shell/reduce.ts';
import {selectedIn, sightOf} from '../../../source/interface/shell/sight.ts';
import {type Action, type Ui, uiAtRest} from '../../../source/interface/shell/state.ts';
import {looksFor} from '../../../source/interface/widgets/look.ts';
import {widthOf} from '../../../source/interface/widgets/width.ts';
import {own} from '../../../source/vocabulary.ts';
import {colours} from '../../_helpers/dashboard.ts';
import {planOf} from '../../_helpers/hand-undertaking.ts';
import {cutOff, detailOf, incident, loading, night, nodes, row, withState} from '../../_helpers/sample-picture.ts';

const [look] = looksFor({environment: colours});
const [ascii] = looksFor({environment: {TERM: 'linux'}});
const [bare] = looksFor({environment: {...colours, NO_COLOR: '1'}});
const viewOf = (picture: Picture, more: Partial<View> = {}): View => ({
	picture,
	ui: uiAtRest,
	size: {columns: 120, rows: 40},
	look,
	now: night,
	...more,
});
const plain = (line: string) => line.replaceAll(/\u001b\[[\d;]*m/g, '');
const textOf = (view: View) => makeComposer(makeDesk(detailOf))(view).lines.map(plain).join('\n');

const wide = withState(incident, () => ({
	rows: ['界', '🙂', 'é', 'a'].map(sign =>
		row('warn', sign, [`${sign.repeat(9)}-name`, sign.repeat(30), sign, sign, sign, sign, sign]),
	),
	summary: safeText('世界の終わり'.repeat(6)),
	notes: [{health: 'warn', text: safeText('🙂'.repeat(80))}],
}));
const denied = withState(incident, () => ({
	rows: [],
	summary: own(''),
	state: {is: 'denied', verb: own('list'), resource: own('nodes')},
}));
const absent = withState(incident, () => ({rows: [], notes: [], summary: own(''), state: {is: 'absent'}}));
const noted = {
	...incident,
	notes: ['pods', 'nodes', 'leases'].map(one => ({health: 'unknown' as const, text: own(`may not list ${one}`)})),
};
const pictures = {incident, loading, cutOff, wide, denied, absent, noted};

const plan = planOf({concerns: [{check: 'c', weight: 'hurts', text: safeText('世界の終わり'.repeat(9))}]});
const request = {is: 'cordon' as const, nodes: ['nuc-2']};
const stages: readonly Stage[] = [
	{is: 'planning', title: safeText('界'.repeat(60))},
	{is: 'planned', plan, changed: [own('new: a')], allow: own('Changes were never allowed.')},
	{
		is: 'running',
		plan,
		run: 'r',
		progress: {short: safeText(`${'🙂'.repeat(30)} 3 of 4`), done: 3, total: 4, waiting: [own('a')], lines: [own('b')]},
		stopping: true,
	},
	{is: 'ended', plan, run: 'r', outcome: {result: 'stopped', text: own('left'), rollBack: ['midwatch', 'uncordon', 'nuc-2']}},
];
const actions = [undefined, ...stages.map(stage => ({request, stage, changed: []}))];
const palette = {
	offers: ['drain nuc-2', '界'.repeat(40)].map((text, at) => ({
		key: text,
		text: safeText(text),
		about: safeText('🙂'.repeat(40)),
		...(at === 1 ? {not: own('already cordoned')} : {}),
		lead: {is: 'view' as const, view: 'nodes' as const},
	})),
	of: 4000,
	cursor: 1,
	command: own('midwatch drain nuc-2'),
	none: own('Nothing here is called so.'),
};

test('draws exactly as many lines as the terminal has, each exactly as wide, whatever is shown and done', () => {
	const commands = keymap.flatMap(one => one.commands);
	const step = fc.oneof(
		fc.constantFrom(...commands).map(command => ({is: 'command' as const, command})),
		fc.constantFrom('nuc', '!', '界').map(text => ({is: 'typed' as const, text: own(text)})),
		fc.constantFrom<Action>(
			{is: 'acts'},
			{is: 'asked', question: 'allow'},
			{is: 'asked', question: 'confirm'},
			{is: 'leaving'},
			{is: 'command', command: 'palette'},
		),
		fc.constant({is: 'said' as const, message: {health: 'ok' as const, text: own(`copied: ${'kubectl get nodes '.repeat(9)}`)}}),
	);
	const size = fc.record({columns: fc.integer({min: 1, max: 210}), rows: fc.integer({min: 1, max: 62})});
	const desk = makeDesk(detailOf);
	const compose = makeComposer(desk);
	fc.assert(
		fc.property(
			fc.constantFrom(...(Object.keys(pictures) as Array<keyof typeof pictures>)),
			size,
			fc.array(step, {maxLength: 8}),
			fc.constantFrom(look, ascii, bare),
			fc.constantFrom(...actions),
			(name, of, steps, how, action) => {
				const picture = pictures[name];
				const more = {size: of, look: how, action, palette};
				let ui: Ui = uiAtRest;
				for (const one of steps) ui = reduce(ui, one, sightOf(desk, viewOf(picture, {ui, ...more}), 2, 3));
				const {lines, help, below} = compose(viewOf(picture, {ui, ...more}));
				expect(lines.length + (help?.height ?? 0) + below.length).toBe(of.rows);
				for (const line of [...lines, ...below]) expect(widthOf(plain(line)), plain(line)).toBe(of.columns);
			},
		),
		{numRuns: 1500},
	);
});

describe('says what state a pane is in', () => {
	test('never "none" while it is loading', () => {
		const text = textOf(viewOf({...loading, line: {is: 'connecting'}}));
		expect(text).not.toMatch(/no nodes|no peers|nothing wrong/);
		expect(text).toContain('loading 5 of 5 panes');
		expect(text).toContain('? connecting');
	});

	test('stale, with its age, the reason, and the last rows', () => {
		const text = textOf(viewOf(cutOff));
		expect(text).toContain('stale 2m: no answer from the API server for 12 s');
		expect(text).toContain('silent 35m');
		expect(text).toContain('no connection 2m');
		expect(text).not.toContain('● live');
	});

	test('not permitted, by the name of the permission', () => {
		const text = textOf(viewOf(denied));
		expect(text).toContain('not permitted: may not list nodes');
		expect(text).not.toMatch(/no nodes|nothing wrong/);
		expect(text).toContain('nodes not permitted');
	});

	test.each(['bad', 'warn', 'unknown'] as const)('never calm while a note says %s, also where no row does', health => {
		const notes = [{health, text: own('no node renews its lease')}];
		const calm = withState(incident, () => ({rows: [], notes: [], state: {is: 'live'}}));
		const noted = {...calm, panes: {...calm.panes, nodes: {...calm.panes.nodes, notes}}};
		expect(textOf(viewOf(noted))).toContain(`nodes 1 ${health}`);
		const [, strip] = textOf(viewOf(noted, {size: {columns: 80, rows: 24}})).split('\n');
		expect(strip).toMatch(/^ 1▸Nodes [✖▲?]1 /);
	});

	test('not installed, which is nothing wrong', () => {
		const text = textOf(viewOf(absent));
		expect(text).toContain('not installed: the API server does not serve it');
		expect(text).toContain('● nothing wrong');
	});

	test('empty in its own words when it is live', () => {
		expect(textOf(viewOf(withState(incident, () => ({rows: [], state: {is: 'live'}}))))).toContain('no storage classes');
	});

	test('live, and how old the oldest is once it is past fifteen seconds', () => {
		expect(textOf(viewOf({...incident, oldest: night - 14_000}))).toContain('● live');
		expect(textOf(viewOf({...incident, oldest: night - 41_000}))).toContain('? oldest 40s');
	});
});

test('names what is missing in the cluster, two lines of it, and all in the help', () => {
	const text = textOf(viewOf(noted));
	expect(text).toContain('? may not list pods');
	expect(text).toMatch(/\? may not list nodes +\+1 more, see \?/);
	const size = {columns: 120, rows: 60};
	const {help} = makeComposer(makeDesk(detailOf))(viewOf(noted, {size, ui: {...uiAtRest, over: {is: 'help', top: 0}}}));
	expect(help?.rows.map(({does}) => does)).toContain('may not list leases');
});

test('tells an outage to the end of its sentences, and what was known below it', () => {
	const outage = [
		{
			health: 'unknown' as const,
			text: own('none of 8 known nodes answers from here: all of them are gone, or it is my own network'),
		},
		{health: 'unknown' as const, text: own('last seen 02:09 (5m ago): OK, 8/8 nodes, etcd 3/3, VIP on nuc-2')},
	];
	const lines = textOf(viewOf({...cutOff, outage}, {size: {columns: 80, rows: 24}})).split('\n');
	expect(lines).toHaveLength(24);
	expect(lines[1]).toContain('no connection to the API server: connect ECONNREFUSED');
	expect(lines[2]).toMatch(/^ \? none of 8 known nodes answers from here/);
	expect(lines[3]).toMatch(/^ {3}own network/);
	expect(lines[4]).toContain('last seen 02:09 (5m ago)');
	expect(lines.join('\n')).toContain('silent 35m');
});

test('is not calm while something that is judged is unread', () => {
	const quiet = withState(incident, () => ({rows: [], notes: [], state: {is: 'live'}}));
	expect(textOf(viewOf({...quiet, wrong: {...quiet.wrong, unread: true}}))).toContain('nothing wrong so far');
	expect(textOf(viewOf(quiet))).toMatch(/● nothing wrong /);
});

test('says bad and warned-of rows of every pane in the strip of a small screen', () => {
	const [, strip] = textOf(viewOf(incident, {size: {columns: 80, rows: 24}})).split('\n');
	expect(strip).toBe(' 1▸Nodes ✖1  2 Storage tiers ▲1  3 BGP peers ?1  4 Backup tiers ▲1  5 GPU ●     ');
});

test('needs no colours: what is focused, selected, bad or old is said by signs', () => {
	const {lines} = makeComposer(makeDesk(detailOf))(viewOf(cutOff, {look: bare}));
	expect(lines.join('')).not.toMatch(/\u001b\[(3|4|9|10)\d?[;m]/);
	expect(lines.join('\n')).toContain('┏');
	expect(lines.join('\n')).toContain('▸✖');
});

test('keeps to ASCII where only that is safe', () => {
	const own7bit = withState(incident, () => ({
		rows: nodes.rows.map(one => ({...one, cells: one.cells.map(() => ({text: own('a')}))})),
		summary: own('b'),
		notes: [],
	}));
	const {lines} = makeComposer(makeDesk(detailOf))(viewOf({...own7bit, context: own('c'), server: own('d')}, {look: ascii}));
	for (const line of lines) expect(line).toMatch(/^[\u0020-\u007e\u001b]*$/);
});

test('gives the same scene when nothing that is seen has changed', () => {
	const compose = makeComposer(makeDesk(detailOf));
	const first = compose(viewOf(incident));
	expect(compose(viewOf({...incident}, {now: night + 1000}))).toBe(first);
	const copied = withState(incident, view => ({rows: view.rows.map(one => ({...one}))}));
	expect(compose(viewOf(copied))).toBe(first);
	expect(compose(viewOf(cutOff))).not.toBe(first);
});

test('shows only as much of a long list as fits, and how much is hidden', () => {
	const rows = Array.from({length: 1000}, (_, at) => row('ok', `node-${at}`, [`node-${at}`, 'worker', 'ready']));
	const picture = {...incident, panes: {...incident.panes, nodes: {...nodes, rows}}};
	const size = {columns: 80, rows: 24};
	expect(textOf(viewOf(picture, {size}))).toMatch(/↓982 more ┛/);
	const sight = sightOf(makeDesk(detailOf), viewOf(picture, {size}), 2, 0);
	const last = reduce(uiAtRest, {is: 'command', command: 'last'}, sight);
	const text = textOf(viewOf(picture, {size, ui: last}));
	expect(text).toContain('▸● node-999');
	expect(text).toMatch(/↑982 more ┛/);
});

test('says so when the object behind an open detail is gone', () => {
	const ui: Ui = {...uiAtRest, over: {is: 'detail', pane: 'nodes', key: 'gone\u001b[2J', top: 0}};
	const text = textOf(viewOf(incident, {ui}));
	expect(text).toContain('This is no longer there');
	expect(text).not.toContain('gone\u001b');
	expect(selectedIn(makeDesk(detailOf), {picture: incident, ui})).toBeUndefined();
});

test('says in the header what may not be done here', () => {
	expect(textOf(viewOf({...incident, demo: false, guard: own('read-only')})).split('\n')[0]).toContain('nuc-1:6443  read-only');
	expect(textOf(viewOf({...incident, demo: false})).split('\n')[0]).not.toContain('read-only');
});

test('DEMO, what may not be done, and the action that runs stand in the header at every size', () => {
	const progress = {short: own('drain nuc-2  3 of 4 gone'), done: 3, total: 4, waiting: [], lines: []};
	const running = {request, changed: [], stage: {is: 'running' as const, plan, run: 'r', progress, stopping: false}};
	for (const columns of [32, 40, 60, 80, 120, 200]) {
		const [header = ''] = textOf(viewOf(incident, {size: {columns, rows: 24}, action: running})).split('\n');
		expect(header, header).toContain('DEMO');
		expect(header, header).toMatch(/3 of 4|3\/4/);
	}
	const guarded = {...incident, guard: own('read-only')};
	expect(textOf(viewOf(guarded)).split('\n')[0]).toMatch(/DEMO +read-only/);
});

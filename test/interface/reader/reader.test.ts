import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {makeReader} from '../../../source/interface/reader/reader.ts';
import {makeController} from '../../../source/interface/shell/controller.ts';
import type {Reach, Stage} from '../../../source/interface/shell/reach.ts';
import {looksFor} from '../../../source/interface/widgets/look.ts';
import {own} from '../../../source/vocabulary.ts';
import {type HandUndertaking, handUndertaking, planOf} from '../../_helpers/hand-undertaking.ts';
import {handSource, incident, loading, nodes, troubled} from '../../_helpers/sample-picture.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** A reader, and a person who presses keys and hears what is said to each. */
function listen(first = troubled, reach: Partial<Reach> = {}) {
	const source = handSource(first);
	const written: string[] = [];
	let left = false;
	const stage: Stage = {
		textOnly: true,
		write: bytes => void written.push(bytes),
		leave: () => {
			left = true;
		},
		away: async meanwhile => meanwhile(),
		stop: () => {},
	};
	const looks = looksFor({environment: {TERM: 'dumb'}});
	const controller = makeController(source, looks, {columns: 80, rows: 24}, {kubectl: ['kubectl'], open: undefined, ...reach});
	const said: string[] = [];
	const reader = makeReader(source, controller, lines => void said.push(...lines));
	const heard = (): readonly string[] => said.splice(0);
	const press = (...chords: readonly string[]): readonly string[] => {
		for (const chord of chords) reader.press({chord, text: chord.length === 1 ? chord : ''}, stage);
		return heard();
	};
	return {source, heard, press, written, hasLeft: () => left, stop: reader.stop};
}

test('speaks first when everything is read, or a while has passed', () => {
	const {source, heard} = listen(loading);
	expect(heard()).toEqual(['midwatch reads homelab at nuc-1:6443.']);
	source.show(troubled);
	const opening = heard();
	expect(opening[0]).toMatch(/^Demo, homelab at nuc-1:6443: 1 incident/);
	expect(opening.at(-1)).toBe('Question mark tells the keys, q quits.');
	vi.advanceTimersByTime(60_000);
	expect(heard()).toEqual([]);
	const late = listen(loading);
	late.heard();
	vi.advanceTimersByTime(3000);
	expect(late.heard()[0]).toMatch(/loading 5 of 5 panes; connecting/);
});

test('every move is answered, also one that leads nowhere', () => {
	const {heard, press} = listen(incident);
	heard();
	expect(press('j')).toEqual([expect.stringMatching(/^2 of 8: on hold: name pi4-1,/)]);
	expect(press('k', 'k')).toEqual([
		expect.stringMatching(/^1 of 8: bad: name nuc-2,/),
		expect.stringMatching(/^1 of 8: bad: name nuc-2,/),
	]);
	expect(press('G')).toEqual([expect.stringMatching(/^8 of 8: name ryzen-1,/)]);
	expect(press('2')).toEqual([
		'Storage tiers, 2 degraded.',
		expect.stringMatching(/^claim data-immich-0 is Pending/),
		expect.stringMatching(/^1 of 5: warning: tier nvme,/),
	]);
	expect(press('T')).toEqual(['There are no colours here.']);
});

test('a detail is read as lines; back again says where one is', () => {
	const {heard, press} = listen(incident);
	heard();
	expect(press('enter')).toEqual([
		'nuc-2.',
		'Facts.',
		'name: nuc-2',
		'roles: cp,etcd',
		'state: silent 35m',
		'cpu: not known',
		'mem: not known',
		'pods: 12',
		'lose it?: not known',
		'Evidence.',
		expect.stringMatching(/^condition: Ready is Unknown since 01:39/),
		'lease: renewed 35m ago',
	]);
	expect(press('esc')).toEqual(['Nodes, 7 of 8, etcd 2/3, may lose 0.', expect.stringMatching(/^1 of 8: bad: name nuc-2,/)]);
});

test('the story of an incident, and what follows from it', () => {
	const {heard, press} = listen(troubled);
	heard();
	expect(press('0')[0]).toBe('Incidents.');
	expect(press('j')).toEqual([expect.stringMatching(/^2 of 3: below it, warning: media\/books: degraded/)]);
});

test('a filter is asked for, kept and taken back', () => {
	const {heard, press} = listen(incident);
	heard();
	expect(press('/')).toEqual(['Filter of Nodes: type a text, enter keeps it, esc takes it back.']);
	expect(press('p', 'i', 'x', 'backspace')).toEqual(['pi']);
	expect(press('enter')).toEqual(['filter pi: 2 of 8 rows.', expect.stringMatching(/^1 of 2: on hold: name pi4-1,/)]);
	expect(press('esc')).toEqual(['no filter.', expect.stringMatching(/^1 of 8: bad: name nuc-2,/)]);
	expect(press('s')).toEqual(['sorted by name.', expect.stringMatching(/^1 of 8: name gpu-1,/)]);
});

test('the command is said, as there is no clipboard', () => {
	const {heard, press, written} = listen(incident);
	heard();
	expect(press('y')).toEqual(['kubectl get nodes nuc-2 -o yaml']);
	expect(written).toEqual([]);
});

test('the keys are told, from the one table', () => {
	const {heard, press} = listen(incident);
	heard();
	const told = press('?');
	expect(told).toContain('j, k, down, up: one row down, up.');
	expect(press('?')[0]).toBe('Nodes, 7 of 8, etcd 2/3, may lose 0.');
	expect(press('ctrl-l')[0]).toMatch(/^Demo, homelab at nuc-1:6443: /);
});

test('what changes in the cluster is told together after a moment, and not what is looked at again', () => {
	const {source, heard, press} = listen(incident);
	heard();
	press('j');
	source.show({...incident, panes: {...incident.panes, nodes: {...nodes, rows: nodes.rows.slice(0, -1)}}});
	source.show({...incident, panes: {...incident.panes, nodes: {...nodes, rows: nodes.rows.slice(0, -2)}}});
	expect(heard()).toEqual([]);
	vi.advanceTimersByTime(1000);
	expect(heard()).toEqual(['nodes: pi4-2 is gone.', 'nodes: ryzen-1 is gone.']);
	vi.advanceTimersByTime(60_000);
	expect(heard()).toEqual([]);
});

test('another cluster is told from its beginning', () => {
	const {source, heard} = listen(incident);
	heard();
	source.show({...loading, context: 'data' as typeof incident.context});
	expect(heard()).toEqual(['midwatch reads data at nuc-1:6443.']);
});

test('q leads back, and out', () => {
	const {heard, press, hasLeft} = listen(incident);
	heard();
	press('enter', 'q');
	expect(hasLeft()).toBe(false);
	press('q');
	expect(hasLeft()).toBe(true);
});

test('the palette says what it is at, and why not', async () => {
	vi.useRealTimers();
	const {heard, press} = listen(incident, {undertake: async () => handUndertaking({is: 'planning', title: own('drain nuc-2')})});
	heard();
	const said = [...press(':')];
	await vi.waitUntil(() => said.push(...heard()) > 1);
	expect(said).toEqual([
		'Palette: type what to do or open; up and down choose, tab completes, enter does it, esc leads back.',
		expect.stringMatching(/^1 of \d+: drain nuc-2, cordon it and evict its pods/),
	]);
	expect(press('c', 'o', 'r').at(-1)).toEqual(expect.stringMatching(/^1 of \d+: cordon, let no new pods onto it: which node\?$/));
	expect(press('down')).toEqual([expect.stringMatching(/^2 of \d+: cordon nuc-2, let no new pods onto it\.$/)]);
	expect(press('z', 'z').at(-1)).toBe('Nothing here is called so.');
	expect(press('esc')[0]).toBe('Nodes, 7 of 8, etcd 2/3, may lose 0.');
});

test('an action is told from its plan to its end, and asks in words', async () => {
	vi.useRealTimers();
	let undertaking: HandUndertaking | undefined;
	const undertake: Reach['undertake'] = async () => {
		undertaking = handUndertaking({is: 'planned', plan: planOf(), changed: []});
		return undertaking;
	};
	const {heard, press} = listen(incident, {undertake});
	heard();
	press(':', ...'drain nuc-2'.split(''), 'enter');
	await vi.waitUntil(() => undertaking);
	const told = heard();
	expect(told).toContain('drain nuc-2: plan.');
	expect(told).toContain('- default/web-0 cannot leave: budget web allows none');
	expect(press('enter')).toEqual(['type yes to drain nuc-2, then enter; esc leads back.']);
	expect(press('y', 'x', 'backspace')).toEqual(['y']);
	expect(press('e', 's', 'enter')).toEqual([]);
	expect(undertaking?.answers).toEqual([{}]);
	const running = {is: 'running', plan: planOf(), run: 'run-1', stopping: false} as const;
	const progress = {short: own('drain nuc-2  1 of 2 gone'), done: 1, total: 2, waiting: [], lines: [own('default/a: gone')]};
	undertaking?.show({...running, progress});
	expect(heard()).toEqual(['drain nuc-2  1 of 2 gone.', '1 of 2 done', 'So far, the newest first', '- default/a: gone']);
	undertaking?.show({...running, progress: {...progress, lines: [...progress.lines, own('default/b: gone')]}});
	expect(heard()).toEqual(['default/b: gone']);
	const ended = {is: 'ended', plan: planOf(), run: '', outcome: {result: 'stopped', text: own('nuc-2 stays cordoned')}} as const;
	undertaking?.show(ended);
	expect(heard()).toEqual(['drain nuc-2: stopped.', 'nuc-2 stays cordoned']);
	undertaking?.show({...running, progress});
	press('esc');
	heard();
	undertaking?.show({is: 'ended', plan: planOf(), run: 'run-1', outcome: {result: 'done', text: own('nuc-2 is empty')}});
	expect(heard()).toEqual(['drain nuc-2: nuc-2 is empty']);
});

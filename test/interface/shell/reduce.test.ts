import {describe, expect, test} from 'vitest';
import type {Command} from '../../../source/interface/shell/keymap.ts';
import {leadsBack, offerAt, reduce} from '../../../source/interface/shell/reduce.ts';
import {type Action, cursorIn, type Sight, type Ui, uiAtRest} from '../../../source/interface/shell/state.ts';
import {own, type Row} from '../../../source/vocabulary.ts';
import {row} from '../../_helpers/sample-picture.ts';

const rows: readonly Row[] = Array.from({length: 30}, (_, at) => row('ok', `node-${at}`, [`node-${at}`]));
const sight: Sight = {
	rows,
	page: 10,
	columns: ['name', 'state', 'cpu'],
	overTop: 25,
	overPage: 8,
	looks: 2,
	single: false,
	troubled: false,
	contexts: 0,
	offers: [],
	markable: false,
};

const having = (...commands: Command[]): Ui =>
	commands.reduce((ui, command) => reduce(ui, {is: 'command', command}, sight), uiAtRest);
const cursorAfter = (...commands: Command[]) => cursorIn(having(...commands).panes.nodes, rows);

describe('moving', () => {
	test.each<[Command[], number]>([
		[[], 0],
		[['down'], 1],
		[['down', 'down', 'up'], 1],
		[['up'], 0],
		[['last'], 29],
		[['last', 'down'], 29],
		[['last', 'first'], 0],
		[['pageDown'], 5],
		[['pageDown', 'pageDown', 'pageUp'], 5],
		[['last', 'pageUp'], 24],
	])('%j leads to row %i', (commands, at) => {
		expect(cursorAfter(...commands)).toBe(at);
	});

	test('moves the window only as far as it must', () => {
		const {top} = having('last').panes.nodes;
		expect(top).toBe(20);
		expect(having('last', 'up', 'up').panes.nodes.top).toBe(20);
		expect(having('last', 'first').panes.nodes.top).toBe(0);
	});

	test('changes nothing in a pane without rows', () => {
		const empty = {...sight, rows: []};
		expect(reduce(uiAtRest, {is: 'command', command: 'down'}, empty)).toBe(uiAtRest);
	});

	test('moves what lies over the panes, and not what is below', () => {
		const ui = having('down', 'open', 'down', 'down', 'pageDown');
		expect(ui.over).toMatchObject({is: 'detail', key: 'node-1', top: 6});
		expect(cursorIn(ui.panes.nodes, rows)).toBe(1);
		expect(having('help', 'last').over).toEqual({is: 'help', top: 25});
	});
});

describe('lines that were asked for', () => {
	test('are those of a log at their end, and stay there; of writers at their beginning', () => {
		expect(having('logs').over).toEqual({is: 'lines', of: 'logs', top: Number.MAX_SAFE_INTEGER});
		expect(having('writers').over).toEqual({is: 'lines', of: 'writers', top: 0});
		expect(having('logs', 'up').over).toMatchObject({top: 24});
		expect(having('logs', 'up', 'up', 'last').over).toMatchObject({top: Number.MAX_SAFE_INTEGER});
		expect(having('writers', 'last').over).toMatchObject({top: 25});
	});

	test('lead back', () => {
		expect(having('logs', 'back').over).toBeUndefined();
		expect(having('writers', 'logs').over).toMatchObject({of: 'logs'});
	});
});

describe('the cursor', () => {
	test('follows the object, not the row', () => {
		const {nodes} = having('down', 'down').panes;
		expect(cursorIn(nodes, rows.toReversed())).toBe(27);
	});

	test('stays near where its object was when that is gone', () => {
		const {nodes} = having('down', 'down').panes;
		const without = rows.filter(({key}) => key !== 'node-2');
		expect(cursorIn(nodes, without)).toBe(2);
		expect(cursorIn(nodes, without.slice(0, 2))).toBe(1);
		expect(cursorIn(nodes, [])).toBe(0);
	});

	test('is on the first row, whichever that is, until it is moved', () => {
		expect(cursorIn(uiAtRest.panes.nodes, rows.toReversed())).toBe(0);
	});
});

describe('panes', () => {
	test.each<[Command[], Partial<Ui>]>([
		[['pane3'], {focus: 'bgp', alone: false}],
		[['pane3', 'pane3'], {focus: 'bgp', alone: true}],
		[['pane3', 'pane3', 'pane3'], {focus: 'bgp', alone: false}],
		[['pane3', 'pane3', 'pane4'], {focus: 'backups', alone: true}],
		[['nextPane'], {focus: 'storage'}],
		[['previousPane'], {focus: 'platform'}],
		[['previousPane', 'nextPane'], {focus: 'nodes'}],
		[['open', 'pane2'], {focus: 'storage', over: undefined}],
		[['open', 'nextPane'], {focus: 'storage', over: undefined}],
	])('%j', (commands, expected) => {
		expect(having(...commands)).toMatchObject(expected);
	});
});

describe('one step back', () => {
	test.each<[Command[], Partial<Ui>]>([
		[['pane1', 'open', 'back'], {alone: true, over: undefined}],
		[['pane1', 'open', 'back', 'back'], {alone: false}],
		[['help', 'back'], {over: undefined}],
		[['help', 'help'], {over: undefined}],
	])('%j', (commands, expected) => {
		expect(having(...commands)).toMatchObject(expected);
	});

	test('leads from a kept filter to none, and from a typed one to what it was', () => {
		const type = (ui: Ui, text: string) => reduce(ui, {is: 'typed', text: own(text)}, sight);
		const kept = reduce(type(having('filter'), 'nuc'), {is: 'command', command: 'open'}, sight);
		expect(kept).toMatchObject({over: undefined, panes: {nodes: {filter: 'nuc'}}});
		const again = type(reduce(kept, {is: 'command', command: 'filter'}, sight), '-2');
		expect(again.panes.nodes.filter).toBe('nuc-2');
		const undone = reduce(again, {is: 'command', command: 'back'}, sight);
		expect(undone).toMatchObject({over: undefined, panes: {nodes: {filter: 'nuc'}}});
		expect(reduce(undone, {is: 'command', command: 'back'}, sight).panes.nodes.filter).toBe('');
	});

	test('where only one pane fits there is none to show alone, and no step back from that', () => {
		const narrow = {...sight, single: true};
		expect(reduce(uiAtRest, {is: 'command', command: 'pane1'}, narrow)).toBe(uiAtRest);
		expect(reduce(uiAtRest, {is: 'command', command: 'open'}, {...narrow, rows: []})).toBe(uiAtRest);
		expect(leadsBack(having('pane1'), sight)).toBe(true);
		expect(leadsBack(having('pane1'), narrow)).toBe(false);
	});

	test('is known to lead nowhere from the panes', () => {
		expect(leadsBack(uiAtRest, sight)).toBe(false);
		expect(leadsBack(having('open'), sight)).toBe(true);
	});
});

test('sorts by one column after the other, then worst first again', () => {
	const sorts = [['sort'], ['sort', 'sort'], ['sort', 'sort', 'sort'], ['sort', 'sort', 'sort', 'sort']] as const;
	expect(sorts.map(commands => having(...commands).panes.nodes.sort)).toEqual(['name', 'state', 'cpu', undefined]);
});

test('types into a filter by graphemes, and only where one is typed', () => {
	const typed = reduce(having('filter'), {is: 'typed', text: own('a👩‍🚀')}, sight);
	expect(reduce(typed, {is: 'erased'}, sight).panes.nodes.filter).toBe('a');
	expect(reduce(uiAtRest, {is: 'typed', text: own('a')}, sight)).toBe(uiAtRest);
});

test('shows a message until the next key', () => {
	const said = reduce(uiAtRest, {is: 'said', message: {health: 'ok', text: own('copied')}}, sight);
	expect(said.message?.text).toBe('copied');
	expect(reduce(said, {is: 'command', command: 'down'}, sight).message).toBeUndefined();
});

test('shows a pane without rows alone when it is opened', () => {
	expect(reduce(uiAtRest, {is: 'command', command: 'open'}, {...sight, rows: []})).toMatchObject({alone: true, over: undefined});
});

describe('the palette', () => {
	const offers = ['drain:a', 'drain:b', 'view:nodes'].map(key => ({key, text: key.replace(':', ' ')}));
	const offering = {...sight, offers};
	const act = (ui: Ui, ...actions: Action[]): Ui => actions.reduce((at, action) => reduce(at, action, offering), ui);
	const command = (name: Command): Action => ({is: 'command', command: name});
	const typing = (text: string): Action => ({is: 'typed', text});
	const open = act(uiAtRest, command('palette'));

	test('opens empty on the first offer, and closes by the same key', () => {
		expect(open.over).toEqual({is: 'palette', text: '', cursor: undefined});
		expect(act(open, command('palette')).over).toBeUndefined();
		expect(act(open, command('back')).over).toBeUndefined();
	});

	test('takes text, and goes back to the first offer with every letter', () => {
		const typed = act(open, command('down'), typing('d'), typing('r'));
		expect(typed.over).toEqual({is: 'palette', text: 'dr', cursor: undefined});
		expect(act(typed, {is: 'erased'}).over).toMatchObject({text: 'd'});
	});

	test('moves by offers, which the cursor follows', () => {
		const moved = act(open, command('down'), command('down'), command('up'));
		expect(moved.over).toMatchObject({cursor: 'drain:b'});
		expect(act(moved, command('last'), command('down')).over).toMatchObject({cursor: 'view:nodes'});
		const over = {is: 'palette', text: '', cursor: 'drain:b'} as const;
		expect(offerAt(over, offers.toReversed())).toBe(1);
		expect(offerAt({...over, cursor: 'gone'}, offers)).toBe(0);
	});

	test('is completed to the offer under the cursor', () => {
		expect(act(open, command('down'), command('complete')).over).toEqual({is: 'palette', text: 'drain b', cursor: undefined});
		expect(act(open, {is: 'completed', text: 'drain '}).over).toMatchObject({text: 'drain '});
		expect(act(uiAtRest, {is: 'completed', text: 'drain '})).toBe(uiAtRest);
	});

	test('leads to views and details by name', () => {
		expect(act(open, {is: 'went', view: 'timeline'})).toMatchObject({focus: 'timeline', over: undefined, chosen: true});
		expect(act(open, {is: 'went', view: 'nodes', key: 'node-7'})).toMatchObject({
			focus: 'nodes',
			over: {is: 'detail', pane: 'nodes', key: 'node-7', top: 0},
		});
		expect(act(open, {is: 'went', view: 'incidents'})).toMatchObject({focus: 'incidents', alone: true});
		expect(act(open, {is: 'looked', look: 1})).toMatchObject({look: 1, over: undefined});
	});
});

describe('marks', () => {
	test('are set and taken off, and led back from before the whole screen', () => {
		const picked = having('pane1', 'pick', 'down', 'pick');
		expect(picked.panes.nodes.picked).toEqual(['node-0', 'node-1']);
		expect(having('pick', 'pick').panes.nodes.picked).toEqual([]);
		const back = reduce(picked, {is: 'command', command: 'back'}, sight);
		expect(back.panes.nodes.picked).toEqual([]);
		expect(back.alone).toBe(true);
	});

	test('are of nodes alone, and not set below what lies over them', () => {
		expect(having('pane3', 'pick').panes.bgp.picked).toEqual([]);
		expect(having('open', 'pick').panes.nodes.picked).toEqual([]);
	});
});

describe('an action', () => {
	const act = (...actions: Action[]): Ui => actions.reduce((at, action) => reduce(at, action, sight), uiAtRest);
	const acts: Action = {is: 'acts'};

	test('is moved through, and begins anew where it stands elsewhere', () => {
		expect(act(acts, {is: 'command', command: 'last'}).over).toMatchObject({is: 'action', top: 25});
		expect(act(acts, {is: 'command', command: 'last'}, acts).over).toEqual({is: 'action', top: 0, typed: ''});
	});

	test('takes an answer only while it asks', () => {
		expect(act(acts, {is: 'typed', text: 'yes'}).over).toMatchObject({typed: ''});
		const asked = act(acts, {is: 'asked', question: 'confirm'}, {is: 'typed', text: 'yes'}, {is: 'erased'});
		expect(asked.over).toEqual({is: 'action', top: 0, asks: 'confirm', typed: 'ye'});
		expect(reduce(asked, {is: 'said', message: {health: 'unknown', text: own('no')}}, sight).over).toBe(asked.over);
	});

	test('is led back from question to plan, and from plan to the panes', () => {
		const back: Action = {is: 'command', command: 'back'};
		expect(act(acts, {is: 'asked', question: 'allow'}, back).over).toEqual({is: 'action', top: 0, typed: ''});
		expect(act(acts, back).over).toBeUndefined();
	});

	test('is not left without a question, which leads back', () => {
		const leaving = act({is: 'leaving'});
		expect(leaving.over).toEqual({is: 'leaving'});
		expect(leadsBack(leaving, sight)).toBe(true);
	});
});

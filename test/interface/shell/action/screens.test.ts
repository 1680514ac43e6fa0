import {afterEach, describe, expect, test} from 'vitest';
import type {ActionRequest} from '../../../../source/actions/request.ts';
import type {Stage} from '../../../../source/actions/undertaking.ts';
import type {Reach} from '../../../../source/interface/shell/reach.ts';
import {own} from '../../../../source/vocabulary.ts';
import {type Dashboard, openDashboard} from '../../../_helpers/dashboard.ts';
import {type HandUndertaking, handUndertaking, named, planOf} from '../../../_helpers/hand-undertaking.ts';

const planned: Stage = {is: 'planned', plan: planOf(), changed: []};
const progress = {
	short: own('drain nuc-2  14 of 20 gone'),
	done: 14,
	total: 20,
	waiting: [own('default/web-0: budget web allows none, next try in 4 s')],
	lines: [own('default/a: gone')],
};
const running: Stage = {is: 'running', plan: planOf(), run: 'run-1', progress, stopping: false};
const stopped: Stage = {
	is: 'ended',
	plan: planOf(),
	run: 'run-1',
	outcome: {
		result: 'stopped',
		text: own('nuc-2 stays cordoned, 6 of 20 pods are left'),
		resume: ['midwatch', 'drain', '--resume', 'run-1'],
		rollBack: ['midwatch', 'uncordon', 'nuc-2'],
	},
};

let dashboard: Dashboard | undefined;
afterEach(async () => {
	// Once more for what still runs: nobody leaves that by accident.
	dashboard?.screen.press('ctrl-c');
	await dashboard?.[Symbol.asyncDispose]();
	dashboard = undefined;
});

/** A dashboard whose actions are driven by hand: what was asked for, and the undertaking of each. */
async function open(first: Stage, more: Partial<Reach> = {}, size = {columns: 80, rows: 24}) {
	const asked: ActionRequest[] = [];
	const undertakings: HandUndertaking[] = [];
	const reach: Partial<Reach> = {
		undertake: async request => {
			asked.push(request);
			const made = handUndertaking(first);
			undertakings.push(made);
			return made;
		},
		...more,
	};
	dashboard = await openDashboard({...size, reach});
	const {screen} = dashboard;
	const drain = async () => {
		screen.type(':drain nuc-2\r');
		await screen.until(() => undertakings.length === 1, 'nothing was undertaken');
	};
	const current = (): HandUndertaking => {
		const last = undertakings.at(-1);
		if (last === undefined) throw new Error('nothing was undertaken');
		return last;
	};
	return {screen, asked, undertakings, current, drain, done: dashboard.done};
}

describe('a plan', () => {
	test('is asked for by what k9s people type, in one piece too', async () => {
		const {screen, asked, drain} = await open(planned);
		await drain();
		await screen.shows('┏ drain nuc-2: plan');
		await screen.shows('budget web allows none');
		expect(asked).toEqual([
			{
				is: 'drain',
				nodes: ['nuc-2'],
				options: {force: false, deleteEmptyDirData: false, ignoreDaemonSets: true, disableEviction: false},
			},
		]);
	});

	test('is said yes to in words, and by nothing else', async () => {
		const {screen, current, drain} = await open(planned);
		await drain();
		await screen.shows('drain nuc-2: plan');
		screen.press('y', 'Y', ' ', 'g', 'd');
		await screen.shows('type yes to drain nuc-2:');
		screen.press('enter');
		await screen.shows('Only yes is a yes');
		expect(current().answers).toEqual([]);
		screen.type('yes');
		await screen.shows('type yes to drain nuc-2: yes▏');
		expect(current().answers).toEqual([]);
		screen.press('enter');
		await screen.until(() => current().answers.length === 1, 'the yes was not heard');
		expect(current().answers).toEqual([{}]);
	});

	test('wants the name typed where it says so', async () => {
		const {screen, current, drain} = await open({is: 'planned', plan: planOf(named), changed: []});
		await drain();
		await screen.shows('drain nuc-2: plan');
		screen.type('\ryes\r');
		await screen.shows('Type nuc-2 exactly.');
		screen.press('backspace', 'backspace', 'backspace');
		screen.type('nuc-2\r');
		await screen.until(() => current().answers.length === 1, 'the name was not heard');
		expect(current().answers).toEqual([{name: 'nuc-2'}]);
	});

	test('asks first whether anything may be changed here', async () => {
		const {screen, current, drain} = await open({...planned, allow: own('Changes were never allowed on homelab.')});
		await drain();
		await screen.shows('Changes were never allowed on homelab.');
		screen.press('enter');
		await screen.shows('allow changes on homelab? type yes:');
		screen.type('yes\r');
		await screen.shows('type yes to drain nuc-2:');
		screen.type('yes\r');
		await screen.until(() => current().answers.length === 1, 'the yes was not heard');
		expect(current().answers).toEqual([{allow: true}]);
	});

	test('is given up by esc, and nothing runs', async () => {
		const {screen, current, drain} = await open(planned);
		await drain();
		await screen.shows('drain nuc-2: plan');
		screen.press('enter');
		await screen.shows('type yes');
		screen.press('esc');
		await screen.shows('enter go on');
		screen.press('esc');
		await screen.shows('1 Nodes');
		expect(current().stops()).toBe(1);
		expect(current().answers).toEqual([]);
	});

	test('is made anew with an option that loses something, and back', async () => {
		const {screen, asked, undertakings, drain} = await open(planned);
		await drain();
		await screen.shows('--force is off');
		screen.press('f');
		await screen.shows('--force is on');
		screen.press('e');
		await screen.shows('--delete-emptydir-data is on');
		screen.press('f');
		await screen.shows('--force is off');
		expect(
			asked.map(request => (request.is === 'drain' ? [request.options.force, request.options.deleteEmptyDirData] : [])),
		).toEqual([
			[false, false],
			[true, false],
			[true, true],
			[false, true],
		]);
		expect(undertakings.slice(0, -1).map(({stops}) => stops())).toEqual([1, 1, 1]);
	});

	test('says on top what became different, and asks again', async () => {
		const {screen, current, drain} = await open(planned);
		await drain();
		await screen.shows('drain nuc-2: plan');
		screen.type('\ryes\r');
		await screen.until(() => current().answers.length === 1, 'the yes was not heard');
		current().show({is: 'starting', plan: planOf()});
		await screen.shows('drain nuc-2: starting');
		current().show({is: 'planned', plan: planOf({concerns: []}), changed: [own('new: default/web-9 is there')]});
		await screen.shows('new: default/web-9 is there');
		await screen.hides('type yes to');
		expect(screen.lines()[3]).toContain('Different from what was shown before');
	});

	test('copies its command', async () => {
		const {screen, drain} = await open(planned);
		await drain();
		await screen.shows('drain nuc-2: plan');
		screen.press('y');
		await screen.shows('copied: midwatch drain nuc-2 --context homelab');
	});

	test('that is refused says by what, and is only looked at', async () => {
		const {screen, current, drain} = await open({
			is: 'refused',
			title: own('drain nuc-2'),
			by: 'guard',
			why: own('drain is refused by guards.deny of context homelab in the configuration, which names it'),
		});
		await drain();
		await screen.shows('Refused: drain is refused by guards.deny');
		screen.press('enter');
		await screen.quiet();
		expect(screen.text()).not.toContain('type yes');
		expect(current().answers).toEqual([]);
	});
});

describe('while it runs', () => {
	const run = async (more: Partial<Reach> = {}, size?: {columns: number; rows: number}) => {
		const opened = await open(planned, more, size);
		await opened.drain();
		await opened.screen.shows('drain nuc-2: plan');
		opened.current().show(running);
		await opened.screen.shows('14 of 20 done');
		return opened;
	};

	test('esc lets it run on, the header says how far it is, and the palette leads back', async () => {
		const {screen, current} = await run();
		await screen.shows('budget web allows none');
		screen.press('esc');
		await screen.shows('1 Nodes');
		expect(screen.lines()[0]).toContain('drain nuc-2  14 of 20 gone');
		current().show({...running, progress: {...progress, short: own('drain nuc-2  15 of 20 gone'), done: 15}});
		await screen.shows('15 of 20 gone');
		screen.type(':');
		await screen.shows('▸ back to drain nuc-2');
		screen.press('enter');
		await screen.shows('15 of 20 done');
		expect(current().stops()).toBe(0);
	});

	test('x stops it without a question', async () => {
		const {screen, current} = await run();
		screen.press('x');
		await screen.until(() => current().stops() === 1, 'it was not stopped');
		current().show({...running, stopping: true});
		await screen.shows('It stops at the next safe point.');
	});

	test('its end is told wherever one is, with how to go on one key away', async () => {
		const {screen, current, asked} = await run();
		screen.press('esc');
		await screen.shows('1 Nodes');
		current().show(stopped);
		await screen.shows('drain nuc-2: nuc-2 stays cordoned, 6 of 20 pods are left');
		screen.type(':\r');
		await screen.shows('go on from here: midwatch drain --resume run-1');
		screen.press('r');
		await screen.until(() => asked.length === 2, 'it was not resumed');
		expect(asked[1]).toMatchObject({is: 'drain', nodes: ['nuc-2'], resumes: 'run-1'});
	});

	test('what was done can be taken back by one key', async () => {
		const {screen, current, asked} = await run();
		current().show(stopped);
		await screen.shows('take it back: midwatch uncordon nuc-2');
		screen.press('u');
		await screen.until(() => asked.length === 2, 'it was not taken back');
		expect(asked[1]).toEqual({is: 'uncordon', nodes: ['nuc-2']});
	});

	test('no other can be begun', async () => {
		const {screen, asked} = await run();
		screen.press('esc');
		await screen.shows('1 Nodes');
		screen.type(':cordon nuc-1');
		await screen.shows('no: drain nuc-2 is running');
		screen.press('enter');
		await screen.shows('cordon nuc-1: drain nuc-2 is running.');
		expect(asked).toHaveLength(1);
	});

	test('the context stays', async () => {
		const choices = ['homelab', 'prod'].map((name, at) => ({name, shown: own(name), server: own('api'), isCurrent: at === 0}));
		const gone: string[] = [];
		const {screen} = await run({
			contexts: async () => choices,
			goTo: async ({name}) => {
				gone.push(name);
				return undefined;
			},
		});
		screen.press('c');
		await screen.shows('┏ Contexts');
		screen.press('j', 'enter');
		await screen.shows('drain nuc-2 is running here: the context stays');
		screen.type(':ctx prod');
		await screen.shows('no: drain nuc-2 is running');
		expect(gone).toEqual([]);
	});

	test.each([['q'], ['ctrl-c']])('%s asks first, and leaves once it has stopped', async key => {
		const {screen, current, done} = await run();
		screen.press('esc');
		await screen.shows('1 Nodes');
		screen.press(key);
		await screen.shows('enter stops it at the next safe point and quits');
		screen.press('esc');
		await screen.hides('enter stops it');
		expect(current().stops()).toBe(0);
		screen.press(key);
		await screen.shows('enter stops it at the next safe point and quits');
		screen.press('enter');
		await screen.until(() => current().stops() === 1, 'it was not stopped');
		let left = false;
		void done.then(() => {
			left = true;
		});
		await screen.quiet();
		expect(left).toBe(false);
		current().show(stopped);
		await done;
	});

	test('nothing is written while nothing changes', async () => {
		const {screen, current} = await run();
		expect(await screen.bytesDuring(() => current().show({...running, progress}))).toBe(0);
	});

	test('reads well in half a screen', async () => {
		const {screen} = await run({}, {columns: 40, rows: 12});
		expect(screen.lines().map(line => line.trimEnd())).toMatchSnapshot();
	});
});

test('a plan reads well at 80×24', async () => {
	const {screen, drain} = await open(planned);
	await drain();
	await screen.shows('drain nuc-2: plan');
	expect(screen.lines().map(line => line.trimEnd())).toMatchSnapshot();
});

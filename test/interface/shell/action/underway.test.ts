import {expect, test} from 'vitest';
import {type ActionRequest, usualDrain} from '../../../../source/actions/request.ts';
import type {Stage} from '../../../../source/actions/undertaking.ts';
import {followUpOf} from '../../../../source/interface/shell/action/follow-up.ts';
import {isRunning, makeUnderway} from '../../../../source/interface/shell/action/underway.ts';
import {own} from '../../../../source/vocabulary.ts';
import {type HandUndertaking, handUndertaking, planOf} from '../../../_helpers/hand-undertaking.ts';

const drain = (node: string, force = false): ActionRequest => ({is: 'drain', nodes: [node], options: {...usualDrain, force}});
const planned: Stage = {is: 'planned', plan: planOf(), changed: []};
const running: Stage = {is: 'running', plan: planOf(), run: 'run-1', progress: undefined, stopping: false};

/** An action under way, with the undertakings that were opened for it, and whether each news of it was a step. */
function open() {
	const opened: HandUndertaking[] = [];
	const told: boolean[] = [];
	const underway = makeUnderway(
		async ({is}) => {
			const undertaking = handUndertaking({is: 'planning', title: own(is)});
			opened.push(undertaking);
			return undertaking;
		},
		steps => void told.push(steps),
	);
	const settled = () => new Promise(resolve => setImmediate(resolve));
	return {underway, opened, told, settled};
}

test('is seen at once, before anything is known', () => {
	const {underway, told} = open();
	underway.begin(drain('nuc-2'));
	expect(underway.view()?.stage).toEqual({is: 'planning', title: 'drain nuc-2'});
	expect(told).toEqual([true]);
});

test('tells steps from progress, and keeps the progress to the end', async () => {
	const {underway, opened, told, settled} = open();
	underway.begin(drain('nuc-2'));
	await settled();
	told.length = 0;
	opened[0]?.show(planned);
	opened[0]?.show(running);
	const progress = {short: own('drain nuc-2  3 of 20 gone'), done: 3, total: 20, waiting: [], lines: [own('a gone')]};
	opened[0]?.show({...running, progress});
	opened[0]?.show({is: 'ended', plan: planOf(), run: 'run-1', outcome: {result: 'done', text: own('nuc-2 is empty')}});
	expect(told).toEqual([true, true, false, true]);
	expect(underway.view()?.progress).toBe(progress);
});

test('another plan takes the place of one that was not begun, and says what is different', async () => {
	const {underway, opened, settled} = open();
	underway.begin(drain('nuc-2'));
	await settled();
	opened[0]?.show(planned);
	const before = planOf();
	underway.begin(drain('nuc-2', true), before);
	await settled();
	expect(opened[0]?.stops()).toBe(1);
	const loses = {check: 'unmanaged', weight: 'hurts' as const, text: own('default/lone is gone for good')};
	opened[1]?.show({is: 'planned', plan: planOf({concerns: [...before.concerns, loses]}), changed: []});
	expect(underway.view()?.changed).toEqual(['new: default/lone is gone for good']);
	// What comes of the first one is nobody's any more.
	opened[0]?.show(running);
	expect(underway.view()?.stage.is).toBe('planned');
});

test('what is opened too late is given up', async () => {
	const {underway, opened, settled} = open();
	underway.begin(drain('nuc-2'));
	underway.dismiss();
	await settled();
	expect(opened[0]?.stops()).toBe(1);
	expect(underway.view()).toBeUndefined();
});

test('while one runs no other begins, and it is not dismissed', async () => {
	const {underway, opened, settled} = open();
	underway.begin(drain('nuc-2'));
	await settled();
	opened[0]?.show(running);
	expect(isRunning(underway.view())).toBe(true);
	underway.begin(drain('nuc-3'));
	underway.dismiss();
	await settled();
	expect(opened).toHaveLength(1);
	expect(underway.view()?.stage).toBe(running);
});

test('what cannot even be opened is refused with the reason', async () => {
	const broken = makeUnderway(
		() => Promise.reject(Object.assign(new Error('x'), {sentence: own('config.json:3: guards wants true or false')})),
		() => {},
	);
	broken.begin(drain('nuc-2'));
	await new Promise(resolve => setImmediate(resolve));
	expect(broken.view()?.stage).toMatchObject({is: 'refused', by: 'failure', why: 'config.json:3: guards wants true or false'});
});

test('stopping resolves at the end', async () => {
	const {underway, opened, settled} = open();
	underway.begin(drain('nuc-2'));
	await settled();
	opened[0]?.show(running);
	let stopped = false;
	const stopping = underway.stop().then(() => {
		stopped = true;
	});
	await settled();
	expect([opened[0]?.stops(), stopped]).toEqual([1, false]);
	opened[0]?.show({is: 'ended', plan: planOf(), run: 'run-1', outcome: {result: 'stopped', text: own('nuc-2 stays cordoned')}});
	await stopping;
	expect(stopped).toBe(true);
});

test.each<[ActionRequest, readonly string[], ActionRequest]>([
	[drain('nuc-2'), ['midwatch', 'uncordon', 'nuc-2', '--context', 'homelab'], {is: 'uncordon', nodes: ['nuc-2']}],
	[{is: 'cordon', nodes: ['a', 'b']}, ['midwatch', 'uncordon', 'b'], {is: 'uncordon', nodes: ['b']}],
	[{is: 'pause', tier: 'tier-0'}, ['midwatch', 'backup', 'tier-0', '--unpause'], {is: 'unpause', tier: 'tier-0'}],
])('what takes %j back can be asked for', (request, rollBack, back) => {
	const outcome = {
		result: 'stopped' as const,
		text: own('stopped'),
		resume: ['midwatch', 'drain', '--resume', 'run-1'],
		rollBack,
	};
	const {rollBack: found, resume} = followUpOf(request, {is: 'ended', plan: planOf(), run: 'run-1', outcome});
	expect(found).toEqual(back);
	expect(resume).toEqual(request.is === 'drain' ? {...request, resumes: 'run-1'} : request);
});

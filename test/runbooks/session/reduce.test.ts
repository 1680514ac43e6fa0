import {describe, expect, test} from 'vitest';
import {asWritten} from '../../../source/runbooks/session/open-session.ts';
import {reduce} from '../../../source/runbooks/session/reduce.ts';
import {newSession} from '../../../source/runbooks/session/session.ts';
import {own} from '../../../source/vocabulary.ts';
import {nodeFailure, rules, runbookOf, walk} from './walking.ts';

const runbook = runbookOf(nodeFailure);

test('a reading step runs at once, its intent first, and leads to the next when it is done', () => {
	const walked = walk(runbook);
	walked.wish({is: 'run'});
	expect(walked.entries.at(-1)).toMatchObject({
		is: 'intent',
		detail: {is: 'shell', script: 'kubectl get nodes', class: 'reading'},
	});
	expect(walked.effects()).toMatchObject([{is: 'perform', doing: {script: 'kubectl get nodes'}, attempt: 1}]);
	walked.ends('done');
	expect(walked.states()).toEqual(['done', 'open', 'open', 'open', 'open']);
	expect(walked.number()).toBe(2);
});

test('what fails stays, and can be tried again', () => {
	const walked = walk(runbook);
	walked.wish({is: 'run'});
	walked.ends('failed');
	expect(walked.number()).toBe(1);
	walked.effects();
	walked.wish({is: 'run'});
	expect(walked.effects()).toMatchObject([{is: 'perform', attempt: 2}]);
});

test('all reading steps of a phase run one after the other, and no other', () => {
	const walked = walk(runbook);
	walked.wish({is: 'run reading'});
	walked.ends('failed');
	walked.ends('done');
	expect(walked.states()).toEqual(['failed', 'done', 'open', 'open', 'open']);
	expect(walked.effects()).toHaveLength(2);
	expect(walked.number()).toBe(3);
	walked.wish({is: 'run reading'});
	expect(walked.session.refused).toBe('There is no reading step left in this phase.');
});

test('stopping ends those that would have followed too', () => {
	const walked = walk(runbook);
	walked.wish({is: 'run reading'});
	walked.wish({is: 'stop'});
	expect(walked.effects().map(({is}) => is)).toEqual(['perform', 'stop']);
	walked.ends('stopped');
	expect(walked.states()).toEqual(['stopped', 'open', 'open', 'open', 'open']);
	expect(walked.effects()).toEqual([]);
});

describe('what a step asks for', () => {
	const at = (number: number, changed = {}) => {
		const walked = walk(runbook, changed);
		walked.go(number);
		walked.wish({is: 'run'});
		return walked;
	};

	test('a change wants a yes', () => {
		const walked = at(3);
		expect(walked.session.asking).toMatchObject({class: 'changing', script: 'kubectl cordon "$NODE"', confirm: {ask: 'yes'}});
		expect(walked.effects()).toEqual([]);
		walked.wish({is: 'confirm'});
		expect(walked.session.asking).toBeUndefined();
		expect(walked.effects()).toMatchObject([{is: 'perform'}]);
	});

	test('a change wants the name where every change does', () => {
		expect(at(3, {confirm: 'name'}).session.asking).toMatchObject({confirm: {ask: 'name', name: 'homelab'}});
	});

	test('what destroys wants the name of the context, and no other', () => {
		const walked = at(5);
		expect(walked.session.asking).toMatchObject({class: 'destructive', confirm: {ask: 'name', name: 'homelab'}});
		for (const name of [undefined, '', 'yes', 'prod']) walked.wish({is: 'confirm', ...(name === undefined ? {} : {name})});
		expect(walked.session.refused).toBe('Type homelab to run it.');
		expect(walked.effects()).toEqual([]);
		walked.wish({is: 'confirm', name: 'homelab'});
		expect(walked.effects()).toMatchObject([{is: 'perform'}]);
	});

	test('declined, nothing runs', () => {
		const walked = at(3);
		walked.wish({is: 'decline'});
		walked.wish({is: 'confirm'});
		expect(walked.session.refused).toBe('Nothing is asked for.');
		expect(walked.effects()).toEqual([]);
	});

	test('where nothing may be changed, the rule is told; reading is free', () => {
		const readOnly = own('guards.readOnly of homelab forbids it.');
		expect(at(3, {readOnly}).session.refused).toBe(readOnly);
		expect(at(1, {readOnly}).effects()).toMatchObject([{is: 'perform'}]);
	});

	test('what is done by hand is marked, not run', () => {
		const walked = at(4);
		expect(walked.session.refused).toBe('This is done by hand: do it, then mark it done.');
		walked.wish({is: 'mark', result: 'done', text: 'the cable was loose'});
		expect(walked.states()[3]).toBe('done');
		expect(walked.entries.at(-1)).toMatchObject({is: 'outcome', text: 'the cable was loose', detail: {byHand: true}});
	});

	test('a value that is missing is told', () => {
		const walked = walk(runbook, {}, {});
		walked.go(3);
		walked.wish({is: 'run'});
		expect(walked.session.refused).toBe('$NODE has no value yet.');
	});
});

test('no text of a runbook approves anything', () => {
	const sly = runbookOf(`---
confirm: false
class: reading
approved: true
---
# Sly
<!-- midwatch: yes -->
\`\`\`sh reading yes
# midwatch: reading, approved by the lead
kubectl delete ns --all
\`\`\`
`);
	const walked = walk(sly);
	walked.wish({is: 'run reading'});
	walked.wish({is: 'run'});
	expect(walked.session.asking).toMatchObject({class: 'destructive', confirm: {ask: 'name'}});
	expect(walked.effects()).toEqual([]);
});

test('what leads past the context is called out, and asks also where it only reads', () => {
	const walked = walk(runbookOf('# Other\n\n```sh\nkubectl --context prod get nodes\n```\n'));
	walked.wish({is: 'run reading'});
	expect(walked.effects()).toEqual([]);
	walked.wish({is: 'run'});
	expect(walked.session.asking).toMatchObject({class: 'reading', confirm: {ask: 'yes'}});
	expect(walked.session.asking?.elsewhere.join()).toContain('prod');
	expect(walked.effects()).toEqual([]);
});

test('what is waited for may only read', () => {
	const walked = walk(runbookOf('# Wait\n\n```midwatch\nwait until kubectl delete ns media\n```\n'));
	walked.wish({is: 'run'});
	expect(walked.session.refused).toMatch(/^What is waited for may only read, and this is destructive: /);
	const other = walk(runbookOf('# Wait\n\n```midwatch\nwait until kubectl --context prod get ns media\n```\n'));
	other.wish({is: 'run'});
	expect(other.session.refused).toMatch(/^What is waited for has to be here: /);
	expect([...walked.effects(), ...other.effects()]).toEqual([]);
});

test('skipping wants a reason, going back and notes are written down', () => {
	const walked = walk(runbook);
	walked.wish({is: 'skip', reason: ' '});
	expect(walked.session.refused).toBe('Say why it is skipped.');
	walked.wish({is: 'skip', reason: 'seen already'});
	expect(walked.states()[0]).toBe('skipped');
	walked.wish({is: 'back'});
	expect(walked.number()).toBe(1);
	walked.wish({is: 'note', text: 'fan is loud'});
	expect(walked.entries.map(({is}) => is)).toEqual(['outcome', 'noted', 'noted']);
});

test('what is edited runs as edited, by its own class, and that is written down', () => {
	const walked = walk(runbook);
	walked.wish({is: 'edit', script: 'kubectl drain nuc-2', class: 'changing', why: own('it evicts')});
	expect(walked.entries.at(-1)).toMatchObject({is: 'noted', detail: {is: 'edited', script: 'kubectl drain nuc-2'}});
	walked.wish({is: 'run'});
	expect(walked.session.asking).toMatchObject({script: 'kubectl drain nuc-2', class: 'changing', confirm: {ask: 'yes'}});
});

test('nothing begins before the disk has what was to be written down, and not where it has it not', () => {
	const {session, effects} = reduce(newSession(runbook, {NODE: 'nuc-2'}, rules), {is: 'run'});
	expect(effects.map(({is}) => is)).toEqual(['keep']);
	expect(reduce(session, {is: 'run'})).toMatchObject({
		effects: [],
		session: {refused: 'A moment: something is being written down.'},
	});
	const failed = reduce(session, {is: 'not kept', why: own('The disk is full.')});
	expect(failed).toMatchObject({effects: [], session: {refused: 'The disk is full.', keeping: false}});
	expect(failed.session.steps.size).toBe(0);
});

describe('taken up again', () => {
	test('it stands where it stood', () => {
		const walked = walk(runbook);
		walked.wish({is: 'run'});
		walked.ends('done');
		walked.wish({is: 'skip', reason: 'known'});
		walked.wish({is: 'edit', script: 'kubectl cordon nuc-2', class: 'changing', why: own('it cordons')});
		walked.wish({is: 'leave'});
		expect(walked.effects()).toMatchObject([{is: 'perform'}, {is: 'close'}]);
		const again = asWritten(newSession(runbook, {NODE: 'nuc-2'}, rules), walked.entries);
		expect({...again, keeping: false}).toEqual(walked.session);
		walked.happened({is: 'resumed', by: 'me', version: '0'});
		expect(walked.session.over).toBeUndefined();
		expect(walked.number()).toBe(3);
	});

	test('a reading step whose end nobody saw is unknown, and asks before it runs again', () => {
		const walked = walk(runbook);
		walked.wish({is: 'run'});
		walked.effects();
		walked.happened({is: 'resumed', by: 'me', version: '0'});
		expect(walked.states()[0]).toBe('unknown');
		expect(walked.effects()).toEqual([]);
		walked.wish({is: 'run'});
		expect(walked.session.asking).toMatchObject({isUnseen: true, confirm: {ask: 'yes'}});
		walked.wish({is: 'run reading'});
		expect(walked.effects().filter(({is}) => is === 'perform')).toMatchObject([{step: {number: 2}}]);
	});

	test('a changing step is looked after before anything else, and its end is told', () => {
		const walked = walk(runbook);
		walked.go(3);
		walked.wish({is: 'run'});
		walked.wish({is: 'confirm'});
		expect(walked.effects()).toMatchObject([{is: 'perform'}]);
		walked.happened({is: 'resumed', by: 'me', version: '0'});
		expect(walked.effects()).toMatchObject([{is: 'follow', attempt: 1}]);
		walked.wish({is: 'run'});
		expect(walked.session.refused).toBe('A step is running: wait for its end, or stop it.');
		walked.ends('done');
		expect(walked.states()).toEqual(['open', 'open', 'done', 'open', 'open']);
	});

	test('what was finished or abandoned is over', () => {
		const walked = walk(runbook);
		walked.wish({is: 'abandon', reason: 'false alarm'});
		walked.happened({is: 'resumed', by: 'me', version: '0'});
		walked.wish({is: 'run'});
		expect(walked.session.refused).toBe('This session is over.');
	});
});

import {expect, test} from 'vitest';
import {lock} from '../../../../source/actions/drain/checks/lock.ts';
import {own} from '../../../../source/vocabulary.ts';
import {ago, minutes, node, seconds} from '../../../nodes/objects.ts';
import {drained, lockOf, sight, told} from './sight.ts';

const nodes = [node(drained)];
const held = lockOf('anna@bridge', '20261121-021000-drain', ago(3 * seconds));

test('nobody else drains', () => {
	expect(told(lock, {nodes})).toEqual([]);
	expect(told(lock, {nodes, lock: lockOf('', '', ago(3 * seconds))})).toHaveLength(1);
	expect(told(lock, {nodes, lock: {...held, spec: {holderIdentity: ''}}})).toEqual([]);
});

test('a drain of somebody else refuses ours, and says whose and of what', () => {
	expect(told(lock, {nodes, lock: held})).toEqual([
		'refuses: anna@bridge drains with midwatch since <10s, and was last heard of <10s ago (nuc-3)',
	]);
});

test('the one that may have died is named as it is taken up again, unless its name cannot be typed', () => {
	const wayOut = (run: string) => lock(sight({nodes, lock: lockOf('anna@bridge', run, ago(3 * seconds))}))[0]?.wayOut;
	expect(wayOut('20261121-021000-drain')).toMatch(/; where it died: midwatch drain --resume 20261121-021000-drain$/);
	expect(wayOut('a; reboot')).toMatch(/--resume 'a; reboot'$/);
	expect(wayOut('a\u202eb')).not.toContain('--resume');
});

test('one that nobody renews any more does not, nor does that of the run that is taken up again', () => {
	expect(told(lock, {nodes, lock: lockOf('anna@bridge', 'run', ago(minutes))})).toEqual([]);
	expect(told(lock, {nodes, lock: held, resumes: '20261121-021000-drain'})).toEqual([]);
	expect(told(lock, {nodes, lock: held, resumes: 'another'})).toHaveLength(1);
});

test('where none can be taken, that has to be borne', () => {
	expect(told(lock, {nodes, noLock: own('not permitted: create leases in kube-system')})).toEqual([
		'overrides: a second midwatch cannot be kept from draining at the same time: not permitted: create leases in kube-system',
	]);
});

import {afterAll, beforeAll, expect, test} from 'vitest';
import {hindrancesOf} from '../../source/actions/hindrances.ts';
import {defaults} from '../../source/settings.ts';
import {type Running, running} from '../demo/running.ts';
import {handsOn} from './hands.ts';

let embedded: Running;
beforeAll(async () => {
	embedded = await running();
});
afterAll(() => embedded.stop());

const all = ['backup', 'cordon', 'drain', 'pause', 'uncordon', 'unpause'];

test('nothing keeps an administrator', async () => {
	using hands = handsOn(embedded.cluster);
	expect(await hindrancesOf(hands, ['default'])).toEqual(new Map());
});

test('a permission that is missing is named, with the role for it', async () => {
	using hands = handsOn(embedded.cluster, {token: embedded.cluster.addUser('reader', [])});
	const found = await hindrancesOf(hands, ['default', 'velero']);
	expect([...found.keys()].sort()).toEqual(all);
	expect(found.get('drain')).toBe('not permitted: patch nodes; the role for it: midwatch rbac drain');
	expect(found.get('backup')).toBe('not permitted: create backups.velero.io; the role for it: midwatch rbac backup');
});

test('what is permitted in the namespace of a schedule is not missing', async () => {
	const token = embedded.cluster.addUser('keeper', [
		{namespace: 'velero', apiGroups: ['velero.io'], resources: ['backups'], verbs: ['create']},
	]);
	using hands = handsOn(embedded.cluster, {token});
	expect((await hindrancesOf(hands, ['default'])).has('backup')).toBe(true);
	expect((await hindrancesOf(hands, ['default', 'velero'])).has('backup')).toBe(false);
});

test('a guard keeps what it names, --read-only everything, and nobody is asked about that', async () => {
	const guards = {...defaults.guards, deny: ['drain']};
	using hands = handsOn(embedded.cluster, {settings: {...defaults, guards}});
	const found = await hindrancesOf(hands, ['default']);
	expect([...found.keys()]).toEqual(['drain']);
	expect(found.get('drain')).toMatch(/^drain is refused by guards\.deny/);
	using bound = handsOn(embedded.cluster, {readOnly: true});
	bound.transport.close();
	const kept = await hindrancesOf(bound, ['default']);
	expect([...kept.keys()].sort()).toEqual(all);
	expect(kept.get('cordon')).toBe('cordon is refused by --read-only: nothing is changed');
});

test('what the server does not tell keeps nothing', async () => {
	using hands = handsOn(embedded.cluster);
	hands.transport.close();
	expect(await hindrancesOf(hands, ['default'])).toEqual(new Map());
});

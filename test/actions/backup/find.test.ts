import {afterEach, describe, expect, test} from 'vitest';
import {backupAction} from '../../../source/actions/backup/backup.ts';
import {offered} from '../../../source/actions/backup/find.ts';
import {lookAtBackups} from '../../../source/actions/backup/look.ts';
import {backupOffers} from '../../../source/actions/backup/offers.ts';
import type {KubeObject} from '../../../source/demo/model.ts';
import {etcdSnapshot, k3sResources} from '../../../source/demo/objects/etcd-snapshot.ts';
import {recurringJob} from '../../../source/demo/objects/longhorn/backup.ts';
import {defaults} from '../../../source/settings.ts';
import {expectSafe, poison} from '../../_helpers/hostile.ts';
import {type Running, running} from '../../demo/running.ts';
import {handsOn} from '../hands.ts';
import {everything, still, tier} from './world.ts';

let embedded: Running | undefined;
afterEach(() => embedded?.stop());

async function started(objects: readonly KubeObject[] = everything, k3s = false) {
	const resources = [...(still.resources ?? []), ...(k3s ? k3sResources : [])];
	embedded = await running(objects, {...still, resources});
	return handsOn(embedded.cluster, {settings: {...defaults, tiers: {talos: {cronJob: 'kube-system/talos-backup'}}}});
}

const planned = (name: string, hands: Awaited<ReturnType<typeof started>>) =>
	backupAction.plan({is: 'backup', tier: name}, hands);

const server = (name: string, isReady: boolean): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {name, labels: {'node-role.kubernetes.io/etcd': 'true', 'node-role.kubernetes.io/control-plane': 'true'}},
	status: {
		conditions: [{type: 'Ready', status: isReady ? 'True' : 'Unknown'}],
		nodeInfo: {kubeletVersion: 'v1.35.4+k3s1'},
	},
});

describe('what there is to back up', () => {
	test('is told by name and kind, with why not', async () => {
		const paused = tier('tier-1', {paused: true});
		using hands = await started(
			[...everything, paused, server('nuc-1', true), etcdSnapshot({node: 'nuc-1', at: Date.now(), bytes: 1})],
			true,
		);
		const {facts} = await lookAtBackups(hands.reader(), hands);
		expect(
			backupOffers(facts.tiers).map(({kind, name, path, shown, about, why, pausing}) => ({
				kind,
				name,
				path,
				shown,
				about,
				why,
				pausing,
			})),
		).toEqual([
			{
				kind: 'schedule',
				name: 'tier-0',
				path: 'schedule/velero/tier-0',
				shown: 'tier-0',
				about: 'schedule of Velero',
				pausing: 'pause',
			},
			{
				kind: 'schedule',
				name: 'tier-1',
				path: 'schedule/velero/tier-1',
				shown: 'tier-1',
				about: 'schedule of Velero',
				pausing: 'unpause',
			},
			{
				kind: 'recurringjob',
				name: 'nightly',
				path: 'recurringjob/longhorn-system/nightly',
				shown: 'nightly',
				about: 'recurring job of Longhorn',
			},
			{
				kind: 'cronjob',
				name: 'talos',
				path: 'cronjob/kube-system/talos-backup',
				shown: 'talos',
				about: 'CronJob',
				pausing: 'pause',
			},
			{
				kind: 'etcd',
				name: 'etcd',
				path: 'etcd',
				shown: 'etcd',
				about: 'snapshots of etcd by k3s',
				why: 'the API cannot ask k3s for one: run k3s etcd-snapshot save on a server',
			},
		]);
	});

	test('says why something cannot be backed up now', async () => {
		using hands = await started(everything.filter(({kind}) => kind !== 'BackupStorageLocation'));
		const {facts} = await lookAtBackups(hands.reader(), hands);
		expect(backupOffers(facts.tiers)[0]).toMatchObject({name: 'tier-0', why: 'its location b2 does not exist'});
		expect(offered(await lookAtBackups(hands.reader(), hands))).toEqual([
			'tier-0: schedule of Velero; not now: its location b2 does not exist',
			'nightly: recurring job of Longhorn',
			'talos: CronJob',
		]);
	});
});

describe('a name', () => {
	test('that nothing has leads to what was meant, or to what there is', async () => {
		using hands = await started();
		await expect(planned('teir-0', hands)).rejects.toThrow('there is no backup tier teir-0: did you mean tier-0?');
		await expect(planned('quux', hands)).rejects.toThrow('there is no backup tier quux: there is tier-0, nightly, talos');
	});

	test('that several have has to be said in full', async () => {
		using hands = await started([...everything, recurringJob('tier-0', '0 1 * * *', 'backed-up', Date.now())]);
		await expect(planned('tier-0', hands)).rejects.toThrow(
			'tier-0 is the name of several: say schedule/velero/tier-0 or recurringjob/longhorn-system/tier-0',
		);
		expect(await planned('schedule/velero/tier-0', hands)).toMatchObject({data: {by: 'velero'}});
		expect(await planned('recurringjob/longhorn-system/tier-0', hands)).toMatchObject({data: {by: 'longhorn', job: 'tier-0'}});
	});

	test('that might be of what may not be read is not said to be missing', async () => {
		(await started())[Symbol.dispose]();
		const reading = {apiGroups: ['longhorn.io', 'batch', ''], resources: ['*'], verbs: ['get', 'list']};
		const token = embedded?.cluster.addUser('reader', [reading]);
		if (embedded === undefined || token === undefined) throw new Error('Nothing was started.');
		using hands = handsOn(embedded.cluster, {token});
		await expect(planned('tier-0', hands)).rejects.toThrow(
			'whether there is a backup tier tier-0 could not be seen: not permitted: list schedules.velero.io',
		);
	});

	test.each([`tier${poison}`, '--flag', '../../etc', ''])('like %j harms nobody', async name => {
		using hands = await started();
		const error: unknown = await planned(name, hands).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(Error);
		expectSafe((error as Error).message);
	});

	test('that is not valid is shown, and never acted on', async () => {
		const odd = tier();
		using hands = await started([...everything, {...odd, metadata: {...odd.metadata, name: `odd${poison}`}}]);
		const error: unknown = await planned(`odd${poison}`, hands).catch((caught: unknown) => caught);
		expect((error as Error).message).toMatch(/has a name that Kubernetes would not allow: it is not acted on$/);
		expectSafe((error as Error).message);
	});
});

test('a snapshot of etcd is refused, with the command and on which server', async () => {
	const snapshots = [etcdSnapshot({node: 'nuc-1', at: Date.now(), bytes: 1})];
	using hands = await started(
		[...everything, server('nuc-1', false), server('nuc-2', true), server('nuc-3', true), ...snapshots],
		true,
	);
	expect(await planned('etcd', hands)).toMatchObject({
		concerns: [{check: 'etcd', weight: 'refuses', wayOut: 'on nuc-2 (or nuc-3): sudo k3s etcd-snapshot save'}],
		deeds: [],
	});
});

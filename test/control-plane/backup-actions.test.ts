import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {backupAction} from '../../source/actions/backup/backup.ts';
import {pauseAction} from '../../source/actions/backup/pause.ts';
import type {BackupRequest} from '../../source/actions/backup/request.ts';
import type {Hands} from '../../source/actions/hands.ts';
import {loadKubeconfig} from '../../source/cluster/kubeconfig/load.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import {makeReader} from '../../source/cluster/read-once.ts';
import {defaults} from '../../source/settings.ts';
import type {RawName} from '../../source/vocabulary.ts';
import {until} from '../actions/backup/until.ts';
import {newRun} from '../actions/running.ts';
import {type Client, connect as connectAs} from '../conformance/client.ts';
import {eventually, mergePatch, pod, read} from '../conformance/subject.ts';
import {mustRun} from './kubectl.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane;
let admin: Client;
let hands: Hands & {readonly close: () => void};
const home = mkdtempSync(join(tmpdir(), 'midwatch-backups-'));

const settings = {...defaults, tiers: {state: {cronJob: 'default/state'}}};

beforeAll(async () => {
	controlPlane = await startControlPlane();
	await controlPlane.addNodes(1);
	await controlPlane.applyCrds(['velero', 'longhorn']);
	admin = connectAs(controlPlane, 'http/1.1', controlPlane.admin);
	const target = await loadKubeconfig({path: controlPlane.kubeconfig, env: {}});
	const transport = connect(target, {env: {}});
	const now = () => Date.now() + transport.line().skew;
	hands = {
		transport,
		now,
		reader: () => makeReader(transport, now),
		settings,
		context: target.contextName,
		namespace: 'default' as RawName,
		place: {context: target.contextName, server: controlPlane.server, authority: controlPlane.ca},
		environment: {XDG_STATE_HOME: join(home, 'state')},
		by: 'anna@bridge',
		version: '0.0.0-test',
		demo: false,
		readOnly: false,
		from: 'command line',
		close: transport.close,
	};
	await eventually(() => apply(pod('velero-0', 'node-0', {'app.kubernetes.io/name': 'velero'})));
	for (const object of [location, schedule, volume, target1, job, cronJob]) await apply(object);
	await status(`${velero}/backupstoragelocations/default`, {
		phase: 'Available',
		lastValidationTime: stamp,
		lastSyncedTime: stamp,
	});
	await status(`${longhorn}/backuptargets/default`, {available: true, conditions: [], lastSyncedAt: stamp});
});

afterAll(async () => {
	hands?.close();
	admin?.close();
	await controlPlane?.stop();
	rmSync(home, {recursive: true, force: true});
});

const apply = (object: object) => mustRun(controlPlane.kubectl, ['apply', '--server-side', '-f', '-'], JSON.stringify(object));
const velero = '/apis/velero.io/v1/namespaces/default';
const longhorn = '/apis/longhorn.io/v1beta2/namespaces/default';
const stamp = new Date().toISOString();

/** As a controller writes it: where a kind has a status of its own, there. */
async function status(path: string, of: object): Promise<void> {
	const {status: code} = await admin.ask(`${path}/status`);
	await mergePatch(admin, code === 404 ? path : `${path}/status`, {status: of});
}

const inDefault = (name: string, more: object = {}) => ({name, namespace: 'default', ...more});

const location = {
	apiVersion: 'velero.io/v1',
	kind: 'BackupStorageLocation',
	metadata: inDefault('default'),
	spec: {provider: 'aws', default: true, objectStorage: {bucket: 'homelab'}},
};

const schedule = {
	apiVersion: 'velero.io/v1',
	kind: 'Schedule',
	metadata: inDefault('tier-0', {labels: {team: 'home'}, annotations: {note: 'nightly'}}),
	spec: {
		schedule: '0 2 * * *',
		useOwnerReferencesInBackup: true,
		template: {
			includedNamespaces: ['apps'],
			excludedResources: ['events'],
			labelSelector: {matchLabels: {backup: 'yes'}},
			ttl: '168h0m0s',
			storageLocation: 'default',
			snapshotVolumes: false,
			defaultVolumesToFsBackup: true,
			hooks: {resources: [{name: 'dump', pre: [{exec: {command: ['pg_dump'], onError: 'Fail', timeout: '30s'}}]}]},
			metadata: {labels: {of: 'template'}},
		},
	},
};

const volume = {
	apiVersion: 'longhorn.io/v1beta2',
	kind: 'Volume',
	metadata: inDefault('pvc-a', {labels: {'recurring-job.longhorn.io/nightly': 'enabled'}}),
	spec: {numberOfReplicas: 2},
	status: {state: 'attached', robustness: 'healthy'},
};

const target1 = {
	apiVersion: 'longhorn.io/v1beta2',
	kind: 'BackupTarget',
	metadata: inDefault('default'),
	spec: {backupTargetURL: 's3://homelab@eu/', pollInterval: '5m0s'},
};

const job = {
	apiVersion: 'longhorn.io/v1beta2',
	kind: 'RecurringJob',
	metadata: inDefault('nightly'),
	spec: {name: 'nightly', cron: '0 2 * * *', task: 'backup', groups: [], retain: 7, concurrency: 1},
};

const cronJob = {
	apiVersion: 'batch/v1',
	kind: 'CronJob',
	metadata: inDefault('state'),
	spec: {
		schedule: '0 0 29 2 *',
		jobTemplate: {
			metadata: {labels: {app: 'state'}},
			spec: {
				backoffLimit: 0,
				template: {
					metadata: {labels: {app: 'state'}},
					spec: {
						restartPolicy: 'Never',
						nodeName: 'node-0',
						containers: [{name: 'main', image: 'example.org/state:1'}],
					},
				},
			},
		},
	},
};

test('a backup of a schedule passes the real definition, strictly, and is followed by what Velero says', async () => {
	const request: BackupRequest = {is: 'backup', tier: 'tier-0'};
	const plan = await backupAction.plan(request, hands);
	expect(plan.concerns.filter(({weight}) => weight === 'refuses')).toEqual([]);
	await using run = await newRun(hands, 'backup');
	const ending = backupAction.run(plan, request, hands, run);
	await until(() => run.reported.some(({waiting}) => waiting.some(line => line.endsWith(': New'))));
	const [made] = (await read(admin, `${velero}/backups`)).items as unknown as readonly (typeof schedule)[];
	expect(made).toMatchObject({
		metadata: {
			name: expect.stringMatching(/^tier-0-\d{14}$/),
			labels: {of: 'template', 'velero.io/schedule-name': 'tier-0'},
			annotations: {note: 'nightly'},
			ownerReferences: [{kind: 'Schedule', name: 'tier-0', controller: true}],
		},
		spec: schedule.spec.template,
	});
	expect(made?.metadata).toMatchObject({managedFields: [{manager: 'midwatch'}]});
	const path = `${velero}/backups/${made?.metadata.name}`;
	await status(path, {phase: 'InProgress', startTimestamp: stamp, progress: {totalItems: 10, itemsBackedUp: 4}});
	await until(() => /InProgress, 4 of 10 items/.test(run.told()));
	await status(path, {phase: 'PartiallyFailed', completionTimestamp: stamp, errors: 2});
	expect(await ending).toMatchObject({result: 'failed', text: expect.stringMatching(/PartiallyFailed: 2 errors/)});
});

test('a schedule that the server would not take as a backup is refused before anything is made', async () => {
	// No room is left for the time in the name.
	const long = 'x'.repeat(250);
	await apply({...schedule, metadata: inDefault(long)});
	const request: BackupRequest = {is: 'backup', tier: long};
	const {concerns} = await backupAction.plan(request, hands);
	expect(concerns).toMatchObject([
		{check: 'server', weight: 'refuses', text: expect.stringMatching(/^the server would refuse it: 422/)},
	]);
});

test('snapshot and backup of a volume of Longhorn pass, strictly', async () => {
	const request: BackupRequest = {is: 'backup', tier: 'nightly'};
	const plan = await backupAction.plan(request, hands);
	expect(plan.concerns).toMatchObject([{check: 'controller', weight: 'blocks'}]);
	await using run = await newRun(hands, 'backup');
	const ending = backupAction.run(plan, request, hands, run);
	for (const [plural, says] of [
		['snapshots', {readyToUse: true}],
		['backups', {state: 'Completed', progress: 100}],
	] as const) {
		await until(async () => (await read(admin, `${longhorn}/${plural}`)).items?.length as unknown as boolean);
		const [made] = (await read(admin, `${longhorn}/${plural}`)).items as unknown as readonly (typeof volume)[];
		await status(`${longhorn}/${plural}/${made?.metadata.name}`, says);
	}
	expect(await ending).toMatchObject({result: 'done', text: expect.stringMatching(/1 of 1 volume backed up$/)});
});

test('a job of a CronJob is run by the real controller, and followed to its end', async () => {
	const request: BackupRequest = {is: 'backup', tier: 'state'};
	const plan = await backupAction.plan(request, hands);
	expect(plan.concerns).toEqual([]);
	await using run = await newRun(hands, 'backup');
	const ending = backupAction.run(plan, request, hands, run);
	await until(() => /running, 1 pod active/.test(run.told()));
	expect((await backupAction.plan(request, hands)).concerns).toMatchObject([{check: 'other-run', weight: 'refuses'}]);
	const {items} = await read(admin, '/api/v1/namespaces/default/pods?labelSelector=app%3Dstate');
	const [made] = items as unknown as readonly (typeof volume)[];
	await status(`/api/v1/namespaces/default/pods/${made?.metadata.name}`, {phase: 'Succeeded'});
	expect(await ending).toMatchObject({result: 'done', text: expect.stringMatching(/^state-\d{14}: Complete in/)});
	await eventually(async () => {
		const {status: now} = await read(admin, '/apis/batch/v1/namespaces/default/cronjobs/state');
		expect(now?.lastSuccessfulTime).toBeDefined();
	}, 20_000);
});

test('schedules and CronJobs are paused', async () => {
	for (const [tier, path, field] of [
		['tier-0', `${velero}/schedules/tier-0`, 'paused'],
		['state', '/apis/batch/v1/namespaces/default/cronjobs/state', 'suspend'],
	] as const) {
		await using run = await newRun(hands, 'pause');
		const plan = await pauseAction.plan({is: 'pause', tier}, hands);
		expect(await pauseAction.run(plan, {is: 'pause', tier}, hands, run)).toMatchObject({result: 'done'});
		expect((await read(admin, path)).spec?.[field]).toBe(true);
	}
});

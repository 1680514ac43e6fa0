import {describe, expect, test} from 'vitest';
import type {Symptom} from '../../source/diagnosis.ts';
import {defaults, type Settings} from '../../source/settings.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {diagnoseWorkloads} from '../../source/workloads/findings.ts';
import {node} from '../nodes/objects.ts';
import {type Objects, told} from './cluster.ts';
import {
	condition,
	crashing,
	creating,
	daemonSet,
	deployment,
	minute,
	now,
	type PodFields,
	podOf,
	pulling,
	replicaSet,
	second,
	statefulSet,
	unschedulable,
	warning,
} from './objects.ts';

const critical: Settings = {...defaults, critical: ['media/jellyfin']};
const diagnosed = (objects: Objects, settings: Settings = defaults) => diagnoseWorkloads(told(objects), settings);
const named = (objects: Objects, name: string, settings?: Settings): Symptom | undefined =>
	diagnosed(objects, settings).symptoms.find(({id, about}) => `${id}:${about}` === name);
const names = (objects: Objects, settings?: Settings) =>
	diagnosed(objects, settings).symptoms.map(({id, about}) => `${id}:${about}`);

const jellyfin = (fields: PodFields, at = 0) =>
	podOf(`media/jellyfin-7d4b9c6f5-x${at}`, 'ReplicaSet', 'jellyfin-7d4b9c6f5', fields);
const silent = {word: 'silent', since: now - 30 * minute} as const;
const ready = {word: 'ready', since: now - 9000 * minute} as const;
const denied = (resource: string): SourceState => ({is: 'denied', verb: own('list'), resource: own(resource)});
const stale: SourceState = {is: 'stale', since: now - minute, why: own('connection lost')};

describe('pods-unschedulable', () => {
	const short =
		'0/3 nodes are available: 1 node(s) had untolerated taint {a: b}, 2 Insufficient memory. preemption: 0/3 nodes are available.';
	const wanting = (fields: PodFields): PodFields => ({
		...fields,
		spec: {nodeName: '', containers: [{name: 'main', resources: {requests: {memory: '4Gi', cpu: '2'}}}]},
	});
	const world = {
		nodes: [node('nuc-1'), node('nuc-2')],
		standing: {'nuc-1': ready, 'nuc-2': ready},
		pods: [
			jellyfin(wanting(unschedulable(short, 5 * minute))),
			podOf('db/pg-0', 'StatefulSet', 'pg', {spec: {containers: [{resources: {requests: {memory: '7Gi'}}}]}}),
			podOf('db/pg-1', 'StatefulSet', 'pg', {
				node: 'nuc-2',
				spec: {nodeName: 'nuc-2', containers: [{resources: {requests: {memory: '6963Mi'}}}]},
			}),
		],
	};

	test('says how much is needed and what the best node has, since when, and what stands in the way of it', () => {
		expect(named(world, 'pods-unschedulable:media/jellyfin')).toEqual({
			id: 'pods-unschedulable',
			about: 'media/jellyfin',
			subject: {resource: 'deployments.apps', namespace: 'media', name: 'jellyfin'},
			after: {warning: 2 * minute},
			since: now - 5 * minute,
			title: '1 pod pending: needs 4Gi, best node has 1.2Gi free',
			evidence: ['jellyfin-7d4b9c6f5-x0', '2 nodes: Insufficient memory', '1 node: had untolerated taint {a: b}'],
			causes: ['critical-workload-down:media/jellyfin'],
			many: 1,
		});
	});

	test.each([
		['2 Insufficient cpu', 'needs 2 cpu, no node it may run on has that free'],
		['pod has unbound immediate PersistentVolumeClaims', 'its claim has no volume'],
		["2 node(s) didn't match PersistentVolume's node affinity", 'its volume is on a node that takes no pods'],
		[
			"3 node(s) didn't match Pod's node affinity/selector",
			"no node takes it: 3 nodes: didn't match Pod's node affinity/selector",
		],
		['', 'no node takes it'],
	])('%s', (said, words) => {
		const pods = [jellyfin(wanting(unschedulable(`0/3 nodes are available: ${said}.`)))];
		expect(named({...world, pods}, 'pods-unschedulable:media/jellyfin')?.title).toBe(`1 pod pending: ${words}`);
	});

	test('compares with the nodes that have the labels it asks for only', () => {
		const fields = wanting(unschedulable(short));
		const pods = [
			...world.pods.slice(1),
			jellyfin({...fields, spec: {...fields.spec, nodeSelector: {'kubernetes.io/arch': 'amd64'}}}),
		];
		const nodes = [node('nuc-1'), node('nuc-2', {labels: {'kubernetes.io/arch': 'amd64'}}), node('pi4-1')];
		const standing = {...world.standing, 'pi4-1': ready};
		const title = (objects: Objects) =>
			named({...world, nodes, standing, ...objects}, 'pods-unschedulable:media/jellyfin')?.title;
		expect(title({pods})).toBe('1 pod pending: needs 4Gi, best node has 1.2Gi free');
		expect(title({})).toBe('1 pod pending: needs 4Gi, no node it may run on has that free');
	});

	test('compares with no node that is cordoned, silent, or whose pods are not seen', () => {
		const pods = [jellyfin(wanting(unschedulable(short)))];
		const title = (objects: Objects) => named({...world, pods, ...objects}, 'pods-unschedulable:media/jellyfin')?.title;
		expect(title({nodes: [node('nuc-1', {spec: {unschedulable: true}})]})).toBe(
			'1 pod pending: needs 4Gi, no node has that free',
		);
		expect(title({standing: {'nuc-1': silent, 'nuc-2': silent}})).toBe('1 pod pending: needs 4Gi, no node has that free');
		expect(title({states: {nodes: denied('nodes')}})).toBe('1 pod pending: needs 4Gi, no node has that free');
	});

	test('is critical for what pages, and for all when more than ten wait', () => {
		const waiting = (many: number) => Array.from({length: many}, (_, at) => jellyfin(unschedulable(short), at));
		const of = (many: number, settings?: Settings) =>
			named({...world, pods: waiting(many)}, 'pods-unschedulable:media/jellyfin', settings);
		expect(of(10)).toMatchObject({after: {warning: 2 * minute}, many: 10});
		expect(of(11)).toMatchObject({after: {warning: 2 * minute, critical: 2 * minute}, many: 11});
		expect(of(1, critical)).toMatchObject({after: {warning: 2 * minute, critical: 2 * minute}});
		expect(of(11)?.evidence[0]).toMatch(/^jellyfin-\S+-x0, jellyfin-\S+-x1, jellyfin-\S+-x2 and 8 more$/);
	});

	test('is explained by a node that went before, not by one that went later', () => {
		const at = (since: number) =>
			named({...world, standing: {'nuc-1': ready, 'nuc-2': {word: 'silent', since}}}, 'pods-unschedulable:media/jellyfin')
				?.causes;
		expect(at(now - 6 * minute)).toContain('node-not-ready:nuc-2');
		expect(at(now - 4.5 * minute)).toContain('node-not-ready:nuc-2');
		expect(at(now - 2 * minute)).not.toContain('node-not-ready:nuc-2');
	});

	test('is explained by the GPU it waits for, and by what its claims suffer from', () => {
		const fields = unschedulable('0/2 nodes are available: 2 Insufficient nvidia.com/gpu.');
		const spec = {
			nodeName: '',
			containers: [{name: 'main', resources: {requests: {'nvidia.com/gpu': '1'}}}],
			volumes: [{name: 'models', persistentVolumeClaim: {claimName: 'models'}}],
		};
		const gpu = node('gpu-1', {labels: {'nvidia.com/gpu.product': 'RTX'}});
		const symptom = named(
			{
				nodes: [node('nuc-1'), gpu],
				pods: [podOf('ai/ollama-0', 'StatefulSet', 'ollama', {...fields, spec})],
				claimCauses: {'ai/models': ['storage-server-down:nas-1']},
			},
			'pods-unschedulable:ai/ollama',
		);
		expect(symptom?.title).toBe('1 pod pending: needs 1 GPU, none is free');
		expect(symptom?.causes.slice(0, 2)).toEqual(['gpu-missing:gpu-1', 'storage-server-down:nas-1']);
	});

	test('is not there while nobody has refused the pod, nor once a node takes it', () => {
		expect(names({pods: [jellyfin({node: '', status: {phase: 'Pending', conditions: []}})]})).toEqual([]);
		expect(names({pods: [jellyfin({})]})).toEqual([]);
	});
});

describe('pods-failing', () => {
	const about = 'pods-failing:media/jellyfin';

	test('a crash loop says how the container ended, how often, and what it said', () => {
		const fields = crashing({restarts: 4, exitCode: 137, reason: 'OOMKilled', said: 'out of memory', since: 2 * minute});
		expect(named({pods: [jellyfin(fields)]}, about)).toEqual({
			id: 'pods-failing',
			about: 'media/jellyfin',
			subject: {resource: 'deployments.apps', namespace: 'media', name: 'jellyfin'},
			after: {warning: 3 * minute},
			since: now - 2 * minute,
			title: 'crash loop, exit 137 OOMKilled, 4 restarts',
			evidence: ['jellyfin-7d4b9c6f5-x0', 'main ended: exit 137 OOMKilled: out of memory'],
			causes: ['critical-workload-down:media/jellyfin'],
			many: 1,
		});
	});

	test.each<[string, PodFields, number]>([
		['the kubelet waits as after five ends in a row', crashing({restarts: 40, waited: '5m0s'}), 0],
		[
			'five restarts in its first half hour',
			{...crashing({restarts: 5}), metadata: {creationTimestamp: new Date(now - 20 * minute).toISOString()}},
			0,
		],
		[
			'four restarts',
			{...crashing({restarts: 4}), metadata: {creationTimestamp: new Date(now - 20 * minute).toISOString()}},
			3 * minute,
		],
		['five restarts in a long life', crashing({restarts: 5}), 3 * minute],
	])('is worth a warning at once or after three minutes: %s', (_, fields, warning) => {
		expect(named({pods: [jellyfin(fields)]}, about)?.after).toEqual({warning});
	});

	test('is not over because the container runs for a moment, but once it has run for ten minutes', () => {
		const first = told({pods: [jellyfin(crashing({restarts: 40, waited: '5m0s', endedAgo: minute}))]});
		const runs = {
			status: {
				containerStatuses: [
					{
						name: 'main',
						ready: true,
						restartCount: 41,
						state: {running: {}},
						lastState: {terminated: {exitCode: 1, reason: 'Error', finishedAt: new Date(now - minute).toISOString()}},
					},
				],
			},
		};
		const running = told({pods: [jellyfin(runs)]}, first);
		expect(diagnoseWorkloads(running, defaults).symptoms).toMatchObject([
			{id: 'pods-failing', after: {warning: 0}, since: now - 10 * minute},
		]);
		expect(running.changesAt).toBe(now + 9 * minute);
		expect(diagnoseWorkloads(told({pods: [jellyfin(runs)], at: now + 9 * minute}, running), defaults).symptoms).toEqual([]);
		// Who looks for the first time cannot know.
		expect(names({pods: [jellyfin(runs)]})).toEqual([]);
	});

	test.each([
		['its image cannot be pulled', pulling()],
		['its container cannot be made', pulling('CreateContainerConfigError', 'secret "x" not found')],
	])('%s', (title, fields) => {
		expect(named({pods: [jellyfin(fields)]}, about)).toMatchObject({
			title,
			after: {warning: 3 * minute},
			since: now - 10 * minute,
		});
	});

	test('says why it is not mounted instead of ContainerCreating, and which driver and node that is about', () => {
		const pods = [jellyfin(creating(4 * minute))];
		const name = 'Pod media/jellyfin-7d4b9c6f5-x0';
		const message =
			'MountVolume.MountDevice failed for volume "pvc-1" : kubernetes.io/csi: attacher.MountDevice failed: driver name driver.longhorn.io not found in the list of registered CSI drivers';
		const symptom = named({pods, warnings: [warning(name, 'FailedMount', message)]}, about);
		expect(symptom).toMatchObject({title: 'cannot mount its volume', after: {warning: 3 * minute}, since: now - 4 * minute});
		expect(symptom?.evidence).toEqual([
			'jellyfin-7d4b9c6f5-x0',
			'driver name driver.longhorn.io not found in the list of registered CSI drivers',
		]);
		expect(symptom?.causes[0]).toBe('csi-driver-missing:driver.longhorn.io on nuc-1');
	});

	test('is patient with what is only slow: nobody warned', () => {
		expect(named({pods: [jellyfin(creating(4 * minute))]}, about)).toMatchObject({
			title: 'its containers are not made',
			after: {warning: 10 * minute},
		});
	});

	test('does not believe events about one of the same name that is gone', () => {
		const name = 'Pod media/jellyfin-7d4b9c6f5-x0';
		const warnings = [warning(name, 'FailedMount', 'timed out', {uid: 'another'})];
		expect(named({pods: [jellyfin(creating())], warnings}, about)?.title).toBe('its containers are not made');
	});

	test('is explained by its lost node, its claims, the network of its node, and by names nobody resolves', () => {
		const spec = {nodeName: 'nuc-2', volumes: [{name: 'd', persistentVolumeClaim: {claimName: 'books'}}]};
		const around = {standing: {'nuc-2': silent}, claimCauses: {'media/books': ['storage-server-down:nas-1']}};
		const causes = (fields: PodFields, warnings: readonly object[] = []) =>
			named({pods: [jellyfin({...fields, spec})], ...around, warnings}, about)?.causes.slice(0, -1);
		expect(causes(creating())).toEqual(['storage-server-down:nas-1', 'node-not-ready:nuc-2']);
		const sandbox = 'Failed to create pod sandbox: plugin type="cilium-cni" failed (add): unable to connect to Cilium agent';
		expect(causes(creating(), [warning('Pod media/jellyfin-7d4b9c6f5-x0', 'FailedCreatePodSandBox', sandbox)])?.[0]).toBe(
			'core-service-down:cilium on nuc-2',
		);
		const lookup = 'dial tcp: lookup pg.db.svc.cluster.local on 10.43.0.10:53: server misbehaving';
		expect(causes(crashing({said: lookup}))?.[0]).toBe('core-service-down:coredns');
	});

	test('counts the pods of one workload, over its templates', () => {
		const old = podOf('media/jellyfin-5c5c5c-a', 'ReplicaSet', 'jellyfin-5c5c5c', pulling('ErrImagePull', 'not found'));
		expect(named({pods: [jellyfin(pulling()), old]}, about)).toMatchObject({
			many: 2,
			title: '2 pods: its image cannot be pulled',
		});
	});

	test('is not said of a pod that runs and does not answer, that is done, or that is meant to end', () => {
		const pods = [
			jellyfin({ready: false}, 1),
			jellyfin({ready: false, status: {phase: 'Failed'}}, 2),
			jellyfin({...crashing(), metadata: {deletionTimestamp: new Date(now).toISOString()}}, 3),
		];
		expect(names({pods})).toEqual([]);
	});
});

describe('critical-workload-down', () => {
	const about = 'critical-workload-down:media/jellyfin';
	const unavailable = condition('Available', 'False', 8 * minute, 'MinimumReplicasUnavailable');

	test('nothing ready is critical after a minute, fewer than wanted a warning after five', () => {
		const of = (replicas: object) => named({deployments: [deployment('media/jellyfin', replicas)]}, about, critical);
		expect(of({wanted: 2, ready: 0, conditions: [unavailable]})).toMatchObject({
			after: {critical: minute},
			since: now - 8 * minute,
			title: '0 of 2 ready',
			apps: ['jellyfin'],
		});
		expect(of({wanted: 2, ready: 1})).toMatchObject({after: {warning: 5 * minute}, since: 0, title: '1 of 2 ready'});
		expect(of({wanted: 2, ready: 2})).toBeUndefined();
		expect(of({wanted: 0, made: 0})).toBeUndefined();
	});

	test('is said of those that page only: entrances and tunnels by default', () => {
		const down = {wanted: 1, ready: 0};
		expect(names({deployments: [deployment('media/jellyfin', down), deployment('net/cloudflared-main', down)]})).toEqual([
			'critical-workload-down:net/cloudflared-main',
		]);
		expect(names({daemonSets: [daemonSet('kube-system/traefik', {wanted: 3, ready: 2})]})).toEqual([
			'critical-workload-down:kube-system/traefik',
		]);
	});

	test('counts from its pods where it does not say itself since when, and is explained by them', () => {
		const pods = [
			podOf('media/jellyfin-0', 'StatefulSet', 'jellyfin', {
				ready: false,
				node: 'nuc-2',
				metadata: {deletionTimestamp: new Date(now).toISOString()},
			}),
		];
		const objects = {pods, statefulSets: [statefulSet('media/jellyfin', {ready: 0})], standing: {'nuc-2': silent}};
		expect(named(objects, about, critical)).toMatchObject({
			since: now - 10 * minute,
			causes: ['node-not-ready:nuc-2', 'workload-short:media/jellyfin'],
		});
	});

	test('is explained by what its probes say, where its pods run and do not answer', () => {
		const said = 'Readiness probe failed: lookup x.example on 10.43.0.10:53: server misbehaving';
		const warnings = [warning('Pod media/jellyfin-7d4b9c6f5-x0', 'Unhealthy', said)];
		const objects = {deployments: [deployment('media/jellyfin', {ready: 0})], pods: [jellyfin({ready: false})], warnings};
		const symptom = named(objects, about, critical);
		expect(symptom?.causes[0]).toBe('core-service-down:coredns');
		expect(symptom?.evidence).toContain(`Unhealthy: ${said}`);
	});

	test('tells what its pods lack', () => {
		const objects = {deployments: [deployment('media/jellyfin', {ready: 0})], pods: [jellyfin(pulling())]};
		expect(named(objects, about, critical)?.evidence).toEqual([
			'Deployment media/jellyfin: 1 wanted, 1 made, 0 ready',
			'its image cannot be pulled',
			'ImagePullBackOff: Back-off pulling image "ghcr.io/a/b:1"',
		]);
	});
});

describe('workload-short', () => {
	const about = 'workload-short:media/jellyfin';
	const quota =
		'pods "jellyfin-7d4b9c6f5-" is forbidden: exceeded quota: media, requested: limits.memory=4Gi,pods=1, used: limits.memory=14Gi,pods=9, limited: limits.memory=16Gi,pods=9';
	const refused = (message: string) => ({
		deployments: [
			deployment('media/jellyfin', {
				made: 0,
				conditions: [condition('ReplicaFailure', 'True', 4 * minute, 'FailedCreate', message)],
			}),
		],
	});

	test('names the quota, what of it is too much, and since when', () => {
		expect(named(refused(quota), about)).toMatchObject({
			after: {warning: 2 * minute},
			since: now - 4 * minute,
			title: 'quota media: limits.memory 4Gi more, 14Gi of 16Gi used; pods 1 more, 9 of 9 used',
			causes: [],
		});
	});

	test.each([
		['failed quota: media: must specify limits.cpu for: main', 'quota media: must specify limits.cpu for: main'],
		[
			'pods "x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
			'pod security restricted:latest: runAsNonRoot != true',
		],
		['admission webhook "v.kyverno.svc" denied the request: no latest tag', 'webhook v.kyverno.svc says no: no latest tag'],
		['something new', 'pods cannot be created: something new'],
	])('%s', (message, title) => {
		expect(named(refused(message), about)?.title).toBe(title);
	});

	test('a webhook without an answer is explained by what is known of webhooks', () => {
		const message =
			'Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": failed to call webhook: Post "https://kyverno-svc.kyverno.svc:443/validate/fail?timeout=10s": no endpoints available for service "kyverno-svc"';
		expect(named({...refused(message), createCauses: ['webhook-down:kyverno']}, about)).toMatchObject({
			title: 'webhook validate.kyverno.svc-fail gives no answer: no endpoints available for service "kyverno-svc"',
			causes: ['webhook-down:kyverno'],
		});
	});

	test('is read from events where a workload says nothing itself, while pods are missing', () => {
		const warnings = [warning('StatefulSet media/jellyfin', 'FailedCreate', quota, {firstAgo: 7 * minute})];
		const of = (made: number) => named({statefulSets: [statefulSet('media/jellyfin', {wanted: 2, made})], warnings}, about);
		expect(of(1)).toMatchObject({since: now - 7 * minute});
		expect(of(2)).toBeUndefined();
	});

	test('is read from events about the ReplicaSet of a Deployment too', () => {
		const warnings = [warning('ReplicaSet media/jellyfin-7d4b9c6f5', 'FailedCreate', quota)];
		expect(named({deployments: [deployment('media/jellyfin', {made: 0})], warnings}, about)).toBeDefined();
	});

	test('is said of a ReplicaSet that stands alone, and once of a Deployment', () => {
		const conditions = [condition('ReplicaFailure', 'True', 4 * minute, 'FailedCreate', quota)];
		const sets = [
			replicaSet('media/alone', '', {made: 0, conditions}),
			replicaSet('media/jellyfin-7d4b9c6f5', 'jellyfin', {made: 0, conditions}),
		];
		expect(names({replicaSets: sets, ...refused(quota)})).toEqual([about, 'workload-short:media/alone']);
	});

	test('is not there once nothing forbids the pods any more', () => {
		expect(names({deployments: [deployment('media/jellyfin', {ready: 0})]})).toEqual([]);
	});
});

describe('what people feel', () => {
	const down = {ready: 0};

	test('is every application with nothing ready, and what would explain it', () => {
		const pods = [jellyfin({...creating(), node: 'nuc-2', spec: {nodeName: 'nuc-2'}})];
		const {felt} = diagnosed({deployments: [deployment('media/jellyfin', down)], pods, standing: {'nuc-2': silent}});
		expect(felt).toEqual([
			{
				app: 'jellyfin',
				causes: [
					'node-not-ready:nuc-2',
					'critical-workload-down:media/jellyfin',
					'workload-short:media/jellyfin',
					'pods-failing:media/jellyfin',
					'pods-unschedulable:media/jellyfin',
				],
			},
		]);
	});

	test('is nothing of what is partly ready, wants nothing, or keeps the cluster running', () => {
		const deployments = [
			deployment('media/partly', {wanted: 2, ready: 1}),
			deployment('media/off', {wanted: 0, made: 0}),
			deployment('kube-system/coredns', down),
			deployment('longhorn-system/longhorn-ui', down),
		];
		expect(diagnosed({deployments, daemonSets: [daemonSet('media/agent', {ready: 0})]}).felt).toEqual([]);
		const velero = podOf('backups/velero-1', 'ReplicaSet', 'velero-5c5c5c', {
			...pulling(),
			metadata: {labels: {component: 'velero'}, ownerReferences: [{kind: 'ReplicaSet', name: 'velero-5c5c5c', controller: true}]},
		});
		expect(diagnosed({deployments: [deployment('backups/velero', down)], pods: [velero]}).felt).toEqual([]);
	});
});

describe('what cannot be judged', () => {
	const blindIds = (objects: Objects) => diagnosed(objects).blind.map(({what, ids}) => `${what}: ${ids.join(' ')}`);

	test.each<[string, Objects, string]>([
		['pods denied', {states: {pods: denied('pods')}}, 'pods: pods-failing pods-unschedulable'],
		['pods stale', {states: {pods: stale}}, 'pods: pods-failing pods-unschedulable'],
		['deployments loading', {states: {deployments: {is: 'loading'}}}, 'workloads: critical-workload-down workload-short'],
		[
			'statefulsets denied',
			{states: {statefulSets: denied('statefulsets.apps')}},
			'workloads: critical-workload-down workload-short',
		],
		['daemonsets stale', {states: {daemonSets: stale}}, 'workloads: critical-workload-down workload-short'],
		['nobody keeps them up', {managerSilent: 2 * minute}, 'workloads: critical-workload-down workload-short'],
	])('%s', (_, objects, expected) => {
		expect(blindIds(objects)).toEqual([expected]);
	});

	test('says why, and whether it was ever seen', () => {
		expect(diagnosed({states: {pods: denied('pods')}}).blind).toMatchObject([
			{why: 'pods: not permitted: list pods', loading: false, required: true},
		]);
		expect(diagnosed({states: {pods: {is: 'loading'}}}).blind).toMatchObject([{why: 'pods: not read yet', loading: true}]);
		expect(diagnosed({states: {pods: stale}}).blind).toMatchObject([{why: 'pods: connection lost', loading: false}]);
	});

	test('says what is missing for one reason in one sentence', () => {
		const why = (states: Objects['states']) => diagnosed({...(states && {states})}).blind.map(blind => blind.why);
		expect(why({deployments: stale, statefulSets: stale, daemonSets: {is: 'loading'}})).toEqual([
			'deployments, statefulsets: connection lost',
			'daemonsets: not read yet',
		]);
		expect(why({deployments: denied('deployments.apps'), daemonSets: denied('daemonsets.apps')})).toEqual([
			'deployments: not permitted: list deployments.apps',
			'daemonsets: not permitted: list daemonsets.apps',
		]);
	});

	test('events that are not seen blind only what nothing else explains', () => {
		const states = {warnings: denied('events')};
		expect(diagnosed({states}).blind).toEqual([]);
		expect(diagnosed({states, pods: [jellyfin(crashing())]}).blind).toEqual([]);
		const {blind} = diagnosed({
			states,
			pods: [jellyfin(creating())],
			statefulSets: [statefulSet('db/pg', {wanted: 2, made: 1})],
		});
		expect(blind).toMatchObject([{ids: ['pods-failing', 'workload-short'], required: false}]);
		expect([...(blind[0]?.abouts ?? [])]).toEqual(['media/jellyfin', 'db/pg']);
	});

	test('is nothing when all is read', () => {
		expect(diagnosed({})).toEqual({symptoms: [], blind: [], felt: []});
		expect(blindIds({states: {pods: {is: 'polled', asOf: now, every: 30 * second}}})).toEqual([]);
	});
});

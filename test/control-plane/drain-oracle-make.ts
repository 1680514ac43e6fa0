import {items, type Raw} from '../../source/cluster/raw.ts';
import type {Client} from '../conformance/client.ts';
import {create, eventually, mergePatch, read, textOf} from '../conformance/subject.ts';
import type {Budget, Case, Load, Other} from './drain-oracle-case.ts';
import {makeNode} from './nodes.ts';

/** Where a case stands in a cluster that it shares with others: nodes and a namespace of its own. */
export type Standing = {
	readonly id: string;
	readonly namespace: string;
	readonly drained: string;
	readonly nodes: readonly string[];
};

const database = {key: 'database', value: 'true', effect: 'NoSchedule'};

/** Labels that keep the cases of one control plane apart. */
const poolTaint = (id: string) => ({key: 'pool', value: id, effect: 'NoSchedule'});

function nodeOf(id: string, name: string, {arch, ssd, zone, tainted, memory}: Omit<Other, 'cordoned'>, cordoned: boolean) {
	const labels = {
		pool: id,
		'kubernetes.io/arch': arch,
		'topology.kubernetes.io/zone': `${id}-${zone}`,
		...(ssd ? {disk: 'ssd'} : {}),
	};
	const taints = [poolTaint(id), ...(tainted ? [database] : [])];
	const node = makeNode(name, {labels, taints, unschedulable: cordoned, capacity: {memory}});
	return {...node, status: {...node.status, nodeInfo: {...node.status.nodeInfo, architecture: arch}}};
}

/** What everything can run on. */
const best: Omit<Other, 'cordoned'> = {arch: 'arm64', ssd: true, zone: 'a', tainted: false, memory: '64Gi'};

/** Stands a case up: nodes, pods on the one that is drained and beside it, budgets that have been counted. */
export async function makeCase(admin: Client, wanted: Case, id: string): Promise<Standing> {
	const namespace = `oracle-${id}`;
	const drained = `${id}-drained`;
	const others = wanted.others.map((other, at) => ({name: `${id}-other-${at}`, other}));
	await create(admin, '/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}});
	await create(admin, '/api/v1/nodes', nodeOf(id, drained, best, false));
	for (const {name, other} of others) await create(admin, '/api/v1/nodes', nodeOf(id, name, other, true));
	await eventually(() => isReady(admin, [drained, ...others.map(({name}) => name)]));
	await eventually(async () => {
		const account = await admin.ask(`/api/v1/namespaces/${namespace}/serviceaccounts/default`);
		if (account.status !== 200) throw new Error('no service account yet');
	});

	const standing = {id, namespace, drained, nodes: [drained, ...others.map(({name}) => name)]};
	for (const load of wanted.loads) await run(admin, load, standing);
	await eventually(() =>
		areSettled(
			admin,
			namespace,
			wanted.loads.map(({here, name}) => [name, here]),
		),
	);
	await setCordon(admin, drained, true);
	for (const {name, other} of others) if (!other.cordoned) await setCordon(admin, name, false);
	for (const load of wanted.loads.filter(({elsewhere}) => elsewhere > 0)) await scale(admin, load, namespace);
	await eventually(() =>
		areSettled(
			admin,
			namespace,
			wanted.loads.map(({name, here, elsewhere}) => [name, here + elsewhere]),
		),
	);
	for (const load of wanted.loads.filter(({elsewhere}) => elsewhere > 0)) await scaleToRunning(admin, load, namespace);
	for (const load of wanted.loads) await makeOne(admin, load, standing);
	await setCordon(admin, drained, false);
	for (const budget of wanted.budgets) await addBudget(admin, budget, namespace);
	await eventually(() => areCounted(admin, namespace, wanted));
	await eventually(() => areMarked(admin, standing.nodes));
	return standing;
}

/** Takes a case down; its namespace goes in its own time. */
export async function clearCase(admin: Client, {namespace, nodes, id}: Standing): Promise<void> {
	await admin.ask(`/api/v1/namespaces/${namespace}`, {method: 'DELETE'});
	await admin.ask(`/api/v1/namespaces/${namespace}/pods`, {method: 'DELETE', json: {gracePeriodSeconds: 0}});
	await Promise.all(nodes.map(name => admin.ask(`/api/v1/nodes/${name}`, {method: 'DELETE'})));
	await admin.ask(`/api/v1/persistentvolumes?labelSelector=pool%3D${id}`, {method: 'DELETE'});
}

const setCordon = (admin: Client, node: string, unschedulable: boolean) =>
	mergePatch(admin, `/api/v1/nodes/${node}`, {spec: {unschedulable}});

/** A cordon and its taint come and go together, but not at once. */
async function areMarked(admin: Client, names: readonly string[]): Promise<void> {
	for (const name of names) {
		const {spec} = await read(admin, `/api/v1/nodes/${name}`);
		const isTainted = items(spec?.taints).some(({key}) => textOf(key) === 'node.kubernetes.io/unschedulable');
		if (isTainted !== ((spec?.unschedulable as unknown) === true)) throw new Error(`${name} is marked otherwise`);
	}
}

async function isReady(admin: Client, names: readonly string[]): Promise<void> {
	for (const name of names) {
		const {status, spec} = await read(admin, `/api/v1/nodes/${name}`);
		const isThere = items(status?.conditions).some(each => textOf(each.type) === 'Ready' && textOf(each.status) === 'True');
		const isTainted = items(spec?.taints).some(({key}) => textOf(key) === 'node.kubernetes.io/not-ready');
		if (!isThere || isTainted) throw new Error(`${name} is not ready`);
	}
}

const requirement = (key: string, ...values: readonly string[]) => ({key, operator: 'In', values});

function affinityOf({asks, keeps, name}: Load, id: string) {
	const alike = {labelSelector: {matchLabels: {app: name}}, topologyKey: 'kubernetes.io/hostname'};
	const zone = [requirement('topology.kubernetes.io/zone', `${id}-a`)];
	return {
		...(asks === 'zone a'
			? {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: zone}]}}}
			: {}),
		...(keeps === 'apart' ? {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [alike]}} : {}),
	};
}

function selectorOf({asks}: Load, id: string): Record<string, string> {
	if (asks === 'ssd') return {pool: id, disk: 'ssd'};
	return asks === 'arm64' ? {pool: id, 'kubernetes.io/arch': 'arm64'} : {pool: id};
}

function tolerationsOf({tolerates}: Load, id: string): readonly object[] {
	if (tolerates === 'everything') return [{operator: 'Exists'}];
	const {effect: _, ...pool} = poolTaint(id);
	return [{...pool, operator: 'Equal'}, ...(tolerates === 'nothing' ? [] : [{key: database.key, operator: 'Exists'}])];
}

function specOf(load: Load, {id}: Standing) {
	const {name, kind, emptyDir, memory, cpu, asks, keeps} = load;
	const alike = {matchLabels: {app: name}};
	return {
		nodeSelector: selectorOf(load, id),
		tolerations: tolerationsOf(load, id),
		affinity: affinityOf(load, id),
		terminationGracePeriodSeconds: 1,
		...(kind === 'Job' || kind === 'bare' ? {restartPolicy: 'Never'} : {}),
		...(keeps === 'spread'
			? {
					topologySpreadConstraints: [
						{maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', labelSelector: alike},
					],
				}
			: {}),
		containers: [{name: 'main', image: 'example.org/main:1', resources: {requests: {cpu, memory}}}],
		volumes: [
			...(emptyDir ? [{name: 'scratch', emptyDir: {}}] : []),
			...(asks === 'pinned volume' ? [{name: 'data', persistentVolumeClaim: {claimName: name}}] : []),
		],
	};
}

/** Makes the pods of a load on the node that is drained; nothing else takes in any yet. */
async function run(admin: Client, load: Load, standing: Standing): Promise<void> {
	const {name, kind, here, tier, backoffLimit} = load;
	const {namespace, drained} = standing;
	if (load.asks === 'pinned volume') await addVolume(admin, name, standing);
	const labels = {app: name, tier};
	const spec = specOf(load, standing);
	const metadata = {name, labels};
	const template = {metadata: {labels}, spec};
	const selector = {matchLabels: {app: name}};
	const root = `/apis/apps/v1/namespaces/${namespace}`;
	const workload = (more: object) => ({apiVersion: 'apps/v1', kind, metadata, spec: {selector, template, ...more}});
	switch (kind) {
		case 'Deployment':
			return void (await create(admin, `${root}/deployments`, workload({replicas: here})));
		case 'ReplicaSet':
			return void (await create(admin, `${root}/replicasets`, workload({replicas: here})));
		case 'StatefulSet': {
			const more = {replicas: here, serviceName: name, podManagementPolicy: 'Parallel'};
			return void (await create(admin, `${root}/statefulsets`, workload(more)));
		}
		case 'DaemonSet':
			return void (await create(admin, `${root}/daemonsets`, workload({})));
		case 'Job': {
			const job = {parallelism: here, completions: here, backoffLimit, template};
			await create(admin, `/apis/batch/v1/namespaces/${namespace}/jobs`, {apiVersion: 'batch/v1', kind, metadata, spec: job});
			return;
		}
		case 'bare':
			return void (await create(admin, `/api/v1/namespaces/${namespace}/pods`, {apiVersion: 'v1', kind: 'Pod', metadata, spec}));
		case 'mirror': {
			const annotations = {'kubernetes.io/config.mirror': 'oracle', 'kubernetes.io/config.hash': 'oracle'};
			const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {...metadata, annotations}, spec: {...spec, nodeName: drained}};
			return void (await create(admin, `/api/v1/namespaces/${namespace}/pods`, pod));
		}
	}
}

async function addVolume(admin: Client, claim: string, {id, namespace, drained}: Standing): Promise<void> {
	const volume = `${id}-${claim}`;
	const capacity = {storage: '1Gi'};
	const terms = [{matchExpressions: [requirement('kubernetes.io/hostname', drained)]}];
	await create(admin, '/api/v1/persistentvolumes', {
		apiVersion: 'v1',
		kind: 'PersistentVolume',
		metadata: {name: volume, labels: {pool: id}},
		spec: {
			capacity,
			accessModes: ['ReadWriteOnce'],
			storageClassName: 'oracle',
			local: {path: '/data'},
			claimRef: {namespace, name: claim},
			nodeAffinity: {required: {nodeSelectorTerms: terms}},
		},
	});
	await create(admin, `/api/v1/namespaces/${namespace}/persistentvolumeclaims`, {
		apiVersion: 'v1',
		kind: 'PersistentVolumeClaim',
		metadata: {name: claim},
		spec: {accessModes: ['ReadWriteOnce'], storageClassName: 'oracle', volumeName: volume, resources: {requests: capacity}},
	});
}

async function scale(admin: Client, {name, kind, here, elsewhere}: Load, namespace: string): Promise<void> {
	await mergePatch(admin, `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`, {
		spec: {replicas: here + elsewhere},
	});
}

/** Pods that found no place must not come to the node as soon as it takes in pods again. */
async function scaleToRunning(admin: Client, {name, kind}: Load, namespace: string): Promise<void> {
	const its = (await podsOf(admin, namespace)).filter(pod => appOf(pod) === name);
	const running = its.filter(({spec}) => textOf(spec?.nodeName) !== '').length;
	if (running === its.length) return;
	await mergePatch(admin, `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`, {spec: {replicas: running}});
	await eventually(async () => {
		const left = (await podsOf(admin, namespace)).filter(pod => appOf(pod) === name).length;
		if (left !== running) throw new Error(`${name} has ${left} pods, not ${running}`);
	});
}

/** The pods of a case, whole. */
export async function podsOf(admin: Client, namespace: string): Promise<readonly Raw[]> {
	return items((await read(admin, `/api/v1/namespaces/${namespace}/pods`)).items);
}

const appOf = ({metadata}: Raw): string => textOf(metadata?.labels?.app);

/** The scheduler has said its word about a pod, and it runs where that was yes. */
export function isSettled({spec, status, metadata}: Raw): boolean {
	if (metadata?.deletionTimestamp !== undefined) return false;
	if (textOf(spec?.nodeName) === '') return isUnschedulable({spec, status, metadata});
	return items(status?.conditions).some(({type}) => textOf(type) === 'Ready');
}

export function isUnschedulable({status}: Raw): boolean {
	return items(status?.conditions).some(each => textOf(each.type) === 'PodScheduled' && textOf(each.reason) === 'Unschedulable');
}

async function areSettled(
	admin: Client,
	namespace: string,
	wanted: ReadonlyArray<readonly [app: string, count: number]>,
): Promise<void> {
	const pods = await podsOf(admin, namespace);
	for (const [app, count] of wanted) {
		const its = pods.filter(pod => appOf(pod) === app);
		if (its.length < count || !its.every(isSettled)) throw new Error(`${app}: ${its.length} of ${count} pods, not settled`);
	}
}

/** Makes one pod on the node what it is to be; kwok leaves alone whose readiness is told. */
async function makeOne(admin: Client, {name, made}: Load, {namespace, drained}: Standing): Promise<void> {
	if (made === 'ready') return;
	const pods = await podsOf(admin, namespace);
	const pod = pods.find(each => appOf(each) === name && textOf(each.spec?.nodeName) === drained);
	if (pod === undefined) return;
	const phase = made === 'unready' ? 'Running' : made === 'pending' ? 'Pending' : made;
	const conditions = [
		{type: 'Ready', status: 'False', lastTransitionTime: new Date().toISOString()},
		{type: 'PodScheduled', status: 'True', lastTransitionTime: new Date().toISOString()},
	];
	await mergePatch(admin, `/api/v1/namespaces/${namespace}/pods/${textOf(pod.metadata?.name)}/status`, {
		status: {phase, conditions},
	});
}

async function addBudget(admin: Client, {name, over, spec, alwaysAllow}: Budget, namespace: string): Promise<void> {
	await create(admin, `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`, {
		apiVersion: 'policy/v1',
		kind: 'PodDisruptionBudget',
		metadata: {name},
		spec: {...spec, selector: {matchLabels: over}, ...(alwaysAllow ? {unhealthyPodEvictionPolicy: 'AlwaysAllow'} : {})},
	});
}

/** Whether a budget is over a load. */
export function isOver({over}: Budget, {name, tier}: Pick<Load, 'name' | 'tier'>): boolean {
	return 'app' in over ? over.app === name : over.tier === tier;
}

/** Each budget has been counted, and counts as many healthy pods as there are. */
async function areCounted(admin: Client, namespace: string, {budgets, loads}: Case): Promise<void> {
	const pods = await podsOf(admin, namespace);
	const path = `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`;
	for (const budget of budgets) {
		const {metadata, status} = await read(admin, `${path}/${budget.name}`);
		const observed = status?.observedGeneration;
		const failed = items(status?.conditions).some(({reason}) => textOf(reason) === 'SyncFailed');
		const apps = new Set(loads.filter(load => isOver(budget, load)).map(({name}) => name));
		const healthy = pods.filter(pod => apps.has(appOf(pod)) && isHealthy(pod)).length;
		const counted = failed || (observed === metadata?.generation && (status?.currentHealthy as unknown) === healthy);
		if (!counted) throw new Error(`${budget.name} is not counted: ${JSON.stringify(status)}, ${healthy} are healthy`);
	}
}

/** It counts for its budget. */
export function isHealthy({status}: Raw): boolean {
	return items(status?.conditions).some(each => textOf(each.type) === 'Ready' && textOf(each.status) === 'True');
}

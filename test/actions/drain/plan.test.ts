import {afterEach, expect, test} from 'vitest';
import {drainDataOf} from '../../../source/actions/drain/data.ts';
import {planDrain} from '../../../source/actions/drain/plan.ts';
import {isRefused, type Plan} from '../../../source/actions/plan.ts';
import {type DrainOptions, usualDrain} from '../../../source/actions/request.ts';
import {planLines} from '../../../source/actions/tell.ts';
import type {KubeObject} from '../../../source/demo/model.ts';
import {budget} from '../../../source/demo/objects/budget.ts';
import {mergePatch, namesOf, read} from '../../conformance/subject.ts';
import {type Running, running, runningPod} from '../../demo/running.ts';
import {handsOn, type Wish} from '../hands.ts';

let embedded: Running | undefined;
afterEach(async () => {
	await embedded?.stop();
	embedded = undefined;
});

const minute = 60_000;
const drain = (nodes: readonly string[], options: Partial<DrainOptions> = {}) =>
	({is: 'drain', nodes, options: {...usualDrain, ...options}}) as const;

type Fields = {readonly owner?: KubeObject; readonly app?: string; readonly spec?: object; readonly node?: string};

/** A pod on n1, of an owner where one is named. */
function pod(name: string, {owner, app = name, spec = {}, node = 'n1'}: Fields = {}): KubeObject {
	const made = runningPod(name, {labels: {app}});
	const {apiVersion, kind, metadata} = owner ?? {apiVersion: '', kind: '', metadata: {name: '', uid: ''}};
	const owners = owner === undefined ? [] : [{apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true}];
	return {
		...made,
		metadata: {...made.metadata, ownerReferences: owners},
		spec: {...(made.spec as object), nodeName: node, ...spec},
	} as KubeObject;
}

const owner = (kind: string, name: string, replicas = 2): KubeObject => ({
	apiVersion: 'apps/v1',
	kind,
	metadata: {namespace: 'default', name, uid: `uid-${name}`},
	spec: {replicas, selector: {matchLabels: {app: name}}, template: {metadata: {labels: {app: name}}, spec: {containers: []}}},
});
const web = owner('ReplicaSet', 'web');
const agent = owner('DaemonSet', 'agent');
const keep = (name: string, app: string, minAvailable = 1): KubeObject =>
	budget({namespace: 'default', name, selector: {app}, minAvailable, createdAt: Date.now() - minute});

async function planned(objects: readonly KubeObject[], request = drain(['n1']), wish: Wish = {}): Promise<Plan> {
	embedded = await running(objects);
	using hands = handsOn(embedded.cluster, wish);
	return await planDrain(request, hands);
}

const concerns = ({concerns: of}: Plan, ...of_: readonly string[]) =>
	of.filter(({check}) => of_.includes(check)).map(({weight, text, wayOut}) => `${weight}: ${text}; ${wayOut}`);
const words = ({data}: Plan) =>
	Object.fromEntries(
		drainDataOf(data).nodes.flatMap(({pods}) => pods.map(({name, is, next}) => [name, `${is}, then ${next.is}`])),
	);

test('a drain is told step by step, and as a command of ours and of kubectl', async () => {
	const plan = await planned([web, agent, pod('web-0', {owner: web}), pod('agent-x', {owner: agent})]);
	expect(plan).toMatchObject({
		action: 'drain',
		title: 'drain n1',
		command: ['midwatch', 'drain', 'n1'],
		likewise: ['kubectl', 'drain', 'n1', '--ignore-daemonsets'],
		deeds: [
			{verb: 'patch', resource: 'nodes', name: 'n1'},
			{verb: 'create', resource: 'pods', subresource: 'eviction', namespace: 'default'},
		],
		objects: [{subject: {resource: 'nodes', name: 'n1'}}, {subject: {resource: 'pods', namespace: 'default', name: 'web-0'}}],
	});
	expect(plan.steps).toEqual([
		'cordon n1: no new pods come to it',
		'evict 1 pod, all at once as far as budgets allow; 1 pod stays, of DaemonSets or static',
		'wait until each is gone; n1 stays cordoned',
	]);
	expect(words(plan)).toEqual({'web-0': 'leaves, then fits', 'agent-x': 'stays, then stays'});
	expect(isRefused(plan)).toBe(false);
});

test('what is terminating already is only waited for', async () => {
	const ending = pod('web-1', {owner: web});
	const deleted = {...ending, metadata: {...ending.metadata, deletionTimestamp: new Date(Date.now() + minute).toISOString()}};
	const steps = async (...pods: readonly KubeObject[]) => {
		const {steps: of} = await planned([web, ...pods]);
		await embedded?.stop();
		return of;
	};
	expect((await steps(pod('web-0', {owner: web}), deleted)).slice(1)).toEqual([
		'evict 1 pod, all at once as far as budgets allow',
		'wait until each is gone, and 1 pod terminating already; n1 stays cordoned',
	]);
	expect((await steps(deleted)).slice(1)).toEqual(['wait until 1 pod terminating already is gone; n1 stays cordoned']);
});

test('planning changes nothing', async () => {
	await planned([web, pod('web-0', {owner: web}), keep('web', 'web', 0)]);
	if (embedded === undefined) return;
	expect(namesOf(await read(embedded.admin, '/api/v1/namespaces/default/pods'))).toEqual(['web-0']);
	expect((await read(embedded.admin, '/api/v1/nodes/n1')).spec?.unschedulable).toBeUndefined();
});

test('every option that was given is in both commands', async () => {
	const options = {
		force: true,
		deleteEmptyDirData: true,
		ignoreDaemonSets: false,
		disableEviction: true,
		gracePeriod: 30_000,
		timeout: 90_000,
		podSelector: 'app in (a,b)',
		skipWaitForDeleteTimeout: 10_000,
	};
	const given = ['--force', '--delete-emptydir-data', '--disable-eviction', '--grace-period=30', '--timeout=90s'];
	const more = ['--pod-selector=app in (a,b)', '--skip-wait-for-delete-timeout=10'];
	const plan = await planned([pod('web-0')], drain(['n1'], options));
	expect(plan.command).toEqual(['midwatch', 'drain', 'n1', '--ignore-daemonsets=false', ...given, ...more]);
	expect(plan.likewise).toEqual(['kubectl', 'drain', 'n1', ...given, ...more]);
});

test('the pod selector leaves all others where they are', async () => {
	const plan = await planned(
		[web, pod('web-0', {owner: web, app: 'web'}), pod('other-0')],
		drain(['n1'], {podSelector: 'app=web'}),
	);
	expect(words(plan)).toEqual({'web-0': 'leaves, then fits'});
});

test('what refuses comes first, then what needs a name, then what blocks', async () => {
	const large = {containers: [{name: 'main', resources: {requests: {memory: '20Gi'}}}]};
	const plan = await planned([
		web,
		pod('web-0', {owner: web, app: 'web'}),
		pod('web-1', {owner: web, app: 'large', spec: large}),
		pod('cache-0', {owner: web, spec: {volumes: [{name: 'cache', emptyDir: {}}]}}),
		keep('web', 'web'),
	]);
	expect(isRefused(plan)).toBe(true);
	expect(concerns(plan, 'filters', 'fit', 'budgets')).toEqual([
		'refuses: default/web has emptyDir data (cache); --delete-emptydir-data deletes it',
		'overrides: default/web will be pending: needs 20Gi memory, the roomiest fitting node has 8Gi; make room elsewhere first, or wait until n1 is uncordoned',
		'blocks: default/web: budget web allows none: it needs 1 healthy and has 1; run more of its pods, or bring them back to health; it is tried until it may go',
	]);
	expect(plan.confirm).toMatchObject({ask: 'name', name: 'n1', why: expect.stringMatching(/^default\/web will be pending/)});
	for (const line of planLines(plan, 80)) expect(line.length).toBeLessThanOrEqual(80);
});

test('what an option loses is listed', async () => {
	const plan = await planned(
		[pod('debug', {spec: {volumes: [{name: 'tmp', emptyDir: {}}]}})],
		drain(['n1'], {force: true, deleteEmptyDirData: true}),
	);
	expect(concerns(plan, 'lost-data')).toEqual([
		'hurts: gone for good, as nothing would create it again: default/debug; save it first, or leave away the option that allows it',
		'hurts: lost for good is the emptyDir data of default/debug (tmp); save it first, or leave away the option that allows it',
	]);
	expect(words(plan)).toEqual({debug: 'leaves, then gone'});
});

test('several nodes take in nothing from each other, and are planned again when it is their turn', async () => {
	const plan = await planned(
		[web, pod('web-0', {owner: web}), pod('web-1', {owner: web, node: 'n2'})],
		drain(['n1', 'n2', 'n1']),
	);
	expect(plan.title).toBe('drain n1 n2');
	expect(words(plan)).toEqual({'web-0': 'leaves, then pending', 'web-1': 'leaves, then pending'});
	expect(concerns(plan, 'in-turn')).toEqual([expect.stringMatching(/^tells: n2 is planned again when its turn comes/)]);
	expect(plan.steps).toHaveLength(6);
});

test('a node that is cordoned and empty has nothing left to do', async () => {
	embedded = await running([agent, pod('agent-x', {owner: agent})]);
	using hands = handsOn(embedded.cluster);
	expect((await planDrain(drain(['n1']), hands)).done).toBeUndefined();
	await mergePatch(embedded.admin, '/api/v1/nodes/n1', {spec: {unschedulable: true}});
	const plan = await planDrain(drain(['n1']), hands);
	expect(plan.done).toBe('n1: cordoned, and nothing on it has to leave');
	expect(plan.steps).toEqual([]);
	expect(plan.deeds).toEqual([]);
});

test('a node that is not there is told with the one that may be meant', async () => {
	await expect(planned([], drain(['n3']))).rejects.toThrow(/there is no node n3: did you mean n1/);
});

test('a short name that may mean several is told with all of them', async () => {
	await expect(planned([], drain(['n']))).rejects.toThrow('there is no node n: did you mean n1 or n2?');
});

test('past every budget only from the command line', async () => {
	const request = drain(['n1'], {disableEviction: true});
	await expect(planned([], request, {from: 'palette'})).rejects.toThrow('--disable-eviction');
});

test('a pod whose name no Kubernetes allows is shown safely, and nothing is done', async () => {
	const plan = await planned([pod('web-0\u001b[31m;$(reboot)', {owner: web})]);
	expect(isRefused(plan)).toBe(true);
	expect(concerns(plan, 'filters')).toEqual([
		expect.stringMatching(/^refuses: default\/web-0;\$\(reboot\) has a name that Kubernetes does not allow/),
	]);
	expect(planLines(plan, 80).join('\n')).not.toContain('\u001b');
});

test('a pod selector that makes no sense is refused with what the server says', async () => {
	await expect(planned([], drain(['n1'], {podSelector: 'app in ('}))).rejects.toThrow(/the pods on n1 cannot be read: 400/);
});

const mayRead = (...resources: readonly string[]) => ({apiGroups: ['', 'apps', 'policy'], resources, verbs: ['get', 'list']});

test('what may not be read is told as not known, and the server judges what it may', async () => {
	embedded = await running([web, pod('web-0', {owner: web, app: 'web'}), keep('web', 'web')]);
	const few = embedded.cluster.addUser('few', [
		mayRead('nodes', 'pods'),
		{apiGroups: [''], resources: ['pods/eviction'], verbs: ['create']},
	]);
	using hands = handsOn(embedded.cluster, {token: few});
	const plan = await planDrain(drain(['n1']), hands);
	expect(concerns(plan, 'budgets').map(line => line.replace(/;.*/, ''))).toEqual([
		'blocks: default/web-0: The disruption budget web needs 1 healthy pods and has 1 currently',
		'unknown: which budgets keep pods here is not known: not permitted: list poddisruptionbudgets.policy',
	]);
});

test('without the permission to look up DaemonSets their pods refuse the drain, as with kubectl', async () => {
	embedded = await running([agent, pod('agent-x', {owner: agent})]);
	using hands = handsOn(embedded.cluster, {
		token: embedded.cluster.addUser('few', [mayRead('nodes', 'pods', 'poddisruptionbudgets')]),
	});
	const plan = await planDrain(drain(['n1']), hands);
	expect(concerns(plan, 'filters')).toEqual([
		expect.stringMatching(/^refuses: default\/agent-x its DaemonSet agent cannot be looked up: 403/),
	]);
});

test('without the permission to list pods nothing can be planned', async () => {
	embedded = await running([]);
	using hands = handsOn(embedded.cluster, {token: embedded.cluster.addUser('few', [mayRead('nodes')])});
	await expect(planDrain(drain(['n1']), hands)).rejects.toThrow('the pods on n1 cannot be read: not permitted: list pods');
});

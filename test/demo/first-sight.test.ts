import {describe, expect, test} from 'vitest';
import {consequences} from '../../source/findings/fold.ts';
import {firstSightOf, type Sight} from './first-sight.ts';

const minute = 60_000;

/** What is seen of an incident: whether it pages, its name, how many minutes old it is, and what follows from it. */
type Seen = {
	readonly root: string;
	readonly severity: 'critical' | 'warning';
	/** How long ago it began in truth, in minutes. */
	readonly began: number;
	readonly says: RegExp;
	readonly follows: readonly string[];
	readonly miss: readonly string[];
	/** What was changed before, and what came just before it. */
	readonly before: readonly RegExp[];
	/** What proves it. */
	readonly evidence: readonly RegExp[];
};

type Case = {readonly id: string; readonly world?: string; readonly incidents: readonly Seen[]};

const cases: readonly Case[] = [
	{
		id: 'node-lost',
		incidents: [
			{
				root: 'node-not-ready:nuc-2',
				severity: 'critical',
				began: 35,
				says: /^kubelet silent/,
				follows: ['5 pods pending', '2 volumes degraded', '1 pod failing', '1 BGP session presumed down'],
				miss: ['immich-server', 'jellyfin'],
				before: [/^recorded nuc-2: Ready turned Unknown/, /^recorded plndr-cp-lock: VIP moved to nuc-1/],
				evidence: [/Ready Unknown: NodeStatusUnknown/],
			},
		],
	},
	{
		id: 'csi-broken',
		incidents: [
			{
				root: 'csi-driver-missing:driver.longhorn.io on nuc-3',
				severity: 'critical',
				began: 50,
				says: /^plugin registers in \/var\/lib\/kubelet, kubelet lives in \/data\/kubelet/,
				follows: ['3 pods failing'],
				miss: ['grafana', 'home-assistant', 'vaultwarden'],
				before: [/^changed recorded nuc-3: kubelet restarted, runs with --root-dir \/data\/kubelet$/],
				evidence: [/kubelet of nuc-3 runs with --root-dir \/data\/kubelet/, /not found in the list of registered CSI drivers/],
			},
		],
	},
	{
		id: 'longhorn-down',
		incidents: [
			{
				root: 'controller-down:longhorn-manager',
				severity: 'critical',
				began: 41,
				says: /^not ready.* frozen with it: 23 Longhorn volumes$/,
				follows: ['6 pods failing', '1 webhook down'],
				miss: [],
				before: [/^changed recorded longhorn-system\/longhorn-manager: changed by helm: wants \S+longhorn-manager:v1\.11\.0$/],
				evidence: [/failed to upgrade since upgrading from v1\.9\.2 to v1\.11\.0/],
			},
		],
	},
	{
		id: 'bucket-failing',
		incidents: [
			{
				root: 'location-unavailable:b2',
				severity: 'critical',
				began: 7 * 24 * 60 + 60,
				says: /^backup location unavailable since .*, feeds tier-0, tier-1 and tier-2$/,
				follows: ['3 backups failing', '3 backups late'],
				miss: [],
				before: [/^recorded backup location b2: answered for the last time: .*AccessDenied/],
				evidence: [/AccessDenied: not entitled/],
			},
		],
	},
	{
		id: 'address-pending',
		incidents: [
			{
				root: 'pool-exhausted:homelab',
				severity: 'critical',
				began: 20,
				says: /^0 of 9 addresses left, 1 service waiting/,
				follows: ['1 address pending'],
				miss: ['audiobookshelf'],
				before: [
					/^changed recorded address pool homelab: changed by kubectl-edit: 10\.0\.10\.10-10\.0\.10\.18, 9 addresses$/,
					/^changed recorded media\/audiobookshelf: service created$/,
				],
				evidence: [/media\/audiobookshelf waits/],
			},
			{
				root: 'session-down:nuc-2/10.0.0.1',
				severity: 'warning',
				began: 25,
				says: /^session down, active since/,
				follows: ['9 addresses on fewer nodes'],
				miss: [],
				before: [/^recorded nuc-2\/10\.0\.0\.1: session down, active$/],
				evidence: [/peeringState active/],
			},
		],
	},
	{
		id: 'gpu-gone',
		incidents: [
			{
				root: 'gpu-missing:gpu-1',
				severity: 'critical',
				began: 55,
				says: /^0 of 1 GPU left.* 1 pod waiting for it, last XID 79 GPU has fallen off the bus$/,
				follows: ['1 GPU error', '1 pod pending'],
				miss: ['ollama'],
				before: [/^recorded gpu-1: XidCriticalError: NVRM: Xid \(PCI:0000:01:00\): 79, GPU has fallen off the bus\.$/],
				evidence: [/nvidia\.com\/gpu: 0 allocatable of 0/, /label nvidia\.com\/gpu\.count=1/],
			},
		],
	},
	{
		id: 'nfs-gone',
		incidents: [
			{
				root: 'storage-server-down:10.0.0.41',
				severity: 'critical',
				began: 25,
				says: /^mounts fail on 2 nodes/,
				follows: ['2 pods failing'],
				miss: ['immich-server', 'jellyfin', 'nextcloud', 'sonarr'],
				before: [/^recorded apps\/nextcloud and 8 more: Available turned False$/],
				evidence: [/mount\.nfs: Connection timed out/, /serves: 10\.0\.0\.41:\/volume1\/media/],
			},
		],
	},
	{
		id: 'dns-down',
		incidents: [
			{
				root: 'core-service-down:coredns',
				severity: 'critical',
				began: 15,
				says: /^not ready/,
				follows: ['5 pods failing', '1 critical workload down'],
				miss: ['authentik-server', 'cloudflared', 'immich-server', 'nextcloud'],
				before: [
					/^changed recorded coredns: its ConfigMap was changed by kubectl-edit$/,
					/^recorded kube-system\/coredns: created 2 pods$/,
				],
				evidence: [/\/etc\/coredns\/Corefile:10 - Error during parsing: Unknown directive 'forwrad'/],
			},
		],
	},
	{
		id: 'webhook-down',
		incidents: [
			{
				root: 'webhook-down:kyverno-resource-validating-webhook-cfg',
				severity: 'critical',
				began: 20.5,
				says: /^no ready endpoint.* blocks pods$/,
				follows: ['2 workloads short of pods'],
				miss: [],
				before: [/^changed recorded kyverno\/kyverno-admission-controller: changed by kubectl-scale: wants 0 pods$/],
				evidence: [/service kyverno\/kyverno-svc: 0 of 0 endpoints ready/],
			},
		],
	},
	{
		id: 'quota',
		incidents: [
			{
				root: 'workload-short:shop-dev/web',
				severity: 'warning',
				began: 26,
				says: /^quota compute: requests\.memory 256Mi more, 2Gi of 2Gi used/,
				follows: [],
				miss: [],
				before: [/^changed recorded shop-dev\/web: changed by kubectl: wants 10 pods$/],
				evidence: [/10 wanted, 7 made, 7 ready/],
			},
		],
	},
];

const section = (sight: Sight, name: string, title: string): readonly string[] =>
	sight
		.story(name)
		.sections.filter(each => each.title.startsWith(title))
		.flatMap(({lines}) => lines)
		.map(({label, value, health}) =>
			`${health === 'held' ? 'changed ' : ''}${label.replace(/^(\d+ \w+ )?\d\d:\d\d /, '')} ${value}`.trim(),
		);

describe.each(cases)('$id, when midwatch is started afterwards', ({id, world, incidents}) => {
	test('is named with its cause, and its story says what came before', async () => {
		await using sight = await firstSightOf(id, world === undefined ? {} : {world});
		const seen = sight.incidents();
		expect(seen.map(({root, severity}) => `${severity} ${root.name}`)).toEqual(
			incidents.map(({root, severity}) => `${severity} ${root}`),
		);
		for (const [at, {root, began, says, follows, miss, before, evidence}] of incidents.entries()) {
			const incident = seen[at];
			if (incident === undefined) throw new Error(`There is no incident ${root}.`);
			expect(incident.root.is).toBe('raised');
			expect(incident.root.known).toBe('recorded');
			expect(Math.abs(sight.startedAt - began * minute - incident.root.since)).toBeLessThan(minute + 5000);
			expect(consequences(incident)).toEqual(expect.arrayContaining([...follows]));
			expect(incident.apps).toEqual(expect.arrayContaining([...miss]));
			expect(
				section(sight, root, 'What')
					.find(line => line.startsWith('what '))
					?.slice(5),
			).toMatch(says);
			for (const line of before) expect(section(sight, root, 'Before it')).toContainEqual(expect.stringMatching(line));
			for (const words of evidence) expect(section(sight, root, 'Evidence').join(' ')).toMatch(words);
			expect(section(sight, root, 'Before it').length).toBeLessThan(16);
		}
	});
});

test.each(['homelab', 'talos-bgp', 'talos-prod', 'talos-dev', 'talos-data', 'talos-ceph'])(
	'%s, healthy, has no incident, and nothing that cannot be judged but what was not asked yet',
	async world => {
		await using sight = await firstSightOf('calm', {world});
		const {incidents, risks, blind} = sight.world().incidents;
		expect(incidents).toEqual([]);
		expect(risks.length).toBeGreaterThan(0);
		expect(blind.filter(({loading}) => !loading)).toEqual([]);
	},
);

test('the timeline of a healthy cluster is short', async () => {
	await using sight = await firstSightOf('calm');
	expect(sight.history().map(({about, text}) => `${about}: ${text}`).length).toBeLessThan(12);
});

test.each([10, -10])('a clock that is %i minutes off changes nothing', async off => {
	await using sight = await firstSightOf('node-lost', {ahead: off * minute});
	const [incident, ...others] = sight.incidents();
	expect(others).toEqual([]);
	expect(incident?.root.name).toBe('node-not-ready:nuc-2');
	expect(Math.abs(sight.startedAt - 35 * minute - (incident?.root.since ?? 0))).toBeLessThan(minute);
	await using calm = await firstSightOf('calm', {ahead: off * minute});
	expect(calm.incidents()).toEqual([]);
});

test('nothing is made up where there is no API', async () => {
	await using sight = await firstSightOf('control-plane-gone');
	expect(sight.incidents()).toEqual([]);
	expect(sight.world().incidents.blind.find(({what}) => what === 'nodes')?.why).toMatch(/nothing listens on 127\.0\.0\.1/);
});

test('a session that comes and goes is found by whoever watches it for a quarter of an hour, not by a single look', async () => {
	await using sight = await firstSightOf('session-flapping', {speed: 60});
	const flapping = () => sight.incidents().find(({root}) => root.symptom.id === 'session-flapping');
	expect(flapping()).toBeUndefined();
	const found = await new Promise<typeof flapping>(resolve => {
		const stop = sight.subscribe(() => {
			if (flapping() === undefined) return;
			stop();
			resolve(flapping);
		});
	});
	expect(found()?.root).toMatchObject({name: 'session-flapping:pi4-2/10.0.0.1', severity: 'warning'});
	expect(sight.world().incidents.asOf - sight.startedAt).toBeLessThan(16 * minute);
	expect(sight.history()).toContainEqual(expect.objectContaining({about: 'pi4-2/10.0.0.1', how: 'seen', text: 'session reset'}));
});

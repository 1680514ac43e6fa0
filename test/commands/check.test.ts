import {mkdir, readFile} from 'node:fs/promises';
import {createServer, type Server} from 'node:net';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Stage} from '../../source/demo/model.ts';
import {keepLastKnown} from '../../source/files/last-known.ts';
import {setMark} from '../../source/files/marks.ts';
import {marksFile} from '../../source/files/places.ts';
import type {Mark} from '../../source/marks.ts';
import {own} from '../../source/vocabulary.ts';
import {type Bench, configOf, masked, newBench, type Served} from './checking.ts';
import {type Fault, standBefore} from './front.ts';
import {kubeconfig} from './program.ts';

let bench: Bench;
let calm: Served;
let lost: Served;
beforeAll(async () => {
	bench = await newBench();
	calm = await bench.serve('homelab', 'homelab', 'calm');
	lost = await bench.serve('homelab', 'homelab', 'node-lost');
});
afterAll(() => bench[Symbol.asyncDispose]());

const on = ({file}: Served, ...args: readonly string[]) => bench.check('--kubeconfig', file, ...args);

/** Compares with an example of how it is to look: names, counts and times aside, byte for byte. */
function expectLike(printed: string, example: readonly string[]): void {
	expect(masked(printed).trimEnd().split('\n')).toEqual(example.map(masked));
	expect(printed).toMatch(/^[\x20-\x7e\n]*$/);
	expect(Math.max(...printed.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
}

const well = [
	'OK    homelab  8/8 nodes  etcd 3/3, may lose 1  k3s v1.35.4   02:14 CET  0.3 s',
	'ok    33 volumes, 7/7 BGP sessions, 0 addresses pending, 1/1 GPU',
	'ok    recovery points: tier-0 2h/6h  tier-1 5h/24h  tier-2 3d/7d  etcd 2h/12h',
	'risk  4 accepted, 1 new: restore of tier-2 never proven       midwatch risks',
];

describe('the examples', () => {
	test('all is well, with standing risks', async () => {
		const {code, stdout, stderr} = await on(calm);
		expectLike(stdout, well);
		expect([code, stderr]).toEqual([0, '']);
	});

	test('a recovery point is too old', async () => {
		const {code, stdout} = await on(await bench.serve('homelab', 'homelab', 'backup-stale'));
		expectLike(stdout, [
			'WARN  homelab  8/8 nodes  etcd 3/3, may lose 1  k3s v1.35.4   02:14 CET  0.3 s',
			'warn  backup-late tier-0: recovery point 8h04 old, target 6h + 36m grace',
			'      last try 02:00 PartiallyFailed, 3 errors, 1 of 14 volumes missing',
			'      midwatch runbook run velero-backup-failed --finding backup-late:tier-0',
			'ok    nodes, storage 33/33, bgp 7/7, gpu 1/1, tier-1, tier-2, etcd',
			'risk  4 accepted, 0 new: restore of tier-1 never proven       midwatch risks',
		]);
		expect(code).toBe(1);
	});

	test('a node is lost, and an exporter hangs', async () => {
		const served = await bench.serve('homelab', 'homelab', 'node-lost');
		for (const key of served.cluster.stage.proxies.keys()) served.cluster.stage.proxies.set(key, () => 'hang');
		const {code, stdout} = await on(served);
		expectLike(stdout, [
			'CRIT  homelab  7/8 nodes  etcd 2/3, may lose 0  k3s v1.35.4   02:14 CET  1.0 s',
			'crit  node-not-ready nuc-2: kubelet silent since 01:39 (35m). On it: 2 volumes',
			'      degraded, 5 pods pending, 1 pod failing, 1 BGP session presumed down',
			'      down: immich-machine-learning, immich-microservices, +3 more',
			'unkn  gpu: exporter on gpu-1 gave no answer in 1.0 s (allocatable 1/1 is known)',
			'ok    storage 31/33, bgp 6/7, tier-0, tier-1, tier-2',
		]);
		expect(code).toBe(2);
	});

	test('several clusters, the worst of them first', async () => {
		const parts = await Promise.all([
			bench.serve('talos-prod', 'prod', 'calm'),
			bench.serve('talos-dev', 'dev', 'quota'),
			Promise.resolve({...lost, context: {name: 'data', context: {cluster: 'homelab', user: 'homelab'}}}),
		]);
		const file = await bench.home.put('several', configOf(parts, 'prod'));
		const {code, stdout} = await bench.check('--kubeconfig', file, '--context', 'prod,dev,data');
		const example = [
			'CRIT  3 clusters                                              02:14 CET  1.0 s',
			'OK    prod   5/5 nodes  etcd 2/2, may lose 0',
			'WARN  dev    4/4 nodes  workload-short shop-dev/web since 01:50 (24m)',
			'CRIT  data   4/4 nodes  node-not-ready nuc-2 since 00:12 (35m)',
		];
		expectLike(stdout, example);
		expect(code).toBe(2);
		expectLike((await bench.check('--kubeconfig', file, '--all-contexts')).stdout, example);
		expectLike((await bench.check('--kubeconfig', file, '--all-contexts', '--brief')).stdout, example.slice(0, 1));
		const nagios = (await bench.check('--kubeconfig', file, '--all-contexts', '--output', 'nagios')).stdout;
		expect(nagios).toMatch(/^MIDWATCH CRITICAL - prod OK, dev WARNING, data CRITICAL \| clusters_ok=1;;;0;3 /);
	});

	test('one line for Nagios', async () => {
		const {code, stdout} = await on(calm, '--output', 'nagios');
		expect(masked(stdout)).toBe(
			masked(
				'MIDWATCH OK - homelab 8/8 nodes, etcd 3/3, 33 volumes, tier-0 2h/6h | nodes_ready=8;8:;7:;0;8 etcd_spare=1;1:;0:;0; volumes_degraded=0;0;;0; volumes_faulted=0;;0;0; bgp_down=0;0;;0; addresses_pending=0;0;;0; rpo_etcd=7200s;0:23760;0:43200;0; rpo_tier0=7200s;0:23760;0:43200;0; rpo_tier1=7200s;0:23760;0:43200;0; rpo_tier2=7200s;0:23760;0:43200;0; alerts=U warnings=0;;;0; criticals=0;;;0; unjudged=0;;;0; time=0.31s;;;0;2\n',
			),
		);
		expect(code).toBe(0);
	});
});

describe('an API that does not answer', () => {
	const listeners: Server[] = [];
	const listen = (host: string) =>
		new Promise<void>((resolve, reject) => {
			const server = createServer(socket => socket.destroy()).once('error', reject);
			server.listen(6443, host, resolve);
			listeners.push(server);
		});
	let file: string;
	beforeAll(async () => {
		await Promise.all(['127.1.1.11', '127.1.1.13'].map(listen));
		file = await bench.home.put('gone', kubeconfig('https://127.1.1.1:6443', {token: 'x'}).replaceAll('"here"', '"homelab"'));
	});
	afterAll(() => {
		for (const server of listeners) server.close();
	});

	test('while nothing was known of it', async () => {
		const {code, stdout} = await bench.check('--kubeconfig', file);
		expect(stdout).toMatch(/^UNKN {2}homelab {2}https:\/\/127\.1\.1\.1:6443 gave no answer +\d\d:\d\d UTC {2}\d\.\d s\nunkn {2}/);
		expect(stdout).toMatch(/^last {2}never seen before from here/m);
		expect(code).toBe(3);
	});

	test('is told by what answers from here, what was known last, and what to try', async () => {
		const node = (at: number) => ({
			name: own(`nuc-${at}`),
			ready: true,
			addresses: [`127.1.1.1${at}`],
			bootId: own(''),
			reboots: [],
		});
		const place = {context: 'homelab', server: 'https://127.1.1.1:6443/', authority: ''};
		await keepLastKnown(bench.environment, place, {
			context: own('homelab'),
			server: own(place.server),
			seenAt: Date.now() - 5 * 60_000,
			verdict: {state: 'ok', line: own('OK, 8/8 nodes, etcd 3/3')},
			nodes: [1, 2, 3].map(node),
			vip: {address: '127.1.1.1', holder: own('nuc-2')},
			tiers: new Map([['tier-0', {point: 1, target: 2}]]),
		});
		const {code, stdout} = await bench.check('--kubeconfig', file);
		expectLike(stdout.replaceAll('127.1.1.1', '10.0.0.10'), [
			'UNKN  homelab  https://10.0.0.10:6443 gave no answer          02:14 CET  2.0 s',
			"unkn  10.0.0.10 is kube-vip's address; from here nuc-1:6443 and nuc-3:6443",
			'      answer, nuc-2:6443 does not: the API lives, the VIP has no owner',
			'last  seen 02:09 (5m ago): OK, 8/8 nodes, etcd 3/3, VIP on nuc-2',
			'try   midwatch --server https://nuc-1:6443         same CA, same credentials',
			'next  midwatch runbook show vip-without-owner      works offline',
		]);
		expect(code).toBe(3);
		const nagios = (await bench.check('--kubeconfig', file, '--output', 'nagios')).stdout;
		expect(nagios).toMatch(/ no answer in \d\.\ds \(last OK 5m ago\) \| nodes_ready=U etcd_spare=U .* rpo_tier0=U alerts=U /);
		const login = await bench.check('--kubeconfig', file, '--login');
		expect(login.stdout.split('\n').map(line => line.slice(0, 4))).toEqual(['UNKN', 'unkn', '    ', 'last', '']);
		expect(login.stdout).toContain('(5m ago): OK, 8/8 nodes');
		expect(login.code).toBe(3);
	});
});

describe('an API that does not let us in', () => {
	const files = async (name: string, token: string) => {
		const user = {...calm.user, user: {token}};
		return bench.home.put(name, configOf([{...calm, user}], 'homelab'));
	};

	test('as it refuses our credentials', async () => {
		const {code, stdout} = await bench.check('--kubeconfig', await files('stranger', 'nobody-knows-it'));
		expect(stdout).toMatch(/^UNKN {2}homelab {2}https:\S+ lets us see nothing +\d\d:\d\d UTC/);
		expect(stdout).toMatch(/^unkn {2}127\.0\.0\.1:\d+ does not accept the credentials of user homelab/m);
		expect(code).toBe(3);
	});

	test('as we may read nothing', async () => {
		const {code, stdout} = await bench.check('--kubeconfig', await files('guest', calm.cluster.addUser('guest', [])));
		expect(stdout).toMatch(/^UNKN {2}homelab {2}https:\S+ lets us see nothing/);
		expect(stdout).toMatch(/^unkn {2}not permitted: list /m);
		expect(code).toBe(3);
	});

	test('as its plugin wants to talk to somebody, and is never started', async () => {
		const exec = {apiVersion: 'client.authentication.k8s.io/v1', command: '/bin/false', interactiveMode: 'Always'};
		const file = await bench.home.put('login', kubeconfig(calm.cluster.server, {exec}));
		const {code, stdout} = await bench.check('--kubeconfig', file);
		expect(stdout).toMatch(/^unkn {2}credentials need a login: run kubectl --kubeconfig$/m);
		expect(code).toBe(3);
	});
});

describe('what is asked for', () => {
	test('the first line only', async () => {
		expectLike((await on(calm, '--brief')).stdout, well.slice(0, 1));
	});

	test('risks count where they are to, unless ignored', async () => {
		const {code, stdout} = await on(calm, '--risks');
		expect([code, stdout.slice(0, 4)]).toEqual([1, 'WARN']);
		const ignored = 'restore-unproven,storage-single-server,volume-node-pinned';
		expect((await on(calm, '--risks', '--ignore', ignored)).code).toBe(0);
	});

	test('what is ignored does not count', async () => {
		expect((await on(lost, '--ignore', 'node-not-ready:nuc-2')).code).toBe(0);
		expect((await on(lost, '--ignore', 'node-not-ready:nuc-1')).code).toBe(2);
		expect((await on(lost, '--ignore', 'node-not-ready')).code).toBe(0);
	});

	test('data keep to their schema', async () => {
		const schema = JSON.parse(
			await readFile(new URL('../../source/findings/check/check.schema.json', import.meta.url), 'utf8'),
		) as object;
		const validate = new Ajv2020({allErrors: true, strictTypes: false}).compile(schema);
		for (const served of [calm, lost]) {
			const {stdout, code} = await on(served, '--output', 'json');
			const data = JSON.parse(stdout) as {readonly exit: number};
			validate(data);
			expect(validate.errors).toBeNull();
			expect(data.exit).toBe(code);
		}
		const gone = await bench.home.put('refused', kubeconfig('https://127.1.1.99:6443', {token: 'x'}));
		validate(JSON.parse((await bench.check('--kubeconfig', gone, '--output', 'json')).stdout));
		expect(validate.errors).toBeNull();
	});

	test('the same is printed every time', async () => {
		const [one, other] = [await on(lost), await on(lost)];
		expect(masked(one.stdout)).toBe(masked(other.stdout));
	});
});

describe('a mistake in what is declared or marked is one sentence', () => {
	test('of the configuration', async () => {
		await using other = await newBench();
		await mkdir(join(other.home.folder, 'config/midwatch'), {recursive: true});
		await other.home.put('config/midwatch/config.json', '{"contexts": {"homelab": {"tires": {}}}}');
		const {code, stdout, stderr} = await other.check('--kubeconfig', calm.file);
		expect([code, stdout]).toEqual([3, '']);
		expect(stderr).toMatch(/^[^\n]*tires[^\n]*\n$/);
	});

	test('of the marks', async () => {
		await using other = await newBench();
		const place = {context: 'homelab', server: `${calm.cluster.server}/`, authority: calm.cluster.ca};
		await mkdir(marksFile(other.environment, place), {recursive: true});
		const {code, stdout, stderr} = await other.check('--kubeconfig', calm.file);
		expect([code, stdout]).toEqual([3, '']);
		expect(stderr).toMatch(/^What was acknowledged and accepted in [^\n]* is not read[^\n]*\n$/);
	});
});

test('acknowledged incidents still count, and are told to be looked after; accepted risks do not', async () => {
	await using other = await newBench();
	const place = {context: 'homelab', server: `${lost.cluster.server}/`, authority: lost.cluster.ca};
	const mark = (kind: Mark['kind'], fingerprint: string): Mark => ({kind, note: own('on it'), at: Date.now(), fingerprint});
	await setMark(other.environment, place, 'node-not-ready:nuc-2', mark('acknowledged', ''));
	const before = await other.check('--kubeconfig', lost.file);
	expect(before.stdout).toMatch(/^crit {2}node-not-ready nuc-2 \(acknowledged <10s ago\): kubelet silent since/m);
	expect(before.stdout).toMatch(/^risk {2}0 accepted, 4 new: /m);
	expect(before.code).toBe(2);
	const accepted = mark('accepted', 'restore-unproven:tier-1 restore of tier-1 never proven 1');
	await setMark(other.environment, place, 'restore-unproven:tier-1', accepted);
	const {stdout} = await other.check('--kubeconfig', lost.file);
	expect(stdout).toMatch(/^risk {2}1 accepted, 3 new: /m);
});

describe('what does not answer costs its own second, and is said in one place', () => {
	let served: Served;
	beforeAll(async () => {
		served = await bench.serve('homelab', 'homelab', 'calm');
	});

	const toldIn = (stdout: string) => stdout.split('\n').filter(line => line.startsWith('unkn'));
	const secondsOf = (stdout: string) => Number(/(\d\.\d) s$/m.exec(stdout)?.[1]);

	test.each<readonly [string, ReturnType<NonNullable<ReturnType<Stage['proxies']['get']>>>]>([
		['hangs', 'hang'],
		['is garbage', {status: 200, type: 'text/html', body: '<html>\u001b[2J'}],
		['wants other credentials', {status: 401, type: 'text/plain', body: 'no'}],
		['fails', {status: 500, type: 'text/plain', body: 'no'}],
	])('an exporter that %s', async (_, answer) => {
		for (const key of served.cluster.stage.proxies.keys()) served.cluster.stage.proxies.set(key, () => answer);
		const {code, stdout} = await on(served);
		expect(toldIn(stdout)).toEqual([expect.stringMatching(/^unkn {2}gpu: exporter on gpu-1/)]);
		expect(code).toBe(3);
		expect(secondsOf(stdout)).toBeLessThan(1.9);
		expect((await on(served, '--optional', 'gpu')).code).toBe(0);
	});

	test.each<readonly [string, Fault]>([
		['hangs', () => {}],
		['is garbage', response => void response.end('<html>')],
		['wants other credentials', response => void response.writeHead(401).end('{}')],
		['fails', response => void response.writeHead(503).end('no')],
	])('an aggregated API that %s', async (_, fault) => {
		await using front = await standBefore(calm.cluster, /^\/apis\/metrics\.k8s\.io\//, fault);
		const {stdout, code} = await bench.check('--kubeconfig', await bench.home.put('front', front.kubeconfig));
		expect(stdout).toMatch(/^UNKN {2}homelab {2}8\/8 nodes/);
		expect(toldIn(stdout)).toEqual([expect.stringMatching(/^unkn {2}metrics: (?!metrics)/)]);
		expect(code).toBe(3);
		expect(secondsOf(stdout)).toBeLessThan(1.9);
	});
});

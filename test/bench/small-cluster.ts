import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {buildControlPlane} from '../control-plane/build.ts';
import {mustRun} from '../control-plane/kubectl.ts';
import type {ControlPlane} from '../control-plane/start.ts';
import {median, residentMiB} from './proc.ts';
import {type Watched, watch} from './terminal.ts';

const program = 'dist/midwatch.cjs';
const node = process.execPath;

/** Every pane has said what it knows: no source is waited for, and the first node is there with its pods, which come last. */
export const isLive = (screen: string): boolean =>
	/node-0 .* \d+\/110 /.test(screen) && !/loading|connecting|waiting/.test(screen);

/** Opens the dashboard on a kubeconfig, as somebody does who has logged in: with no arguments. */
export const dashboard = (kubeconfig: string): Watched => watch(node, [program], {KUBECONFIG: kubeconfig});

/** Looks once, as a login message or a monitoring system does. */
export const oneLook = (kubeconfig: string): Watched => watch(node, [program, 'check', '--kubeconfig', kubeconfig]);

/** Milliseconds from the start of the dashboard to what it shows. */
async function opening(kubeconfig: string) {
	const open = dashboard(kubeconfig);
	const text = await open.firstByte;
	const row = await open.shows('node-0');
	const all = await open.shows(isLive);
	await open.end();
	return {text, row, all};
}

/** A kubeconfig whose credentials come out of a program, and that program. */
async function withPlugin({directory, admin, server, ca}: ControlPlane) {
	const credential = join(directory, 'credential.json');
	const kubeconfig = join(directory, 'plugin.kubeconfig');
	const status = {clientCertificateData: admin.certificate, clientKeyData: admin.key};
	const apiVersion = 'client.authentication.k8s.io/v1';
	const exec = {apiVersion, command: 'cat', args: [credential], interactiveMode: 'Never'};
	const config = {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'plugin',
		clusters: [{name: 'real', cluster: {server, 'certificate-authority-data': Buffer.from(ca).toString('base64')}}],
		users: [{name: 'real', user: {exec}}],
		contexts: [{name: 'plugin', context: {cluster: 'real', user: 'real'}}],
	};
	await writeFile(credential, JSON.stringify({apiVersion, kind: 'ExecCredential', status}), {mode: 0o600});
	await writeFile(kubeconfig, JSON.stringify(config), {mode: 0o600});
	return {kubeconfig, credential};
}

/** What somebody asks who has just logged in, and has no midwatch. */
const questions = [
	'get nodes',
	'get pods -A --field-selector=status.phase!=Running',
	'get pvc -A',
	'get events -A --field-selector type=Warning',
	'get --raw /readyz',
];

/** Milliseconds that all of them take, one after the other. */
async function fiveCalls(kubectl: string, kubeconfig: string): Promise<number> {
	let sum = 0;
	for (const question of questions) sum += await watch(kubectl, ['--kubeconfig', kubeconfig, ...question.split(' ')]).ended;
	return sum;
}

/**
 * Times of commands that are run in turn, so that a slow moment of the machine hits them all: the medians, to be told, and
 * the least, to be compared, since noise only ever adds.
 */
export async function startUp(control: ControlPlane, runs: number) {
	const kubectl = join(await buildControlPlane(), 'kubectl');
	const plugin = await withPlugin(control);
	const end = (file: string, args: readonly string[]) => watch(file, args).ended;
	const round = async () => ({
		node: await end(node, ['-e', '0']),
		help: await end(node, [program, '--help']),
		version: await end(node, [program, '--version']),
		kubectl: await end(kubectl, ['--kubeconfig', control.kubeconfig, 'get', 'nodes']),
		fiveKubectl: await fiveCalls(kubectl, control.kubeconfig),
		check: await oneLook(control.kubeconfig).ended,
		...(await opening(control.kubeconfig)),
		withPlugin: (await opening(plugin.kubeconfig)).row - (await end('cat', [plugin.credential])),
	});
	// The first round warms the caches of the disk and of the compiler.
	await round();
	const rounds: Array<Awaited<ReturnType<typeof round>>> = [];
	for (let run = 0; run < runs; run++) rounds.push(await round());
	const over = (rule: (values: readonly number[]) => number) => {
		const of = (what: keyof (typeof rounds)[number]) => rule(rounds.map(one => one[what]));
		return {
			node: of('node'),
			help: of('help'),
			version: of('version'),
			kubectl: of('kubectl'),
			fiveKubectl: of('fiveKubectl'),
			check: of('check'),
			text: of('text'),
			row: of('row'),
			all: of('all'),
			withPlugin: of('withPlugin'),
		};
	};
	return {median: over(median), least: over(values => Math.min(...values))};
}

/** Resident memory of a Node that does nothing, after it has started. */
export async function bareMemory(): Promise<number> {
	const bare = watch(node, ['-e', 'setTimeout(() => {}, 60_000); process.stdout.write("up")']);
	await bare.shows('up');
	await pause(200);
	const memory = residentMiB(bare.pid);
	await bare.end();
	return memory;
}

/** Bytes written in `seconds` in which the screen stays as it is; a window in which an age turned is not that. */
export async function idleBytes(open: Watched, seconds: number): Promise<number> {
	for (let tries = 0; tries < 6; tries++) {
		const [screen, bytes] = [open.screen(), open.bytes()];
		await pause(seconds * 1000);
		if (open.screen() === screen) return open.bytes() - bytes;
	}
	throw new Error('no window in which nothing visible changed');
}

/** Bytes written when one cell of one row changes: a node gets a pod. */
export async function rowBytes(open: Watched, control: ControlPlane): Promise<number> {
	await idleBytes(open, 2);
	const before = open.bytes();
	const overrides = JSON.stringify({spec: {nodeName: 'node-3'}});
	await mustRun(control.kubectl, ['run', 'bench', '--image=example.org/main:1', `--overrides=${overrides}`]);
	await open.shows('1/110', 5000);
	await pause(300);
	return open.bytes() - before;
}

/** Milliseconds until the dashboard says that an API server which answers nothing any more is stale. */
export async function hungShownAfter(open: Watched, control: ControlPlane): Promise<number> {
	const from = open.now();
	control.processes['kube-apiserver'].freeze();
	try {
		return (await open.shows(screen => screen.includes('no connection'), 60_000)) - from;
	} finally {
		control.processes['kube-apiserver'].thaw();
		await open.shows(isLive, 60_000);
	}
}

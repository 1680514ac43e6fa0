import {readFile, rename, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {falseNones, witness} from '../_helpers/witness.ts';
import {issueServer, makeAuthority} from './certificates.ts';
import {openMidwatch, runMidwatch} from './midwatch.ts';
import {type ControlPlane, startControlPlane, type User} from './start.ts';

let controlPlane: ControlPlane;
const inFolder = (name: string) => join(controlPlane.directory, name);

beforeAll(async () => {
	controlPlane = await startControlPlane();
	await controlPlane.addNodes(3);
});

afterAll(async () => {
	await controlPlane?.stop();
});

/** Replaces a file in one step, as whoever renews certificates does. */
async function replace(name: string, text: string): Promise<void> {
	await writeFile(inFolder(`.${name}`), text, {mode: 0o600});
	await rename(inFolder(`.${name}`), inFolder(name));
}

/** A kubeconfig like another one, but for its parts that are given. */
async function kubeconfigWith(name: string, parts: {cluster?: object; user?: object}): Promise<string> {
	const config = JSON.parse(await readFile(controlPlane.kubeconfig, 'utf8')) as {
		clusters: [{cluster: object}];
		users: [{user: object}];
	};
	Object.assign(config.clusters[0].cluster, parts.cluster);
	if (parts.user !== undefined) config.users[0].user = parts.user;
	await writeFile(inFolder(name), JSON.stringify(config), {mode: 0o600});
	return inFolder(name);
}

const admin = {user: 'short-lived', groups: ['system:masters']};

async function keep({certificate, key}: User): Promise<void> {
	await replace('short.key', key);
	await replace('short.crt', certificate);
}

test('a client certificate that expires is said to have; renewed in its file, it is taken up', async () => {
	await keep(await controlPlane.issueUser({...admin, validFor: 12}));
	const on = await kubeconfigWith('files.kubeconfig', {
		user: {'client-certificate': inFolder('short.crt'), 'client-key': inFolder('short.key')},
	});
	await using screen = openMidwatch({on});
	await screen.pane('Nodes').shows('3 of 3');
	await screen.shows('● live');
	using seen = witness(screen);
	await screen.shows(/our client certificate expired today \([\d-]+\): fetch the kubeconfig again/, 45_000);
	await screen.pane('Nodes').shows(/stale <?\d+s/);
	await screen.pane('Nodes').shows('node-2');
	expect(screen.text()).not.toContain('● live');
	await keep(await controlPlane.issueUser(admin));
	await screen.shows('● live', 60_000);
	await screen.pane('Nodes').shows('3 of 3');
	await screen.hides(/stale/);
	expect(seen.screens().filter(shown => !shown.includes('node-2'))).toEqual([]);
});

test('a client certificate that has expired before: one sentence, exit 3', async () => {
	const {kubeconfig} = await controlPlane.issueUser({user: 'late', groups: ['system:masters'], validFor: -3 * 24 * 3600});
	const {stdout, stderr, code} = await runMidwatch('snapshot', '--kubeconfig', kubeconfig);
	expect(code).toBe(3);
	expect(stdout + stderr).toMatch(
		/our client certificate expired 3 d ago \([\d-]+\): fetch the kubeconfig again \(user real in .*late\.kubeconfig\)/,
	);
	expect(stdout + stderr).not.toMatch(/\n\s+at /);
});

test('an authority that is not the one of the server: said by name, and nothing is made up', async () => {
	const other = await makeAuthority('another-cluster');
	const on = await kubeconfigWith('other.kubeconfig', {
		cluster: {'certificate-authority-data': Buffer.from(other.certificate).toString('base64')},
	});
	await using screen = openMidwatch({on});
	using seen = witness(screen);
	await screen.shows('is signed by "midwatch-test", not by the authority in');
	await screen.shows('no connection');
	await screen.quiet(500);
	expect(falseNones(seen.screens())).toEqual([]);
	expect(screen.text()).not.toContain('● live');
	const {stdout, stderr, code} = await runMidwatch('snapshot', '--kubeconfig', on);
	expect(code).toBe(3);
	expect(stdout + stderr).toMatch(/is signed by "midwatch-test", not by the authority in .*other\.kubeconfig/);
});

test('a server that comes back with a certificate of another authority is not believed until it has its own again', async () => {
	await using screen = openMidwatch({on: controlPlane.kubeconfig});
	await screen.pane('Nodes').shows('3 of 3');
	await screen.shows('● live');
	using seen = witness(screen);
	const own = {certificate: await readFile(inFolder('server.crt'), 'utf8'), key: await readFile(inFolder('server.key'), 'utf8')};
	const put = async ({certificate, key}: typeof own) => {
		await replace('server.key', key);
		await replace('server.crt', certificate);
	};
	const server = controlPlane.processes['kube-apiserver'];
	await put(await issueServer(await makeAuthority('somebody-else')));
	await server.kill();
	// Whoever waits for it to be ready does not believe it either.
	const ready = server.start();
	try {
		await screen.shows('is signed by "somebody-else"', 45_000);
		await screen.pane('Nodes').shows('node-2');
		await screen.pane('Nodes').shows(/stale <?\d+s/);
		expect(screen.text()).not.toContain('● live');
	} finally {
		// The API server looks at its files by itself.
		await put(own);
		await ready;
	}
	await screen.shows('● live', 60_000);
	await screen.pane('Nodes').shows('3 of 3');
	expect(falseNones(seen.screens()).filter(shown => shown.includes('the cluster has no nodes'))).toEqual([]);
});

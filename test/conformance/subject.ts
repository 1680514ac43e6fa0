import {setTimeout as pause} from 'node:timers/promises';
import {expect} from 'vitest';
import {items, type Raw} from '../../source/cluster/raw.ts';
import {type Client, connect, type Protocol} from './client.ts';
import type {Target} from './target.ts';

/** What the tests of one protocol work with: a namespace of their own and three users. */
export type Subject = {
	readonly target: Target;
	readonly protocol: Protocol;
	readonly admin: Client;
	readonly limited: Client;
	/** Asks without credentials. */
	readonly nobody: Client;
	/** Exists, is empty but for what tests put there, and takes pods. */
	readonly namespace: string;
	/** `/api/v1/namespaces/<namespace>` */
	readonly home: string;
	/** A node that exists. */
	readonly node: string;
};

export async function arrange(target: Target, protocol: Protocol): Promise<Subject> {
	const admin = connect(target, protocol, target.admin);
	const made = await admin.ask('/api/v1/namespaces', {method: 'POST', json: {metadata: {generateName: 'conformance-'}}});
	expect(made.status, made.text()).toBe(201);
	const namespace = textOf(made.json().metadata?.name);
	const nodes = (await admin.ask('/api/v1/nodes')).json();
	const [node] = items(nodes.items);
	expect(items(nodes.items).length, 'the target must have two nodes or more').toBeGreaterThan(1);
	const subject: Subject = {
		target,
		protocol,
		admin,
		limited: connect(target, protocol, target.limited.credentials),
		nobody: connect(target, protocol, {}),
		namespace,
		home: `/api/v1/namespaces/${namespace}`,
		node: textOf(node?.metadata?.name),
	};
	// The real server refuses pods until a controller has made the default service account.
	await eventually(async () => {
		const reply = await admin.ask(`${subject.home}/pods?dryRun=All`, {method: 'POST', json: pod('probe', subject.node)});
		expect(reply.status, reply.text()).toBe(201);
	});
	return subject;
}

export async function clear({admin, limited, nobody, home}: Subject): Promise<void> {
	await admin.ask(home, {method: 'DELETE'});
	for (const client of [admin, limited, nobody]) client.close();
}

/** A small pod bound to a node. */
export function pod(name: string, node: string, labels: Readonly<Record<string, string>> = {}) {
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name, labels},
		spec: {
			nodeName: node,
			terminationGracePeriodSeconds: 1,
			containers: [{name: 'main', image: 'example.org/main:1', resources: {requests: {cpu: '10m', memory: '16Mi'}}}],
		},
	};
}

export function configMap(
	name: string,
	labels: Readonly<Record<string, string>> = {},
	data: Readonly<Record<string, string>> = {},
) {
	return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, labels}, data};
}

/** Creates an object in a collection and returns it as the server has it. */
export async function create(client: Client, collection: string, object: unknown): Promise<Raw> {
	const reply = await client.ask(collection, {method: 'POST', json: object});
	expect(reply.status, reply.text()).toBe(201);
	return reply.json();
}

/** Reads something that must be there. */
export async function read(client: Client, path: string, accept?: string): Promise<Raw> {
	const reply = await client.ask(path, accept === undefined ? {} : {accept});
	expect(reply.status, reply.text()).toBe(200);
	return reply.json();
}

export async function mergePatch(client: Client, path: string, json: unknown): Promise<Raw> {
	const reply = await client.ask(path, {method: 'PATCH', type: 'application/merge-patch+json', json});
	expect(reply.status, reply.text()).toBe(200);
	return reply.json();
}

/** Makes a pod look healthy, as its kubelet would. */
export function makeReady(client: Client, path: string): Promise<Raw> {
	const conditions = [{type: 'Ready', status: 'True', lastTransitionTime: new Date().toISOString()}];
	return mergePatch(client, `${path}/status`, {status: {phase: 'Running', conditions}});
}

/** Tries until the assertions in it hold; fails with the last failure after `within` milliseconds. */
export async function eventually<Value>(attempt: () => Promise<Value>, within = 30_000): Promise<Value> {
	const end = Date.now() + within;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() > end) throw error;
			await pause(100);
		}
	}
}

/** Text as it came; empty where it is none. */
export function textOf(raw: Raw | undefined): string {
	const value: unknown = raw;
	return typeof value === 'string' ? value : '';
}

/** The names of the items of a list, in its order. */
export function namesOf(list: Raw): string[] {
	return items(list.items).map(item => textOf(item.metadata?.name));
}

import {execFile} from 'node:child_process';
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {scenarios, worlds} from '../../source/demo/catalog.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster, Scenario} from '../../source/demo/model.ts';
import {type Ended, type Home, newHome, program} from './program.ts';

/** Everything that a check is made of: a home, clusters, and `midwatch check` on them without a terminal, in a zone of its own. */
export type Bench = {
	readonly home: Home;
	readonly environment: Readonly<Record<string, string>>;
	/** Starts a cluster and writes a kubeconfig with this context. Scenarios are played together. */
	readonly serve: (world: string, context: string, ...scenarios: readonly string[]) => Promise<Served>;
	readonly check: (...args: readonly string[]) => Promise<Ended>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export type Served = {
	readonly cluster: EmbeddedCluster;
	readonly file: string;
	readonly context: object;
	readonly user: object;
	readonly at: object;
};

const named = <T extends {readonly id: string}>(all: readonly T[], id: string): T => {
	const found = all.find(each => each.id === id);
	if (found === undefined) throw new Error(`There is no ${id}.`);
	return found;
};

const both = (played: readonly Scenario[]): Scenario | undefined =>
	played[0] && {...played[0], steps: played.flatMap(({steps}) => steps)};

export async function newBench(): Promise<Bench> {
	const home = await newHome();
	const clusters: EmbeddedCluster[] = [];
	const environment = {
		...home.environment,
		TZ: 'UTC',
		XDG_STATE_HOME: join(home.folder, 'state'),
		XDG_CONFIG_HOME: join(home.folder, 'config'),
	};
	return {
		home,
		environment,
		serve: async (world, context, ...ids) => {
			const cluster = await startEmbedded({
				world: named(worlds, world),
				scenario: both(ids.map(id => named(scenarios, id))),
			});
			clusters.push(cluster);
			const {server, ca, token} = cluster;
			const part = {
				context: {name: context, context: {cluster: context, user: context}},
				user: {name: context, user: {token}},
				at: {name: context, cluster: {server, 'certificate-authority-data': Buffer.from(ca).toString('base64')}},
			};
			await mkdir(join(home.folder, 'kube'), {recursive: true});
			const file = await home.put(`kube/${context}-${clusters.length}`, configOf([part], context));
			return {cluster, file, ...part};
		},
		check: (...args) =>
			new Promise(resolve => {
				execFile(program.file, [...program.words, 'check', ...args], {env: environment}, (error, stdout, stderr) =>
					resolve({code: error === null ? 0 : Number(error.code), stdout, stderr}),
				);
			}),
		[Symbol.asyncDispose]: async () => {
			await Promise.all(clusters.map(cluster => cluster.close()));
			await home[Symbol.asyncDispose]();
		},
	};
}

/** A kubeconfig of several clusters. */
export function configOf(parts: ReadonlyArray<Pick<Served, 'context' | 'user' | 'at'>>, current: string): string {
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': current,
		contexts: parts.map(({context}) => context),
		users: parts.map(({user}) => user),
		clusters: parts.map(({at}) => at),
	});
}

/** Times, ages and counts as zeros: what is left of a line is byte for byte the same. */
export function masked(text: string): string {
	return text
		.replaceAll(/\d+ [A-Z][a-z]{2} (?=\d\d:\d\d)/g, '')
		.replaceAll(/\b[A-Z]{3}(?= {2}\d)/g, 'UTC')
		.replaceAll(/<?\d+[smhdy](\d\d)?\b/g, '0h')
		.replaceAll(/\d+/g, '0');
}

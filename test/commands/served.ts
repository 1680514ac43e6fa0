import {readFile} from 'node:fs/promises';
import {scenarios, worlds} from '../../source/demo/catalog.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster} from '../../source/demo/model.ts';

/** An embedded cluster that is served, for the whole program to look at. */
export type Served = EmbeddedCluster & {readonly kubeconfig: string; readonly [Symbol.asyncDispose]: () => Promise<void>};

/** Serves a scenario; played so slowly that it stands still, unless somebody says. */
export async function serve(id: string, {world, speed = 0.1}: {world?: string; speed?: number} = {}): Promise<Served> {
	const scenario = scenarios.find(each => each.id === id);
	const played = worlds.find(each => each.id === (world ?? scenario?.worlds[0]));
	if (scenario === undefined || played === undefined) throw new Error(`there is no ${id} in ${world ?? 'any world'}`);
	const cluster = await startEmbedded({world: played, scenario, speed, port: 0});
	return {...cluster, kubeconfig: await cluster.writeKubeconfig(), [Symbol.asyncDispose]: cluster.close};
}

type Named = {readonly name: string; readonly [part: string]: unknown};
type Config = {
	readonly contexts: readonly Named[];
	readonly clusters: ReadonlyArray<Named & {readonly cluster: object}>;
	readonly users: readonly Named[];
};

/** What stands in the kubeconfig of a served cluster; under another address, where one is given. */
export async function configOf({kubeconfig}: Served, server?: string): Promise<Config> {
	const config = JSON.parse(await readFile(kubeconfig, 'utf8')) as Config;
	if (server === undefined) return config;
	return {...config, clusters: config.clusters.map(each => ({...each, cluster: {...each.cluster, server}}))};
}

/** One kubeconfig out of several. */
export function joined(configs: readonly Config[], current: string): string {
	const all = (part: keyof Config) => configs.flatMap(config => config[part]);
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': current,
		contexts: all('contexts'),
		clusters: all('clusters'),
		users: all('users'),
	});
}

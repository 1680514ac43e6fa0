import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster, KubeObject, Scenario, World} from '../../source/demo/model.ts';
import {type Client, connect} from '../conformance/client.ts';
import {tinyWorld} from './tiny-world.ts';

export type Running = {readonly cluster: EmbeddedCluster; readonly admin: Client; readonly stop: () => Promise<void>};

/** The tiny world with more objects in it, and its administrator. */
export async function running(
	more: readonly KubeObject[] = [],
	options: Partial<World> & {scenario?: Scenario; speed?: number} = {},
): Promise<Running> {
	const {scenario, speed, ...changes} = options;
	const world: World = {...tinyWorld, objects: (now, random) => [...tinyWorld.objects(now, random), ...more], ...changes};
	const cluster = await startEmbedded({world, scenario, speed});
	const admin = clientOf(cluster, cluster.token);
	return {
		cluster,
		admin,
		stop: async () => {
			admin.close();
			await cluster.close();
		},
	};
}

export function clientOf({server, ca}: EmbeddedCluster, token: string): Client {
	return connect({server, ca}, 'h2', {headers: {authorization: `Bearer ${token}`}});
}

/** A pod that runs and is ready, on node n1. */
export function runningPod(
	name: string,
	more: {labels?: Record<string, string>; ready?: boolean; phase?: string} = {},
): KubeObject {
	const {labels = {}, ready = true, phase = 'Running'} = more;
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name, namespace: 'default', labels},
		spec: {nodeName: 'n1', containers: [{name: 'main', image: 'example.org/main:1'}], terminationGracePeriodSeconds: 1},
		status: {phase, conditions: [{type: 'Ready', status: ready ? 'True' : 'False'}]},
	};
}

import {setTimeout as pause} from 'node:timers/promises';
import {type Cluster, openCluster} from '../../source/cluster/cluster.ts';
import {loadKubeconfig} from '../../source/cluster/kubeconfig/load.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import {scrapes, systems} from '../../source/findings/systems.ts';
import {isLoading} from '../../source/findings/unseen.ts';
import {type LiveWorld, openWorld} from '../../source/findings/world.ts';
import {leaseKind, nodeKind} from '../../source/nodes/index.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {type Client, connect as client} from '../conformance/client.ts';
import type {ControlPlane} from '../control-plane/start.ts';
import {median} from './proc.ts';

/** Longer than this runs: the world is told of nothing, but asked to catch up after each event, and timed. */
const never = 2 ** 30;

const patch = (admin: Client, path: string, status: object) =>
	admin.ask(`${path}/status`, {method: 'PATCH', type: 'application/strategic-merge-patch+json', json: {status}});

const condition = (turn: number) => ({
	conditions: [{type: 'Ready', status: turn % 2 === 0 ? 'False' : 'True', lastTransitionTime: new Date().toISOString()}],
});

/** The time in milliseconds that facts and findings take to follow an event, over so many of them. */
async function catchingUp(
	world: LiveWorld,
	source: ReturnType<Cluster['source']>,
	events: number,
	happen: (turn: number) => unknown,
) {
	const taken: number[] = [];
	let isDue = false;
	const stop = source.onRecord(() => {
		if (isDue) return;
		isDue = true;
		setImmediate(() => {
			isDue = false;
			const from = performance.now();
			world.renew();
			taken.push(performance.now() - from);
		});
	});
	for (let turn = 0; turn < 10 * events && taken.length < events; turn++) {
		await happen(turn);
		await pause(20);
	}
	stop();
	return median(taken);
}

/** Milliseconds from an event to facts and findings: of a lease renewed, a node and a pod that turn, whichever takes longest. */
export async function eventToFindings({kubeconfig, server, ca, admin: identity}: ControlPlane): Promise<number> {
	const transport = connect(await loadKubeconfig({path: kubeconfig, env: {}}), {version: 'bench', interactive: false});
	transport.open();
	const cluster = openCluster({transport, namespace: '', systems, scrapes, frameMs: never});
	const world = openWorld(cluster);
	const admin = client({server, ca}, 'h2', identity);
	try {
		while (isLoading(cluster)) await pause(100);
		const [pod] = cluster.source(podKind).reading().records.values();
		const medians = [
			await catchingUp(world, cluster.source(leaseKind), 100, () => {}),
			await catchingUp(world, cluster.source(nodeKind), 20, turn => patch(admin, '/api/v1/nodes/node-7', condition(turn))),
			await catchingUp(world, cluster.source(podKind), 20, turn =>
				patch(admin, `/api/v1/namespaces/${pod?.namespace}/pods/${pod?.name}`, condition(turn)),
			),
		];
		return Math.max(...medians);
	} finally {
		admin.close();
		world.close();
		cluster.close();
	}
}

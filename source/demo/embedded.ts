import {kubeconfigWriter} from './kubeconfig.ts';
import type {EmbeddedCluster, Scenario, Stage, World} from './model.ts';
import {sessionsOf} from './objects/cilium/node-config.ts';
import type {Cluster} from './server/exchange.ts';
import {createListener} from './server/listener.ts';
import {answer} from './server/router.ts';
import {makeCertificate} from './server/tls.ts';
import {createUsers} from './server/users.ts';
import {createStage, playScenario, setWorld} from './stage.ts';

export type EmbeddedOptions = {
	readonly world: World;
	readonly scenario?: Scenario | undefined;
	/** How many times as fast as real time it plays; default 1. */
	readonly speed?: number | undefined;
	/** How far its clock is ahead of this machine's, in milliseconds; default 0. */
	readonly ahead?: number | undefined;
	/** Default: any free port. */
	readonly port?: number | undefined;
	/** The same seed plays the same way. */
	readonly seed?: number | undefined;
};

/**
 * Starts an API server in this process, on the loopback interface, with a world in it. Rejects when the port is taken.
 * What a scenario says has happened before the start has happened when this resolves.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedCluster> {
	const {world, scenario, speed = 1, ahead = 0, port = 0, seed = 1} = options;
	const certificate = makeCertificate();
	const stage = createStage(speed, seed, ahead);
	setWorld(stage, world);
	const sessionsBefore = new Set(sessionsOf(stage));
	if (scenario) playScenario(stage, scenario);

	const {users, admin} = createUsers();
	const {ca, ...serving} = await certificate;
	const listener = createListener(serving, (request, response) => void answer(cluster, users, request, response));
	Object.assign(stage.server, {dropConnections: listener.drop, drainConnections: listener.drain});
	const host = `127.0.0.1:${await listener.listen(port)}`;
	refuseWith(stage.server, listener.refuse);
	const cluster: Cluster = {stage, version: world.version, host};

	const access = {server: `https://${host}`, ca, token: admin, contextName: `demo-${world.id}`};
	const kubeconfigs = kubeconfigWriter(access);
	return {
		...access,
		stage,
		sessionsBefore,
		addUser: users.add,
		compact: stage.store.compact,
		writeKubeconfig: kubeconfigs.write,
		close: async () => {
			stage.clock.stop();
			await listener.close();
			kubeconfigs.clear();
		},
	};
}

/** From now on the listener follows what is said of the server. */
function refuseWith(server: Stage['server'], refuse: (refused: boolean) => void): void {
	let refused = server.refuse;
	if (refused) refuse(true);
	Object.defineProperty(server, 'refuse', {
		get: () => refused,
		set: (wanted: boolean) => {
			if (wanted !== refused) refuse(wanted);
			refused = wanted;
		},
		enumerable: true,
	});
}

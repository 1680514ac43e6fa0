import {randomBytes} from 'node:crypto';
import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createClock} from './clock.ts';
import type {EmbeddedCluster, Scenario, Stage, World} from './model.ts';
import {createRandom} from './random.ts';
import {everything, type User} from './server/access.ts';
import {keepBudgets} from './server/budgets.ts';
import {builtin} from './server/builtin.ts';
import {keepDefinitions} from './server/definitions.ts';
import type {Cluster} from './server/exchange.ts';
import {createListener} from './server/listener.ts';
import {answer} from './server/router.ts';
import {makeCertificate} from './server/tls.ts';
import {createStore} from './store.ts';

export type EmbeddedOptions = {
	readonly world: World;
	readonly scenario?: Scenario | undefined;
	/** How many times as fast as real time it plays; default 1. */
	readonly speed?: number | undefined;
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
	const {world, scenario, speed = 1, port = 0, seed = 1} = options;
	const certificate = await makeCertificate();
	const clock = createClock(speed);
	const store = createStore(clock, seed);
	const users = new Map<string, User>();
	let bound = port;

	const listener = createListener(
		certificate,
		() => stage.server,
		(request, response) => void answer(cluster, users, request, response),
	);
	const stage: Stage = {
		store,
		clock,
		proxies: new Map(),
		logs: new Map(),
		server: {delayMs: 0, refuse: false, failing: false, dropConnections: listener.drop, drainConnections: listener.drain},
		random: createRandom(seed),
		silent: new Set(),
	};
	const cluster: Cluster = {stage, store, version: world.version, host: () => `127.0.0.1:${bound}`};
	const start = clock.now();
	for (const resource of [...builtin, ...world.resources]) store.define(resource);
	for (const object of world.objects(start, stage.random)) store.put(object);
	keepDefinitions(cluster);
	keepBudgets(cluster);
	world.play(stage);
	const past = playScenario(stage, clock.during, start, scenario);
	past();

	const addUser: EmbeddedCluster['addUser'] = (name, rules, groups: readonly string[] = []) => {
		for (const [token, user] of users) {
			if (user.name !== name) continue;
			user.rules = rules;
			return token;
		}
		const token = randomBytes(24).toString('base64url');
		users.set(token, {name, groups: [...groups, 'system:authenticated'], rules});
		return token;
	};
	const token = addUser('admin', [everything]);
	bound = await listener.listen(port);

	const server = `https://127.0.0.1:${bound}`;
	const contextName = `demo-${world.id}`;
	const folders: string[] = [];
	return {
		server,
		ca: certificate.ca,
		token,
		contextName,
		stage,
		addUser,
		compact: store.compact,
		writeKubeconfig: async () => {
			const folder = await mkdtemp(join(tmpdir(), 'midwatch-demo-'));
			folders.push(folder);
			await chmod(folder, 0o700);
			const path = join(folder, 'kubeconfig');
			await writeFile(path, kubeconfig(server, certificate.ca, token, contextName), {mode: 0o600});
			return path;
		},
		close: async () => {
			clock.stop();
			await listener.close();
			for (const folder of folders) await rm(folder, {recursive: true, force: true});
		},
	};
}

/** Sets the timers of what is to come, and returns how to play what has been. */
function playScenario(
	stage: Stage,
	during: (time: number, act: () => void) => void,
	start: number,
	scenario?: Scenario,
): () => void {
	const steps = scenario?.steps ?? [];
	for (const {at, act} of steps.filter(step => step.at >= 0)) stage.clock.after(at, () => act(stage, start + at * 1000));
	return () => {
		for (const {at, act} of steps.filter(step => step.at < 0).toSorted((a, b) => a.at - b.at)) {
			const then = start + at * 1000;
			during(then, () => act(stage, then));
		}
	};
}

/** JSON is YAML. */
function kubeconfig(server: string, ca: string, token: string, name: string): string {
	const config = {
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{name, cluster: {server, 'certificate-authority-data': Buffer.from(ca).toString('base64')}}],
		users: [{name, user: {token}}],
		contexts: [{name, context: {cluster: name, user: name, namespace: 'default'}}],
		'current-context': name,
	};
	return `${JSON.stringify(config, null, '\t')}\n`;
}

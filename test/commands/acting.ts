import {mkdir} from 'node:fs/promises';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster, KubeObject, Reference} from '../../source/demo/model.ts';
import type {Pty} from '../_helpers/pty.ts';
import {tinyWorld} from '../demo/tiny-world.ts';
import {type Home, newHome} from './program.ts';

/** A cluster of two nodes with a few objects more, and somebody at home who acts on it. */
export type Bench = {
	readonly cluster: EmbeddedCluster;
	readonly home: Home;
	readonly kubeconfig: string;
	/** Words that reach the cluster. */
	readonly reaching: readonly string[];
	/** Runs midwatch on it without a terminal. */
	readonly run: (...args: readonly string[]) => ReturnType<Home['run']>;
	/** Runs midwatch on it in a terminal. */
	readonly open: (...args: readonly string[]) => Pty;
	/** Says once at a terminal that the cluster may be changed. */
	readonly allow: () => Promise<void>;
	/** Declares guards for a context, as somebody would with an editor. */
	readonly guard: (guards: object, context?: string) => Promise<void>;
	readonly node: (name: string) => KubeObject | undefined;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Waits for a question, and answers it. */
export async function answer(pty: Pty, question: string | RegExp, typed: string): Promise<void> {
	await pty.shows(question);
	pty.type(typed);
	pty.press('enter');
}

const nodeAt = (name: string): Reference => ({group: '', plural: 'nodes', namespace: '', name});

export async function newActingBench(more: readonly KubeObject[] = []): Promise<Bench> {
	const cluster = await startEmbedded({
		speed: 10,
		world: {...tinyWorld, objects: (now, random) => [...tinyWorld.objects(now, random), ...more]},
	});
	const home = await newHome();
	const kubeconfig = await cluster.writeKubeconfig();
	const reaching = ['--kubeconfig', kubeconfig];
	const open = (...args: readonly string[]) => home.open([...args, ...reaching], {columns: 100, rows: 50});
	const node = (name: string) => cluster.stage.store.get(nodeAt(name));
	return {
		cluster,
		home,
		kubeconfig,
		reaching,
		run: (...args) => home.run(...args, ...reaching),
		open,
		node,
		allow: async () => {
			await using pty = open('cordon', 'n2', '--yes');
			await answer(pty, 'Allow them from now on? (yes/no)', 'yes');
			await pty.exited;
			await home.run('uncordon', 'n2', '--yes', ...reaching);
		},
		guard: async (guards, context = cluster.contextName) => {
			await mkdir(`${home.folder}/.config/midwatch`, {recursive: true});
			await home.put('.config/midwatch/config.json', JSON.stringify({contexts: {[context]: {guards}}}));
		},
		[Symbol.asyncDispose]: async () => {
			await cluster.close();
			await home[Symbol.asyncDispose]();
		},
	};
}

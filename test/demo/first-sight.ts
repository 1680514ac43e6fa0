import {openCluster} from '../../source/cluster/cluster.ts';
import {loadKubeconfig} from '../../source/cluster/kubeconfig/load.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import {settled} from '../../source/commands/settle.ts';
import {scenarios, worlds} from '../../source/demo/catalog.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {Stage} from '../../source/demo/model.ts';
import type {Moment} from '../../source/diagnosis.ts';
import type {Incident} from '../../source/findings/fold.ts';
import {historyOf} from '../../source/findings/history.ts';
import {storyOf} from '../../source/findings/story.ts';
import {scrapes, systems} from '../../source/findings/systems.ts';
import {type LiveWorld, noBackground, openWorld, type World} from '../../source/findings/world.ts';
import type {Detail} from '../../source/vocabulary.ts';

/** A scenario that has happened before midwatch was started, as it is seen first. */
export type Sight = {
	readonly stage: Stage;
	readonly world: () => World;
	/** Told of every change of the world. */
	readonly subscribe: LiveWorld['subscribe'];
	/** When the scenario was started, by the cluster's clock; epoch ms. */
	readonly startedAt: number;
	readonly incidents: () => readonly Incident[];
	readonly history: () => readonly Moment[];
	readonly story: (name: string) => Detail;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

type Look = {
	/** The world it is played in, where that is not its first. */
	readonly world?: string;
	readonly speed?: number;
	/** How far the cluster's clock is ahead of this machine's, in milliseconds. */
	readonly ahead?: number;
};

/** Starts a scenario, connects, and waits until all is read. */
export async function firstSightOf(id: string, {world: where, speed = 1, ahead = 0}: Look = {}): Promise<Sight> {
	const scenario = scenarios.find(each => each.id === id);
	const world = worlds.find(each => each.id === (where ?? scenario?.worlds[0]));
	if (!scenario || !world) throw new Error(`There is no ${id} in ${where}.`);
	const embedded = await startEmbedded({world, scenario, speed, ahead});
	const startedAt = embedded.stage.clock.now();
	const target = await loadKubeconfig({path: await embedded.writeKubeconfig(), env: {}});
	const transport = connect(target, {version: '0.0.0-test', interactive: false});
	transport.open();
	const cluster = openCluster({transport, namespace: target.namespace, systems, scrapes});
	const live = openWorld(cluster, noBackground);
	await settled({world: live, close: () => {}}, {whole: 10_000, hopeless: 500});
	// Word of the last of it comes with the next frame.
	await new Promise(resolve => setTimeout(resolve, 150));
	live.renew();
	return {
		stage: embedded.stage,
		world: live.current,
		subscribe: live.subscribe,
		startedAt,
		incidents: () => live.current().incidents.incidents,
		history: () => historyOf(live.current(), cluster),
		story: name => {
			const {incidents, ledger} = live.current();
			const told = storyOf(incidents, name, historyOf(live.current(), cluster), ledger.findings);
			if (told === undefined)
				throw new Error(`There is no story of ${name}: ${ledger.findings.map(each => each.name).join(', ')}`);
			return told;
		},
		[Symbol.asyncDispose]: async () => {
			live.close();
			cluster.close();
			await embedded.close();
		},
	};
}

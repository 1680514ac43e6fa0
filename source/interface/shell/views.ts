import {loseIt, lossesOf} from '../../actions/quick-look.ts';
import {backupsDetail} from '../../backups/detail.ts';
import {backupsView} from '../../backups/view.ts';
import {bgpDetail} from '../../bgp/detail.ts';
import {bgpView} from '../../bgp/view.ts';
import type {Cluster} from '../../cluster/cluster.ts';
import {historyOf} from '../../findings/history.ts';
import {storyOf} from '../../findings/story.ts';
import {targetsOf} from '../../findings/targets.ts';
import {momentDetail, timelineView} from '../../findings/timeline.ts';
import {incidentsView, risksView} from '../../findings/view.ts';
import type {World} from '../../findings/world.ts';
import {gpuDetail} from '../../gpu/detail.ts';
import {gpuView} from '../../gpu/view.ts';
import {nodesDetail} from '../../nodes/detail.ts';
import type {TopPods} from '../../nodes/top-pods.ts';
import {nodesView} from '../../nodes/view.ts';
import {platformDetail} from '../../platform/detail.ts';
import {platformView} from '../../platform/view.ts';
import {shippedFor} from '../../runbooks/match/shipped.ts';
import {storageDetail} from '../../storage/detail.ts';
import {storageView} from '../../storage/view.ts';
import {type Detail, type PaneView, type ViewId, viewIds} from '../../vocabulary.ts';
import {warningKind} from '../../workloads/event.ts';
import type {Picture} from './model.ts';
import {podBehind, withPods} from './pods.ts';

/** What is drawn of a view, and what lies behind a row of it. */
type Viewing = {
	readonly view: (world: World, cluster: Cluster) => PaneView;
	readonly detail: (world: World, key: string, cluster: Cluster, topPods: TopPods | undefined) => Detail | undefined;
};

const story: Viewing['detail'] = (world, key, cluster) => {
	const {findings} = world.ledger;
	const told = storyOf(world.incidents, key, historyOf(world, cluster), findings, world.links, shippedFor);
	const finding = findings.find(({name}) => name === key);
	return told && finding && withPods(told, finding, world, cluster);
};

const views: Readonly<Record<ViewId, Viewing>> = {
	incidents: {view: ({incidents}) => incidentsView(incidents), detail: story},
	nodes: {
		view: world => nodesView(world.nodes, loseIt(world)),
		detail: (world, key, cluster, topPods) =>
			nodesDetail(world.nodes, key, cluster.now(), {
				warnings: cluster.source(warningKind).reading(),
				topPods,
				lookedAt: {as: loseIt(world).get(key), losses: lossesOf(world, key)},
			}),
	},
	storage: {
		view: ({storage}) => storageView(storage),
		detail: ({storage}, key, cluster) =>
			storageDetail(storage, key, cluster.now(), {warnings: cluster.source(warningKind).reading()}),
	},
	bgp: {
		view: ({bgp}) => bgpView(bgp),
		detail: ({bgp}, key, cluster) => bgpDetail(bgp, key, cluster.now(), {warnings: cluster.source(warningKind).reading()}),
	},
	backups: {
		view: ({backups}) => backupsView(backups),
		detail: ({backups}, key, cluster) => backupsDetail(backups, key, cluster.now()),
	},
	gpu: {
		view: ({gpu}) => gpuView(gpu),
		detail: (world, key, cluster) =>
			podBehind(gpuView(world.gpu).rows, key, world, cluster) ?? gpuDetail(world.gpu, key, cluster.now()),
	},
	platform: {
		view: ({platform}) => platformView(platform),
		detail: ({platform}, key, cluster) => platformDetail(platform, key, cluster.now()),
	},
	timeline: {
		view: (world, cluster) =>
			timelineView(historyOf(world, cluster), !world.incidents.blind.some(({required}) => required), cluster.now()),
		detail: (world, key, cluster) => momentDetail(historyOf(world, cluster), key, cluster.now()),
	},
	risks: {view: world => risksView(world.incidents, targetsOf(world, world.recoveries)), detail: story},
};

/** All views of a world, each made when somebody looks at it. The same facts give the same views. */
export function viewsOf(world: World, cluster: Cluster): Picture['panes'] {
	const made = {} as Record<ViewId, PaneView>;
	for (const id of viewIds) {
		let view: PaneView | undefined;
		Object.defineProperty(made, id, {enumerable: true, get: () => (view ??= views[id].view(world, cluster))});
	}
	return made;
}

/** What lies behind a row, of a node with what its pods use where that was asked for; undefined when it is not there any more. */
export function detailOf(
	world: World,
	view: ViewId,
	key: string,
	cluster: Cluster,
	topPods: TopPods | undefined,
): Detail | undefined {
	return views[view].detail(world, key, cluster, topPods);
}

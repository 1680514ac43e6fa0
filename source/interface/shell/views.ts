import {backupsDetail} from '../../backups/detail.ts';
import {backupsView} from '../../backups/view.ts';
import {bgpDetail} from '../../bgp/detail.ts';
import {bgpView} from '../../bgp/view.ts';
import {historyOf} from '../../findings/history.ts';
import {storyOf} from '../../findings/story.ts';
import {targetsOf} from '../../findings/targets.ts';
import {momentDetail, timelineView} from '../../findings/timeline.ts';
import {incidentsView, risksView} from '../../findings/view.ts';
import type {World} from '../../findings/world.ts';
import {gpuDetail} from '../../gpu/detail.ts';
import {gpuView} from '../../gpu/view.ts';
import {nodesDetail} from '../../nodes/detail.ts';
import {nodesView} from '../../nodes/view.ts';
import {storageDetail} from '../../storage/detail.ts';
import {storageView} from '../../storage/view.ts';
import {type Detail, memoised, type PaneView, type ViewId, viewIds} from '../../vocabulary.ts';
import type {Picture} from './model.ts';

/** What is drawn of a view, and what lies behind a row of it. */
type Viewing = {
	readonly view: (world: World) => PaneView;
	readonly detail: (world: World, key: string, now: number) => Detail | undefined;
};

const story: Viewing['detail'] = (world, key) => storyOf(world.incidents, key, historyOf(world), world.ledger.findings);

const views: Readonly<Record<ViewId, Viewing>> = {
	incidents: {view: ({incidents}) => incidentsView(incidents), detail: story},
	nodes: {view: ({nodes}) => nodesView(nodes), detail: ({nodes}, key, now) => nodesDetail(nodes, key, now)},
	storage: {view: ({storage}) => storageView(storage), detail: ({storage}, key, now) => storageDetail(storage, key, now)},
	bgp: {view: ({bgp}) => bgpView(bgp), detail: ({bgp}, key, now) => bgpDetail(bgp, key, now)},
	backups: {view: ({backups}) => backupsView(backups), detail: ({backups}, key, now) => backupsDetail(backups, key, now)},
	gpu: {view: ({gpu}) => gpuView(gpu), detail: ({gpu}, key, now) => gpuDetail(gpu, key, now)},
	platform: {view: ({nodes}) => nodesView(nodes), detail: ({nodes}, key, now) => nodesDetail(nodes, key, now)},
	timeline: {
		view: world => timelineView(historyOf(world), world.incidents.asOf),
		detail: (world, key, now) => momentDetail(historyOf(world), key, now),
	},
	risks: {view: memoised((world: World) => risksView(world.incidents, targetsOf(world))), detail: story},
};

/** All views of a world, each made when somebody looks at it. The same facts give the same views. */
export const viewsOf: (world: World) => Picture['panes'] = memoised((world: World) => {
	const made = {} as Record<ViewId, PaneView>;
	for (const id of viewIds) {
		const view = memoised(views[id].view);
		Object.defineProperty(made, id, {enumerable: true, get: () => view(world)});
	}
	return made;
});

/** What lies behind a row; undefined when it is not there any more. `now` is epoch ms on the server's clock. */
export function detailOf(world: World, view: ViewId, key: string, now: number): Detail | undefined {
	return views[view].detail(world, key, now);
}

import {backupsDetail} from '../../backups/detail.ts';
import {backupsView} from '../../backups/view.ts';
import {bgpDetail} from '../../bgp/detail.ts';
import {bgpView} from '../../bgp/view.ts';
import type {World} from '../../findings/world.ts';
import {gpuDetail} from '../../gpu/detail.ts';
import {gpuView} from '../../gpu/view.ts';
import {nodesDetail} from '../../nodes/detail.ts';
import {nodesView} from '../../nodes/view.ts';
import {storageDetail} from '../../storage/detail.ts';
import {storageView} from '../../storage/view.ts';
import {type Detail, type PaneId, type PaneView, paneIds} from '../../vocabulary.ts';
import type {Picture} from './model.ts';

/** What is drawn, and what lies behind a row, of every pane. */
const panes: Readonly<
	Record<
		PaneId,
		{readonly view: (world: World) => PaneView; readonly detail: (world: World, key: string, now: number) => Detail | undefined}
	>
> = {
	nodes: {view: ({nodes}) => nodesView(nodes), detail: ({nodes}, key, now) => nodesDetail(nodes, key, now)},
	storage: {view: ({storage}) => storageView(storage), detail: ({storage}, key, now) => storageDetail(storage, key, now)},
	bgp: {view: ({bgp}) => bgpView(bgp), detail: ({bgp}, key, now) => bgpDetail(bgp, key, now)},
	backups: {view: ({backups}) => backupsView(backups), detail: ({backups}, key, now) => backupsDetail(backups, key, now)},
	gpu: {view: ({gpu}) => gpuView(gpu), detail: ({gpu}, key, now) => gpuDetail(gpu, key, now)},
};

/** All panes of a world. The same facts give the same views. */
export function viewsOf(world: World): Picture['panes'] {
	return Object.fromEntries(paneIds.map(id => [id, panes[id].view(world)])) as Picture['panes'];
}

/** What lies behind a row; undefined when it is not there any more. `now` is epoch ms on the server's clock. */
export function detailOf(world: World, pane: PaneId, key: string, now: number): Detail | undefined {
	return panes[pane].detail(world, key, now);
}

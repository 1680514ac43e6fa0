import type {Picture, PictureSource} from '../../source/interface/shell/model.ts';
import {
	type Cell,
	type Column,
	type Detail,
	type Health,
	own,
	type PaneView,
	type RawName,
	type Row,
	type ViewId,
} from '../../source/vocabulary.ts';

/** The night the pictures are taken: 02:14, as epoch ms. */
export const night = Date.UTC(2026, 10, 21, 2, 14);

const raw = (name: string) => name as RawName;

type Cellish = string | {readonly text: string; readonly health?: Health; readonly sort?: number};

export function cell(of: Cellish): Cell {
	return typeof of === 'string' ? {text: own(of)} : {...of, text: own(of.text)};
}

export function row(health: Health, key: string, cells: readonly Cellish[], resource = 'nodes', under?: string): Row {
	const [name = '', namespace = ''] = key.split('/').reverse();
	const subject = {resource, namespace: raw(namespace), name: raw(name)};
	return {key, health, cells: cells.map(cell), subject, ...(under === undefined ? {} : {under})};
}

const columns = (
	...of: ReadonlyArray<readonly [id: string, title: string, priority: number, more?: Partial<Column>]>
): Column[] => of.map(([id, title, priority, more]) => ({id, title, priority, ...more}));

const right = {align: 'right'} as const;

const live = {is: 'live'} as const;

const node = (
	health: Health,
	name: string,
	roles: string,
	state: Cellish,
	cpu: number,
	memory: number,
	pods: number,
	lose: Cellish,
) =>
	row(health, name, [
		name,
		roles,
		state,
		{text: cpu < 0 ? '–' : `${cpu}`, sort: cpu},
		{text: memory < 0 ? '–' : `${memory}`, sort: memory, ...(memory > 90 ? {health: 'warn'} : {})},
		{text: `${pods}`, sort: pods},
		lose,
	]);

export const nodes: PaneView = {
	summary: own('7 of 8 · etcd 2/3, may lose 0'),
	state: live,
	columns: columns(
		['name', 'NAME', 0],
		['roles', 'ROLES', 3],
		['state', 'STATE', 0, {grow: true, min: 8}],
		['cpu', 'CPU', 2, {...right, min: 3}],
		['memory', 'MEM', 2, {...right, min: 3}],
		['pods', 'PODS', 4, {...right, min: 4}],
		['lose', 'LOSE IT?', 1, {max: 16}],
	),
	rows: [
		node('bad', 'nuc-2', 'cp,etcd', {text: 'silent 35m', health: 'bad'}, -1, -1, 12, '–'),
		node('held', 'pi4-1', 'worker', 'cordoned 2d by us', 12, 70, 9, 'yes'),
		node('ok', 'nuc-1', 'cp,etcd', 'ready', 23, 61, 16, {text: 'no: etcd', health: 'warn'}),
		node('ok', 'nuc-3', 'cp,etcd', 'ready', 31, 58, 14, {text: 'no: etcd', health: 'warn'}),
		node('ok', 'gpu-1', 'worker', 'ready', 8, 44, 7, 'yes, but GPU'),
		node('ok', 'nas-1', 'worker', 'ready', 4, 31, 5, 'yes'),
		node('ok', 'pi4-2', 'worker', 'ready', 40, 92, 11, 'yes'),
		node('ok', 'ryzen-1', 'worker', 'ready', 17, 39, 21, 'yes'),
	],
	notes: [],
	empty: own('no nodes'),
};

const tier = (health: Health, name: string, kind: string, volumes: number, state: Cellish, used: string) =>
	row(health, name, [name, kind, {text: `${volumes}`, sort: volumes}, state, used], 'storageclasses.storage.k8s.io');

export const storage: PaneView = {
	summary: own('2 degraded'),
	state: live,
	columns: columns(
		['tier', 'TIER', 0],
		['kind', 'KIND', 2],
		['volumes', 'VOLS', 3, right],
		['health', 'HEALTH', 0, {grow: true}],
		['used', 'USED', 1, right],
	),
	rows: [
		tier('warn', 'nvme', 'longhorn ×2', 14, {text: '2 degraded', health: 'warn'}, '61 %'),
		tier('risk', 'local-path', 'on one node', 6, 'no copy', '–'),
		tier('risk', 'media', 'nfs nas-1', 4, 'one server', '72 %'),
		tier('ok', 'optane', 'longhorn ×2', 3, 'ok', '12 %'),
		tier('ok', 'sas-ssd', 'longhorn ×2', 9, 'ok', '38 %'),
	],
	notes: [{health: 'warn', text: own('claim data-immich-0 is Pending for 12m: no node with disk tag nvme has room')}],
	empty: own('no storage classes'),
};

const peer = (health: Health, name: string, state: Cellish, routes: string) =>
	row(health, name, [name, '→ 10.0.0.1', state, routes], 'ciliumbgpnodeconfigs.cilium.io');

export const bgp: PaneView = {
	summary: own('6 of 7 up'),
	state: live,
	columns: columns(['node', 'NODE', 0], ['peer', 'PEER', 2], ['state', 'STATE', 0, {grow: true}], ['routes', 'ROUTES', 1]),
	rows: [
		peer('unknown', 'nuc-2', {text: 'unknown, agent silent 35m', health: 'unknown'}, '–'),
		...['nuc-1', 'nuc-3', 'gpu-1', 'nas-1', 'pi4-1', 'pi4-2'].map(name => peer('ok', name, 'up 12d', 'in 4  out 9')),
	],
	notes: [],
	empty: own('no peers'),
};

const backup = (health: Health, name: string, point: string, state: Cellish, proven: string) =>
	row(health, `velero/${name}`, [name, point, state, proven], 'schedules.velero.io');

export const backups: PaneView = {
	summary: own('1 late'),
	state: live,
	columns: columns(
		['tier', 'TIER', 0],
		['point', 'RECOVERY POINT', 0],
		['state', 'STATE', 1, {grow: true}],
		['proven', 'PROVEN', 2],
	),
	rows: [
		backup('warn', 'tier-0', '8h04 of 6h', {text: 'partial', health: 'warn'}, '12d'),
		backup('ok', 'tier-1', '5h10 of 24h', 'good', '41d'),
		backup('ok', 'tier-2', '3d of 7d', 'good', '–'),
		backup('ok', 'etcd', '2h of 12h', 'off-site', '–'),
	],
	notes: [],
	empty: own('no schedules'),
};

export const gpu: PaneView = {
	summary: own('average 71 %, target 70'),
	state: {is: 'polled', asOf: night - 5000, every: 30_000},
	columns: columns(
		['device', 'DEVICE', 0, {grow: true}],
		['use', 'USE', 0, right],
		['memory', 'MEMORY', 1, right],
		['temperature', 'TEMP', 2, right],
		['power', 'POWER', 3, right],
	),
	rows: [
		row('ok', 'gpu-1/0', ['gpu-1/0 RTX 4000 SFF Ada', '83 %', '14.1/20 Gi', '71°', '68 W'], 'nodes'),
		row('idle', 'ai/ollama-0', ['ai/ollama-0', '', '', '', ''], 'pods', 'gpu-1/0'),
	],
	notes: [],
	empty: own('no GPU in this cluster'),
};

/** A view with nothing in it. */
const none: PaneView = {
	summary: own(''),
	state: live,
	columns: columns(['what', 'WHAT', 0, {grow: true}], ['finding', 'FINDING', 1]),
	rows: [],
	notes: [],
	empty: own('nothing'),
};

const wrong = (health: Health, key: string, what: string, under?: string): Row => ({
	...row(health, key, [what, key.split(':')[0] ?? ''], 'nodes', under),
	about: own(key.split(':')[1] ?? key),
});

/** What the incidents view says that night. */
export const incidents: PaneView = {
	...none,
	rows: [
		wrong(
			'bad',
			'node-not-ready:nuc-2',
			'nuc-2: kubelet silent since 01:39 (35m) — jellyfin and immich down · 2 volumes degraded · 6 pods pending · 1 BGP session presumed down',
		),
		wrong('warn', 'volume-degraded:media/books', 'media/books: degraded since 01:41 (33m)', 'node-not-ready:nuc-2'),
		wrong('warn', 'backup-late:tier-0', 'tier-0: recovery point 8h04 old, target 6h + 36m grace'),
	],
};

export const incident: Picture = {
	context: own('homelab'),
	server: own('nuc-1:6443'),
	demo: true,
	line: {is: 'up'},
	latency: 'fast',
	oldest: undefined,
	panes: {incidents: none, nodes, storage, bgp, backups, gpu, platform: none, timeline: none, risks: none},
	objects: {
		nodes: nodes.rows.map(({key, health}) => ({name: raw(key), shown: own(key), actionable: true, cordoned: health === 'held'})),
		tiers: ['tier-0', 'tier-1', 'tier-2'].map(name => ({
			key: `velero/${name}`,
			shown: own(name),
			name,
			actionable: true,
			paused: name === 'tier-2',
			why: name === 'tier-1' ? own('tier-1-20261126140000 is running since 5m') : undefined,
		})),
	},
	wrong: {critical: 0, warning: 0, unknown: 0, risks: 0, unread: false},
	notes: [],
	outage: [],
};

/** The same night, told as incidents. */
export const troubled: Picture = {
	...incident,
	panes: {...incident.panes, incidents},
	wrong: {critical: 1, warning: 1, unknown: 0, risks: 3, unread: false},
};

/** The state of every pane, replaced. */
export function withState(picture: Picture, change: (view: PaneView, pane: ViewId) => Partial<PaneView>): Picture {
	const panes = Object.entries(picture.panes).map(([id, view]) => [id, {...view, ...change(view, id as ViewId)}]);
	return {...picture, panes: Object.fromEntries(panes) as Picture['panes']};
}

/** What is seen before anything has been read. */
export const loading: Picture = {
	...withState(incident, () => ({rows: [], notes: [], summary: own(''), state: {is: 'loading'}})),
	line: {is: 'connecting', why: own('waiting for kubelogin, 3s')},
	latency: 'unknown',
};

/** What is seen when the API server has not answered for a while. */
export const cutOff: Picture = {
	...withState(incident, () => ({
		state: {is: 'stale', since: night - 124_000, why: own('no answer from the API server for 12 s')},
	})),
	line: {is: 'down', why: own('connect ECONNREFUSED 192.168.1.11:6443')},
	latency: 'unknown',
	oldest: night - 124_000,
};

export function detailOf(pane: ViewId, key: string): Detail | undefined {
	const found = incident.panes[pane].rows.find(one => one.key === key);
	if (found === undefined) return undefined;
	const lines = incident.panes[pane].columns.map(({title}, at) => ({
		label: title.toLowerCase(),
		value: found.cells[at]?.text ?? own(''),
	}));
	return {
		title: own(key),
		sections: [
			{title: 'Facts', lines},
			{
				title: 'Evidence',
				lines: [
					{
						label: 'condition',
						value: own(
							'Ready is Unknown since 01:39: Kubelet stopped posting node status. The node may be powered off or cut off from the network.',
						),
						health: 'bad',
					},
					{label: 'lease', value: own('renewed 35m ago')},
				],
			},
		],
	};
}

/** A source whose picture is set by hand. */
export type HandSource = PictureSource & {
	readonly show: (picture: Picture) => void;
	readonly passes: (milliseconds: number) => void;
};

export function handSource(first: Picture = incident): HandSource {
	let picture = first;
	let now = night;
	const listeners = new Set<() => void>();
	const tell = () => {
		for (const listener of listeners) listener();
	};
	return {
		current: () => picture,
		now: () => now,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		detail: detailOf,
		show: next => {
			picture = next;
			tell();
		},
		passes: milliseconds => {
			now += milliseconds;
			tell();
		},
	};
}

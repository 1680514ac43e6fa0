import {type FindingId, findingIds} from '../diagnosis.ts';
import type {LastKnown} from '../last-known.ts';
import {
	type Column,
	type Detail,
	own,
	type PaneView,
	type Row,
	type SafeText,
	type SourceState,
	say,
	type ViewId,
	viewIds,
} from '../vocabulary.ts';
import {age, count, duration, join} from '../words.ts';
import {catalogue} from './catalogue.ts';
import {clockTime} from './tell.ts';

/** What was known last of a cluster whose API does not answer, told at `now` (epoch ms); `why` says what the line says. */
export type Dark = {readonly known: LastKnown; readonly why: SafeText; readonly now: number};

type Table = {readonly columns: readonly Column[]; readonly rows: readonly Row[]; readonly summary: SafeText};

const column = (id: string, title: string, more: Partial<Column> = {}): Column => ({id, title, priority: 0, ...more});
const grows = {grow: true, min: 12} as const;

/** Nothing here is called well: it was so once. */
const row = (key: string, ...texts: readonly SafeText[]): Row => ({key, health: 'unknown', cells: texts.map(text => ({text}))});

function nodes({nodes: all = [], vip, etcd}: LastKnown): Table {
	const ready = all.filter(each => each.ready).length;
	const holds = (name: SafeText) => (vip?.holder === name ? own('held the VIP') : undefined);
	const voters = etcd && say`etcd was ${etcd.healthy}/${etcd.voters}`;
	return {
		columns: [column('name', 'NAME'), column('state', 'STATE', grows), column('ip', 'ADDRESS', {priority: 1})],
		rows: all.map(({name, ready: was, addresses: [address = '']}) =>
			row(name, name, join([own(was ? 'was ready' : 'was not ready'), holds(name)]), own(address)),
		),
		summary: all.length === 0 ? own('') : join([say`${ready} of ${all.length} were ready`, voters]),
	};
}

function backups({tiers = new Map()}: LastKnown, now: number): Table {
	return {
		columns: [column('tier', 'TIER'), column('point', 'RECOVERY POINT', grows)],
		rows: [...tiers].map(([name, {point, target}]) =>
			row(name, own(name), say`${point === 0 ? own('none') : age(point, now, 'fine')} of ${duration(target)}`),
		),
		summary: own(''),
	};
}

function bgp({sessions = []}: LastKnown): Table {
	return {
		columns: [column('session', 'SESSION'), column('state', 'STATE', grows)],
		rows: sessions.map(session => row(session, session, own('was there'))),
		summary: own(''),
	};
}

function gpu({gpus = new Map()}: LastKnown): Table {
	const some = [...gpus].filter(([, many]) => many > 0);
	return {
		columns: [column('node', 'NODE'), column('gpus', 'GPUS', grows)],
		rows: some.map(([node, many]) => row(node, own(node), say`had ${count(many, 'GPU')}`)),
		summary: own(''),
	};
}

const isId = (id: string): id is FindingId => findingIds.some(each => each === id);

function findings({findings: all = new Map(), seenAt}: LastKnown, now: number, wanted: 'incident' | 'risk'): Table {
	const found = [...all].flatMap(([name, {since, title, severity}]) => {
		const [id = '', ...about] = name.split(':');
		if (!isId(id) || catalogue[id].class !== wanted) return [];
		return [{name, id, about: own(about.join(':')), since, title, severity}];
	});
	found.sort((a, b) => (a.severity === b.severity ? a.since - b.since : a.severity === 'critical' ? -1 : 1));
	const when = say`as last seen ${clockTime(seenAt, now)}`;
	return {
		columns: [column('what', 'WHAT', grows), column('finding', 'FINDING', {priority: 1, max: 26})],
		rows: found.map(({name, id, about, title, since}) =>
			row(name, say`${about}: ${join([title === '' ? own(id) : title, say`since ${clockTime(since, now)}, ${when}`])}`, own(id)),
		),
		summary: own(found.length === 0 ? '' : `${found.length}`),
	};
}

const nothing: Table = {columns: [column('what', 'WHAT', grows)], rows: [], summary: own('')};

/** A view of what was known last: dated, and stale as a whole. What is not kept is never called none. */
function view({columns, rows, summary}: Table, state: SourceState): PaneView {
	return {state, columns, rows, summary, notes: [], empty: own('nothing of this is kept')};
}

/** The views of a cluster that does not answer, out of what was known of it last. */
export function knownViews({known, why, now}: Dark): Readonly<Record<ViewId, PaneView>> {
	const tables: Partial<Record<ViewId, Table>> = {
		incidents: findings(known, now, 'incident'),
		nodes: nodes(known),
		bgp: bgp(known),
		backups: backups(known, now),
		gpu: gpu(known),
		risks: findings(known, now, 'risk'),
	};
	const state: SourceState = {is: 'stale', since: known.seenAt, why};
	return Object.fromEntries(viewIds.map(id => [id, view(tables[id] ?? nothing, state)])) as Record<ViewId, PaneView>;
}

/** What lies behind a row of such a view: its cells, and from when they are. */
export function knownDetail({columns, rows}: PaneView, key: string, {known, why, now}: Dark): Detail | undefined {
	const found = rows.find(each => each.key === key);
	if (found === undefined) return undefined;
	const cells = columns.map(({title}, at) => ({label: title.toLowerCase(), value: found.cells[at]?.text ?? own('')}));
	return {
		title: found.cells[0]?.text ?? own(''),
		sections: [
			{title: 'Known last', lines: cells.filter(({value}) => value !== '')},
			{
				title: 'Since then',
				lines: [
					{label: 'seen', value: say`${clockTime(known.seenAt, now)}, ${age(known.seenAt, now)} ago`},
					{label: 'now', value: why, health: 'unknown'},
				],
			},
		],
	};
}

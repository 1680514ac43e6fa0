import {
	type Cell,
	type Column,
	compareHealth,
	type Health,
	memoised,
	type Note,
	own,
	type PaneView,
	type RawName,
	type Row,
	type SafeText,
	say,
} from '../vocabulary.ts';
import {bytesOf, count, isKnown, join, percent, shownName, sourceNote, unknown} from '../words.ts';
import {type DeviceFact, type Holder, hot, isHeard, warm} from './device.ts';
import type {GpuFacts} from './facts.ts';
import type {GpuNodeFact} from './node.ts';
import {deviceWords, nodeWords, sharingWords, trendWords} from './state-words.ts';

const columns: readonly Column[] = [
	{id: 'gpu', title: 'GPU', priority: 0, min: 8, max: 32},
	{id: 'model', title: 'MODEL', priority: 3, max: 20},
	{id: 'used', title: 'USED', align: 'right', priority: 0},
	{id: 'trend', title: 'TREND', priority: 5},
	{id: 'memory', title: 'MEM', align: 'right', priority: 1},
	{id: 'temperature', title: 'TEMP', align: 'right', priority: 2},
	{id: 'state', title: 'STATE', priority: 0, min: 8, grow: true},
	{id: 'power', title: 'POWER', align: 'right', priority: 6},
	{id: 'shared', title: 'SHARED', priority: 4},
];

const blank: Cell = {text: own('')};
const mebibyte = 2 ** 20;

/** The model without what every model is called; safe because what it is made of is. */
function modelOf(device: SafeText | undefined, label: SafeText | undefined): SafeText {
	const model = device || label || unknown;
	return own(model.replace(/^NVIDIA[ -]/, '').replace(/[ -]Generation$/, ''));
}

const figure = (value: number | undefined, unit: string): SafeText =>
	value === undefined ? unknown : own(`${Math.round(value)}${unit}`);

const heat = (temperature: number): Health | undefined => (temperature >= hot ? 'bad' : temperature >= warm ? 'warn' : undefined);

function figures({device, trend}: DeviceFact): readonly Cell[] {
	const {utilisation, memoryUsed, memoryTotal, temperature} = device;
	const worrying = temperature === undefined ? undefined : heat(temperature);
	return [
		{text: percent(utilisation), sort: utilisation ?? -1},
		{text: trendWords(trend)},
		{text: bytesOf(memoryUsed, memoryTotal), sort: memoryUsed ?? -1},
		{text: figure(temperature, '°C'), sort: temperature ?? -1, ...(worrying === undefined ? {} : {health: worrying})},
	];
}

const subjectOf = (resource: string, {namespace, name}: {readonly namespace: RawName; readonly name: RawName}) => ({
	resource,
	namespace,
	name,
});

const holderRow = (under: string, {shown, record}: Holder): Row => ({
	key: `${under}/pod/${shown}`,
	health: 'idle',
	under,
	cells: [{text: shown}, ...columns.slice(1).map(() => blank)],
	...(record === undefined ? {} : {subject: subjectOf('pods', record)}),
});

const deviceRows = memoised((fact: DeviceFact): readonly Row[] => {
	const {key, device, node, holders, health} = fact;
	// Figures of a device nobody hears of are its last words, and not shown as if they were true now.
	const known = isHeard(fact)
		? figures(fact)
		: [{text: unknown, sort: -1}, blank, {text: unknown, sort: -1}, {text: unknown, sort: -1}];
	const row: Row = {
		key,
		health,
		cells: [
			{text: say`${shownName({name: device.node})}/${join([device.index, device.instance], '/')}`},
			{text: modelOf(device.model, node?.gpuLabels?.product)},
			...known,
			{text: deviceWords(fact), health},
			{text: isHeard(fact) ? figure(device.power, 'W') : unknown, sort: device.power ?? -1},
			{text: sharingWords(fact)},
		],
		...(node === undefined ? {} : {subject: subjectOf('nodes', node)}),
	};
	return [row, ...(holders ?? []).map(holder => holderRow(key, holder))];
});

/** A node has a line of its own only when its devices have none, or when it gives out fewer than it has. */
const nodeRows = memoised((fact: GpuNodeFact): readonly Row[] => {
	const {node, missing, measured, holders, health} = fact;
	if (measured > 0 && missing.length === 0) return [];
	const memory = node.gpuLabels?.memory;
	const row: Row = {
		key: node.name,
		health,
		subject: subjectOf('nodes', node),
		cells: [
			{text: shownName(node)},
			{text: modelOf(undefined, node.gpuLabels?.product)},
			{text: unknown, sort: -1},
			blank,
			{text: memory === undefined ? unknown : bytesOf(undefined, memory * mebibyte), sort: -1},
			{text: unknown, sort: -1},
			{text: nodeWords(fact), health},
			{text: unknown, sort: -1},
			blank,
		],
	};
	return [row, ...(measured > 0 ? [] : (holders ?? []).map(holder => holderRow(node.name, holder)))];
});

function rowsOf({devices, nodes}: GpuFacts): readonly Row[] {
	const groups = [...nodes.map(nodeRows), ...devices.map(deviceRows)].filter(rows => rows.length > 0);
	const first = ([row]: readonly Row[]) => row ?? {health: 'idle' as const, key: ''};
	const worstFirst = (a: readonly Row[], b: readonly Row[]) =>
		compareHealth(first(a).health, first(b).health) || (first(a).key < first(b).key ? -1 : 1);
	return groups.sort(worstFirst).flat();
}

function summaryOf({devices, nodes, states, average, target}: GpuFacts): SafeText {
	if (!isKnown(states.nodes) || (nodes.length === 0 && devices.length === 0)) return own('');
	const missing = nodes.flatMap(node => node.missing).reduce((sum, {allocatable, capacity}) => sum + capacity - allocatable, 0);
	const goal = target === undefined ? own('') : say`, target ${percent(target)}`;
	return join(
		[
			missing > 0 ? say`${missing} not allocatable` : undefined,
			average === undefined
				? count(
						nodes.reduce((sum, {total}) => sum + total, 0),
						'GPU',
					)
				: say`average ${percent(average)}${goal}`,
		],
		' · ',
	);
}

function notesOf({nodes, states}: GpuFacts): readonly Note[] {
	const without = nodes.filter(({exporterReady}) => exporterReady === false).map(({node}) => shownName(node));
	const exporters: Note = {health: 'risk', text: say`no dcgm-exporter ready on ${join(without)}: no figures, no XIDs`};
	const notes = [
		without.length > 0 ? exporters : undefined,
		sourceNote('dcgm', states.devices, states.nodes),
		sourceNote('pods', states.pods, states.nodes),
	];
	return nodes.length === 0 ? [] : notes.filter(note => note !== undefined);
}

/** The GPU pane. The same facts give the same object, an unchanged fact the same rows. */
export const gpuView = memoised(
	(facts: GpuFacts): PaneView => ({
		summary: summaryOf(facts),
		state: facts.states.nodes,
		columns,
		rows: rowsOf(facts),
		notes: notesOf(facts),
		empty: own('no GPU on any node'),
	}),
);

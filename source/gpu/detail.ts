import {type Detail, type DetailLine, own, type SafeText, say} from '../vocabulary.ts';
import {age, bytesOf, count, percent, shownName} from '../words.ts';
import type {GpuDevice} from './dcgm.ts';
import type {DeviceFact, Holder} from './device.ts';
import type {GpuFacts} from './facts.ts';
import type {GpuNodeFact} from './node.ts';
import {deviceName, deviceWords, nodeWords, sharingWords, trendWords} from './state-words.ts';

const line = (label: string, value: SafeText | undefined, health?: DetailLine['health']): readonly DetailLine[] =>
	value === undefined || value === '' ? [] : [{label, value, ...(health === undefined ? {} : {health})}];

const holderLines = (holders: readonly Holder[] | undefined, now: number): readonly DetailLine[] =>
	(holders ?? []).flatMap(({shown, record}) =>
		line('held by', record === undefined ? shown : say`${shown} ${record.status}, ${age(record.createdAt, now)} old`),
	);

function xidLines({xid}: DeviceFact, now: number): readonly DetailLine[] {
	if (xid === undefined) return [];
	const came = xid.since === 0 ? own('before anybody looked: it may be old') : say`${age(xid.since, now)} ago`;
	return [
		...line('last XID', say`${xid.xid.code} ${own(xid.xid.name)}`, xid.health),
		...line('class', own(xid.xid.class)),
		...line('came', came),
		...line('suggested', own(xid.xid.suggested)),
	];
}

const told = (is: boolean | undefined): SafeText | undefined => (is === undefined ? undefined : own(is ? 'yes' : 'no'));

function memoryLines({rowRemapFailed, remapPending, ...device}: GpuDevice): readonly DetailLine[] {
	const {uncorrectable, uncorrectableRows, correctableRows} = device;
	const rows = (of: number | undefined) => (of === undefined ? undefined : count(of, 'row'));
	return [
		...line('row remap', rowRemapFailed ? own('failed') : remapPending ? own('pending a reset') : undefined, 'bad'),
		...line('uncorrectable errors', uncorrectable === undefined ? undefined : say`${uncorrectable} since the driver was loaded`),
		...line('remapped for good', rows(uncorrectableRows)),
		...line('remapped in time', rows(correctableRows)),
	];
}

function deviceDetail(fact: DeviceFact, now: number): Detail {
	const {device, health, trend, source} = fact;
	const how = own(device.byEngine ? 'of the graphics engine' : 'of the time something ran');
	const used = device.utilisation === undefined ? undefined : say`${percent(device.utilisation)} ${how}`;
	const asOf = source.is === 'polled' ? source.asOf : source.is === 'stale' ? source.since : 0;
	return {
		title: say`GPU ${deviceName(fact)}`,
		sections: [
			{
				title: 'State',
				lines: [...line('state', deviceWords(fact), health), ...holderLines(fact.holders, now), ...xidLines(fact, now)],
			},
			{
				title: 'Figures',
				lines: [
					...line('used', used),
					...line('trend', trendWords(trend)),
					...line('memory', bytesOf(device.memoryUsed, device.memoryTotal)),
					...line('temperature', device.temperature === undefined ? undefined : say`${device.temperature} °C`),
					...line('power', device.power === undefined ? undefined : say`${Math.round(device.power)} W`),
					...line('throttles', told(device.throttles), device.throttles === true ? 'warn' : undefined),
					...line('idle', fact.idleSince === 0 ? undefined : say`for ${age(fact.idleSince, now)} as seen from here`),
					...line('measured', asOf === 0 ? undefined : say`${age(asOf, now)} ago`),
				],
			},
			{title: 'Memory', lines: memoryLines(device)},
			{
				title: 'Device',
				lines: [...line('model', device.model), ...line('uuid', device.uuid), ...line('shared', sharingWords(fact))],
			},
		].filter(({lines}) => lines.length > 0),
	};
}

function nodeDetail(fact: GpuNodeFact, now: number): Detail {
	const {node, health, measured} = fact;
	const labels = node.gpuLabels;
	return {
		title: say`GPUs of ${shownName(node)}`,
		sections: [
			{
				title: 'State',
				lines: [
					...line('state', nodeWords(fact), health),
					...node.gpus.flatMap(({resource, allocatable, capacity}) =>
						line(
							shownName({name: resource}),
							say`${allocatable} of ${capacity} allocatable`,
							allocatable < capacity ? 'bad' : undefined,
						),
					),
					...line('measured', count(measured, 'device')),
					...holderLines(fact.holders, now),
				],
			},
			{
				title: 'Labels',
				lines: [
					...line('model', labels?.product),
					...line('sharing', labels?.sharing),
					...line('MIG strategy', labels?.migStrategy),
				],
			},
		],
	};
}

/** Everything known of the GPU, the node or the pod behind a row; undefined when there is no such row. */
export function gpuDetail(facts: GpuFacts, key: string, now: number): Detail | undefined {
	const [row = ''] = key.split('/pod/');
	const device = facts.devices.find(fact => fact.key === row);
	if (device !== undefined) return deviceDetail(device, now);
	const node = facts.nodes.find(fact => fact.node.name === row);
	return node && nodeDetail(node, now);
}

import type {Moment} from '../diagnosis.ts';
import {own, type RawName, type Reading, say} from '../vocabulary.ts';
import {shownName, shownPath} from '../words.ts';
import type {DeviceFact, Holder} from './device.ts';
import type {ExporterRecord} from './exporter.ts';
import type {GpuFacts} from './facts.ts';
import {deviceName} from './state-words.ts';

/** So far back it is told, in milliseconds. */
const reach = 24 * 3_600_000;

/** An XID carries no time: only one that was seen to come has a moment. */
function ofDevice(fact: DeviceFact): readonly Moment[] {
	const {xid, device} = fact;
	if (xid === undefined) return [];
	const text = say`XID ${xid.xid.code} ${own(xid.xid.name)}`;
	const subject = {resource: 'nodes', namespace: '' as RawName, name: device.node};
	return [{at: xid.since, how: 'seen', about: deviceName(fact), subject, text, isChange: false}];
}

function ofHolder({shown, record}: Holder): readonly Moment[] {
	if (record === undefined) return [];
	const {namespace, name, createdAt, node} = record;
	const text = say`pod created, holds a GPU of ${shownName({name: node})}`;
	return [{at: createdAt, how: 'recorded', about: shown, subject: {resource: 'pods', namespace, name}, text, isChange: false}];
}

function ofExporter(exporter: ExporterRecord): Moment {
	const {namespace, name, node, restarts, startedAt, createdAt} = exporter;
	return {
		at: startedAt || createdAt,
		how: 'recorded',
		about: shownPath(exporter),
		subject: {resource: 'pods', namespace, name},
		text: say`dcgm-exporter on ${shownName({name: node})} ${own(restarts > 0 ? 'restarted' : 'started')}`,
		isChange: false,
	};
}

/** What happened to the GPUs in the last 24 hours, oldest first. `now` in epoch ms. */
export function gpuMoments(
	{devices, nodes}: Pick<GpuFacts, 'devices' | 'nodes'>,
	exporters: ReadonlyArray<Reading<ExporterRecord>>,
	now: number,
): readonly Moment[] {
	const holders = [...devices, ...nodes].flatMap(fact => fact.holders ?? []);
	const pods = new Map(holders.map(holder => [holder.shown, holder]));
	return [
		...devices.flatMap(ofDevice),
		...[...pods.values()].flatMap(ofHolder),
		...exporters.flatMap(({records}) => [...records.values()]).map(ofExporter),
	]
		.filter(({at}) => at > now - reach && at <= now)
		.sort((a, b) => a.at - b.at);
}

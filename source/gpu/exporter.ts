import type {Kind} from '../cluster/kind.ts';
import {instant, items, name, number} from '../cluster/raw.ts';
import type {Scrape} from '../cluster/scrape.ts';
import type {RawName, StoredRecord} from '../vocabulary.ts';
import {deviceKey, type GpuDevice, readDcgm} from './dcgm.ts';

/** A pod of dcgm-exporter: one per GPU node, so it says whose figures it tells. */
export type ExporterRecord = StoredRecord & {
	readonly node: RawName;
	readonly ready: boolean;
	readonly restarts: number;
	/** When its container last began, epoch ms, 0 while it does not run. */
	readonly startedAt: number;
};

/** Asked for by label, beside all the pods: so that GPUs are found before 50,000 pods are read, and by those who may not read them. */
const exporters = (id: string, labelSelector: string): Kind<ExporterRecord> => ({
	id,
	group: '',
	versions: ['v1'],
	plural: 'pods',
	kind: 'Pod',
	namespaced: true,
	labelSelector,
	project: (raw, identity) => ({
		...identity,
		node: name(raw.spec?.nodeName),
		ready: items(raw.status?.conditions).some(({type, status}) => name(type) === 'Ready' && name(status) === 'True'),
		restarts: items(raw.status?.containerStatuses).reduce((sum, {restartCount}) => sum + (number(restartCount) ?? 0), 0),
		startedAt: Math.max(0, ...items(raw.status?.containerStatuses).map(({state}) => instant(state?.running?.startedAt))),
	}),
});

/** As the GPU operator installs it. */
export const operatorExporters = exporters('gpu/exporters', 'app=nvidia-dcgm-exporter');
/** As its own chart installs it. */
export const chartExporters = exporters('gpu/exporters of the chart', 'app.kubernetes.io/name=dcgm-exporter');

/** Ready exporters by the node they run on. A name that is not valid has no path. */
export function readyExporters(records: Iterable<ExporterRecord>): ReadonlyMap<string, ExporterRecord> {
	const ready = [...records].filter(exporter => exporter.ready && exporter.actionable && exporter.node !== '');
	return new Map(ready.map(exporter => [exporter.node, exporter]));
}

/**
 * The devices of all nodes, each node's exporter asked through the API server. A target's key is the node's name.
 * dcgm-exporter collects every 30 s: asking more often tells nothing new.
 */
export const dcgmScrape: Scrape<GpuDevice> = {
	id: 'gpu/dcgm',
	every: 30_000,
	from: [operatorExporters, chartExporters],
	targets: readings => {
		const records = [operatorExporters, chartExporters].flatMap(kind => [...readings(kind).records.values()]);
		return [...readyExporters(records)].map(([key, {namespace, name: pod}]) => ({
			key,
			path: `/api/v1/namespaces/${namespace}/pods/${pod}:9400/proxy/metrics`,
		}));
	},
	read: (body, target) => readDcgm(body, target.key as RawName),
	key: deviceKey,
};

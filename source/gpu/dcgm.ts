import {safeText} from '../cluster/safe-text.ts';
import type {RawName, SafeText} from '../vocabulary.ts';
import {prometheusSamples, type Sample} from './prometheus.ts';

/** One GPU, or one MIG instance of it, as dcgm-exporter measured it. A series that is not exported is undefined, never 0. */
export type GpuDevice = {
	/** The node its exporter runs on. */
	readonly node: RawName;
	readonly index: SafeText;
	/** MIG: the instance's id and profile (`1g.5gb`); empty for a whole GPU. */
	readonly instance: SafeText;
	readonly profile: SafeText;
	readonly uuid: SafeText;
	readonly model: SafeText;
	/** 0–1. By the graphics engine where the card can tell, else by the share of time in which anything ran. */
	readonly utilisation: number | undefined;
	readonly byEngine: boolean;
	/** Bytes. */
	readonly memoryUsed: number | undefined;
	readonly memoryTotal: number | undefined;
	/** °C, W. */
	readonly temperature: number | undefined;
	readonly power: number | undefined;
	/** The last XID the driver reported, not a count; 0 for none. */
	readonly xid: number | undefined;
	/** Its clocks are held down for its heat or by its hardware; undefined where the exporter does not tell. */
	readonly throttles: boolean | undefined;
	readonly rowRemapFailed: boolean;
	/** A row (or a page of an older card) is retired once the GPU is reset. */
	readonly remapPending: boolean;
	/** Errors that could not be corrected since the driver was loaded. */
	readonly uncorrectable: number | undefined;
	/** Rows that were remapped over the life of the card, by the errors that led to it. */
	readonly uncorrectableRows: number | undefined;
	readonly correctableRows: number | undefined;
	/** Pods (`namespace/name`) the kubelet gave it to; several where it is time-sliced. */
	readonly holders: readonly SafeText[];
};

type Series = ReadonlyMap<string, number>;
const mebibyte = 2 ** 20;

/** `gpu-1/0`, `gpu-1/0/7` for a MIG instance. */
export function deviceKey({node, index, instance}: Pick<GpuDevice, 'node' | 'index' | 'instance'>): string {
	return [node, index, instance].filter(part => part !== '').join('/');
}

function memoryOf(series: Series): Pick<GpuDevice, 'memoryUsed' | 'memoryTotal'> {
	const used = series.get('DCGM_FI_DEV_FB_USED');
	const free = series.get('DCGM_FI_DEV_FB_FREE');
	const reserved = series.get('DCGM_FI_DEV_FB_RESERVED') ?? 0;
	return {
		memoryUsed: used === undefined ? undefined : used * mebibyte,
		memoryTotal: used === undefined || free === undefined ? undefined : (used + free + reserved) * mebibyte,
	};
}

function utilisationOf(series: Series): Pick<GpuDevice, 'utilisation' | 'byEngine'> {
	const engine = series.get('DCGM_FI_PROF_GR_ENGINE_ACTIVE');
	if (engine !== undefined) return {utilisation: engine, byEngine: true};
	const busy = series.get('DCGM_FI_DEV_GPU_UTIL');
	return {utilisation: busy === undefined ? undefined : busy / 100, byEngine: false};
}

// NVML's clock event reasons: hardware slowdown, and thermal slowdown by software and by hardware. A power cap is no trouble.
const slowdowns = 0x8 | 0x20 | 0x40;

function throttlesIn(series: Series): boolean | undefined {
	const reasons = series.get('DCGM_FI_DEV_CLOCKS_EVENT_REASONS') ?? series.get('DCGM_FI_DEV_CLOCK_THROTTLE_REASONS');
	return reasons === undefined ? undefined : (reasons & slowdowns) !== 0;
}

type MemoryHealth = Pick<
	GpuDevice,
	'rowRemapFailed' | 'remapPending' | 'uncorrectable' | 'uncorrectableRows' | 'correctableRows'
>;

function memoryHealth(series: Series): MemoryHealth {
	const of = (name: string) => series.get(`DCGM_FI_DEV_${name}`);
	return {
		rowRemapFailed: (of('ROW_REMAP_FAILURE') ?? 0) > 0,
		remapPending: (of('ROW_REMAP_PENDING') ?? 0) > 0 || (of('RETIRED_PENDING') ?? 0) > 0,
		uncorrectable: of('ECC_DBE_VOL_TOTAL'),
		uncorrectableRows: of('UNCORRECTABLE_REMAPPED_ROWS'),
		correctableRows: of('CORRECTABLE_REMAPPED_ROWS'),
	};
}

function holdersOf(samples: readonly Sample[]): readonly SafeText[] {
	const holders = samples.map(({labels}) => {
		const pod = labels.get('pod') ?? labels.get('pod_name') ?? '';
		const namespace = labels.get('namespace') ?? labels.get('pod_namespace') ?? '';
		return pod === '' ? '' : `${namespace}/${pod}`;
	});
	return [...new Set(holders)].filter(holder => holder !== '').map(holder => safeText(holder, 317));
}

function deviceOf(node: RawName, samples: readonly Sample[]): GpuDevice {
	const labels = samples[0]?.labels;
	const label = (name: string) => safeText(labels?.get(name) ?? '', 64);
	// A time-sliced GPU is listed once per pod, with the same figures.
	const series = new Map<string, number>();
	for (const {name, value} of samples) if (Number.isFinite(value)) series.set(name, Math.max(value, series.get(name) ?? value));
	return {
		node,
		index: label('gpu'),
		instance: label('GPU_I_ID'),
		profile: label('GPU_I_PROFILE'),
		uuid: label('UUID'),
		model: label('modelName'),
		...utilisationOf(series),
		...memoryOf(series),
		temperature: series.get('DCGM_FI_DEV_GPU_TEMP'),
		power: series.get('DCGM_FI_DEV_POWER_USAGE'),
		xid: series.get('DCGM_FI_DEV_XID_ERRORS'),
		throttles: throttlesIn(series),
		...memoryHealth(series),
		holders: holdersOf(samples),
	};
}

/** The devices in one exporter's answer; they are told apart by `deviceKey`. The node is the one its pod runs on, whatever the labels say. */
export function readDcgm(body: string, node: RawName): readonly GpuDevice[] {
	const samples = prometheusSamples(body).filter(
		({name, labels}) => name.startsWith('DCGM_FI_') && (labels.get('gpu') ?? '') !== '',
	);
	const grouped = Map.groupBy(samples, ({labels}) => `${labels.get('gpu')}/${labels.get('GPU_I_ID') ?? ''}`);
	return [...grouped.values()].map(of => deviceOf(node, of));
}

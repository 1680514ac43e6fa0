/** A GPU as its collector sees it at one moment; `load` is between 0 and 1. */
export type Gpu = {
	readonly index: number;
	readonly uuid: string;
	readonly bus: string;
	readonly model: string;
	readonly memoryMib: number;
	readonly driver: string;
	readonly host: string;
	readonly load: number;
	readonly xid: number;
	readonly seconds: number;
	readonly pod?: {readonly namespace: string; readonly name: string; readonly container: string};
};

type Metric = readonly [name: string, type: 'gauge' | 'counter', help: string, value: (gpu: Gpu) => number];

const reservedMib = 480;
const percent = (gpu: Gpu) => Math.round(gpu.load * 100);
const usedMib = (gpu: Gpu) => Math.round((gpu.memoryMib - reservedMib) * (gpu.pod ? 0.55 + 0.3 * gpu.load : 0.01));

/** What dcgm-exporter's default list gives for a workstation card: no memory temperature, no ECC, no NVLink (`default-counters.csv`). */
const metrics: readonly Metric[] = [
	[
		'DCGM_FI_DEV_SM_CLOCK',
		'gauge',
		'SM clock frequency (in MHz).',
		gpu => (gpu.load > 0.05 ? 1215 + Math.round(gpu.load * 780) : 210),
	],
	['DCGM_FI_DEV_MEM_CLOCK', 'gauge', 'Memory clock frequency (in MHz).', gpu => (gpu.load > 0.05 ? 7001 : 405)],
	['DCGM_FI_DEV_GPU_TEMP', 'gauge', 'GPU temperature (in C).', gpu => 41 + Math.round(gpu.load * 34)],
	['DCGM_FI_DEV_POWER_USAGE', 'gauge', 'Power draw (in W).', gpu => Math.round((9 + gpu.load * 58) * 1000) / 1000],
	[
		'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION',
		'counter',
		'Total energy consumption since boot (in mJ).',
		gpu => Math.round((gpu.seconds % 1e7) * 41_000),
	],
	['DCGM_FI_DEV_PCIE_REPLAY_COUNTER', 'counter', 'Total number of PCIe retries.', () => 0],
	['DCGM_FI_DEV_GPU_UTIL', 'gauge', 'GPU utilization (in %).', percent],
	['DCGM_FI_DEV_MEM_COPY_UTIL', 'gauge', 'Memory utilization (in %).', gpu => Math.round(gpu.load * 62)],
	['DCGM_FI_DEV_ENC_UTIL', 'gauge', 'Encoder utilization (in %).', () => 0],
	['DCGM_FI_DEV_DEC_UTIL', 'gauge', 'Decoder utilization (in %).', () => 0],
	['DCGM_FI_DEV_XID_ERRORS', 'gauge', 'Value of the last XID error encountered.', gpu => gpu.xid],
	['DCGM_FI_DEV_FB_FREE', 'gauge', 'Framebuffer memory free (in MiB).', gpu => gpu.memoryMib - reservedMib - usedMib(gpu)],
	['DCGM_FI_DEV_FB_USED', 'gauge', 'Framebuffer memory used (in MiB).', usedMib],
	['DCGM_FI_DEV_FB_RESERVED', 'gauge', 'Framebuffer memory reserved (in MiB).', () => reservedMib],
	[
		'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
		'gauge',
		'Ratio of time the graphics engine is active.',
		gpu => Math.round(gpu.load * 1e6) / 1e6,
	],
	[
		'DCGM_FI_PROF_PIPE_TENSOR_ACTIVE',
		'gauge',
		'Ratio of cycles the tensor (HMMA) pipe is active.',
		gpu => Math.round(gpu.load * 0.31 * 1e6) / 1e6,
	],
	[
		'DCGM_FI_PROF_DRAM_ACTIVE',
		'gauge',
		'Ratio of cycles the device memory interface is active sending or receiving data.',
		gpu => Math.round(gpu.load * 0.44 * 1e6) / 1e6,
	],
	[
		'DCGM_FI_PROF_PCIE_TX_BYTES',
		'gauge',
		'The rate of data transmitted over the PCIe bus (in B/s).',
		gpu => Math.round(gpu.load * 4.2e7),
	],
	[
		'DCGM_FI_PROF_PCIE_RX_BYTES',
		'gauge',
		'The rate of data received over the PCIe bus (in B/s).',
		gpu => Math.round(gpu.load * 6.9e7),
	],
];

/** The exporter's page. A GPU that has fallen off the bus (XID 79) gives no more than its last XID. */
export function series(gpus: readonly Gpu[]): string {
	return metrics
		.map(([name, type, help, value]) => {
			const lines = gpus.flatMap(gpu =>
				gpu.xid === 79 && name !== xidMetric ? [] : [`${name}{${labels(gpu, name)}} ${value(gpu)}`],
			);
			return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
		})
		.join('\n')
		.concat('\n');
}

const xidMetric = 'DCGM_FI_DEV_XID_ERRORS';
const xidNames: Readonly<Record<number, string>> = {0: 'No Error', 31: 'GPU memory page fault', 79: 'GPU has fallen off the bus'};

function labels(gpu: Gpu, metric: string): string {
	const pairs: Array<readonly [string, string]> = [
		['gpu', `${gpu.index}`],
		['UUID', gpu.uuid],
		['pci_bus_id', gpu.bus],
		['device', `nvidia${gpu.index}`],
		['modelName', gpu.model],
		['Hostname', gpu.host],
		['DCGM_FI_DRIVER_VERSION', gpu.driver],
	];
	if (metric === xidMetric) pairs.push(['err_code', `${gpu.xid}`], ['err_msg', xidNames[gpu.xid] ?? 'Unknown Error']);
	if (gpu.pod) pairs.push(['container', gpu.pod.container], ['namespace', gpu.pod.namespace], ['pod', gpu.pod.name]);
	return pairs.map(([name, value]) => `${name}="${value}"`).join(',');
}

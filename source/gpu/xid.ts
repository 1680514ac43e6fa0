import type {Health} from '../vocabulary.ts';

/** What an XID points at: the application, the device itself, the driver, or an error before it. */
type XidClass = 'application' | 'hardware' | 'driver' | 'follow-on' | 'watch' | 'unclassed';

export type Xid = {readonly code: number; readonly name: string; readonly class: XidClass; readonly suggested: string};

// Names: dcgm-exporter, internal/pkg/collector/xid_errors.go. Classes and suggestions are our reading of common guidance,
// not NVIDIA's catalogue (docs.nvidia.com/deploy/xid-errors), whose columns differ per architecture.
const table: ReadonlyArray<readonly [code: number, name: string, of: XidClass, suggested: string]> = [
	[13, 'graphics engine exception', 'application', 'look at the application'],
	[31, 'GPU memory page fault', 'application', 'look at the application'],
	[43, 'GPU stopped processing', 'application', 'look at the application'],
	[45, 'preemptive cleanup after earlier errors', 'follow-on', 'look for the first XID'],
	[48, 'double-bit ECC error', 'hardware', 'drain the node, reset the GPU'],
	[61, 'micro-controller breakpoint', 'hardware', 'reset the GPU or reboot'],
	[62, 'micro-controller halt', 'hardware', 'reset the GPU or reboot'],
	[63, 'row remap recorded', 'watch', 'schedule a reset'],
	[64, 'row remap recording failed', 'hardware', 'escalate: replace the card'],
	[68, 'NVDEC0 exception', 'application', 'look at the application'],
	[69, 'graphics engine class error', 'application', 'look at the application, then the driver'],
	[74, 'NVLink error', 'hardware', 'check link and bridge'],
	[79, 'GPU has fallen off the bus', 'hardware', 'reboot the node; check power, PCIe, heat'],
	[92, 'high single-bit ECC rate', 'watch', 'watch it'],
	[94, 'contained ECC error', 'hardware', 'restart the application'],
	[95, 'uncontained ECC error', 'hardware', 'drain the node, reset the GPU'],
	[109, 'context switch timeout', 'application', 'look at the application'],
	[119, 'GSP RPC timeout', 'driver', 'check driver and firmware; reset the GPU'],
	[120, 'GSP error', 'driver', 'check driver and firmware; reset the GPU'],
	[140, 'unrecovered ECC error', 'hardware', 'drain the node, reset the GPU'],
	[143, 'GPU initialisation failure', 'hardware', 'reboot the node'],
	[154, 'recovery action changed', 'watch', 'read the action in the driver log'],
];
const known: ReadonlyMap<number, Xid> = new Map(
	table.map(([code, name, of, suggested]) => [code, {code, name, class: of, suggested}]),
);

/** What is known of an XID. */
export function xidOf(code: number): Xid {
	return known.get(code) ?? {code, name: 'unknown to us', class: 'unclassed', suggested: 'see docs.nvidia.com/deploy/xid-errors'};
}

const freshHealth: Readonly<Record<XidClass, Health>> = {
	hardware: 'bad',
	driver: 'bad',
	watch: 'warn',
	unclassed: 'warn',
	'follow-on': 'warn',
	application: 'idle',
};

/**
 * Whether an XID is news. The exporter repeats the last one until it or the driver restarts: `fresh` came within a day, of an
 * `undated` one nobody knows when it came, and an `old` one was told before.
 */
export type XidAge = 'fresh' | 'undated' | 'old';

/** How bad an XID is: only one that was seen to come is taken at its full weight, and what was told before is no news. */
export function xidHealth(xid: Xid, age: XidAge): Health {
	const fresh = freshHealth[xid.class];
	if (age === 'old') return 'idle';
	return fresh === 'bad' && age === 'undated' ? 'warn' : fresh;
}

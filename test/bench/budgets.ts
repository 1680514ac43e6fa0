/**
 * What midwatch promises. Times and memory are held as ratios to a yardstick of the same run, because machines differ and
 * are noisy; bytes are held as they are. `ceiling` is the ratio (or the number of bytes) above which the benchmark fails.
 */
export type Budget = {
	readonly id: string;
	readonly what: string;
	readonly unit: 'ms' | 'MiB' | 'bytes' | '% of a core' | '× kubectl drain' | '× write and fdatasync';
	/** As promised on two cores. */
	readonly promised: number;
	readonly yardstick?: 'node -e 0' | 'kubectl get nodes' | 'five times kubectl' | 'memory of node';
	readonly ceiling: number;
	/** Only in the long form: it needs a large cluster or patience. */
	readonly long?: true;
};

export const budgets = [
	{id: 'help', what: '--help', unit: 'ms', promised: 25, yardstick: 'node -e 0', ceiling: 1.25},
	{id: 'version', what: '--version', unit: 'ms', promised: 25, yardstick: 'node -e 0', ceiling: 1.25},
	{id: 'first-text', what: 'first text on the terminal', unit: 'ms', promised: 25, yardstick: 'node -e 0', ceiling: 1.25},
	{
		id: 'first-row',
		what: 'first live node row, 8 nodes',
		unit: 'ms',
		promised: 170,
		yardstick: 'kubectl get nodes',
		ceiling: 4.4,
	},
	{
		id: 'all-panes',
		what: 'all five panes live, 8 nodes',
		unit: 'ms',
		promised: 400,
		yardstick: 'kubectl get nodes',
		ceiling: 10.3,
	},
	{
		id: 'plugin-row',
		what: 'the same with a credential plugin, without its own time',
		unit: 'ms',
		promised: 230,
		yardstick: 'kubectl get nodes',
		ceiling: 5.9,
	},
	{
		id: 'check',
		what: 'check, 8 nodes',
		unit: 'ms',
		promised: 350,
		// get nodes, pods that do not run, claims, warnings, readyz: what it replaces.
		yardstick: 'five times kubectl',
		ceiling: 2,
	},
	{id: 'memory', what: 'resident memory, 8 nodes', unit: 'MiB', promised: 100, yardstick: 'memory of node', ceiling: 2.4},
	{id: 'idle-bytes', what: 'bytes while nothing visible changes', unit: 'bytes', promised: 0, ceiling: 0},
	{id: 'row-bytes', what: 'bytes for one changed row, 120×40', unit: 'bytes', promised: 250, ceiling: 250},
	{id: 'hung', what: 'a hung API server shown as stale', unit: 'ms', promised: 15_000, ceiling: 15_000},
	{
		id: 'key',
		what: 'key press to frame, 1,000 nodes',
		unit: 'ms',
		promised: 30,
		yardstick: 'node -e 0',
		ceiling: 1.5,
		long: true,
	},
	{
		id: 'large-first-row',
		what: 'first live node row, 1,000 nodes and 50,000 pods',
		unit: 'ms',
		promised: 300,
		yardstick: 'kubectl get nodes',
		ceiling: 7.7,
		long: true,
	},
	{
		id: 'large-all-panes',
		what: 'all five panes live, 1,000 nodes and 50,000 pods',
		unit: 'ms',
		promised: 2500,
		yardstick: 'kubectl get nodes',
		ceiling: 64,
		long: true,
	},
	{
		id: 'large-memory',
		what: 'resident memory, 1,000 nodes and 50,000 pods',
		unit: 'MiB',
		promised: 160,
		yardstick: 'memory of node',
		ceiling: 3.8,
		long: true,
	},
	{
		id: 'large-cpu',
		what: 'processor, 1,000 nodes, 100 lease renewals a second',
		unit: '% of a core',
		promised: 3,
		ceiling: 3,
		long: true,
	},
	{
		id: 'large-check',
		what: 'check, 1,000 nodes and 50,000 pods',
		unit: 'ms',
		promised: 1500,
		yardstick: 'kubectl get nodes',
		ceiling: 38,
		long: true,
	},
	{
		id: 'large-check-memory',
		what: 'most memory of check, 1,000 nodes and 50,000 pods',
		unit: 'MiB',
		promised: 180,
		yardstick: 'memory of node',
		ceiling: 4.2,
		long: true,
	},
	{
		id: 'drain-preflight',
		what: 'preflight of a drain of 110 pods, 1,000 nodes and 50,000 pods',
		unit: 'ms',
		promised: 700,
		yardstick: 'kubectl get nodes',
		ceiling: 17.5,
		long: true,
	},
	{
		id: 'event',
		what: 'facts and findings after one event, 1,000 nodes',
		unit: 'ms',
		promised: 5,
		yardstick: 'node -e 0',
		ceiling: 0.25,
		long: true,
	},
	{
		id: 'palette',
		what: 'key in the palette to ranked list, 5,000 entries',
		unit: 'ms',
		promised: 16,
		yardstick: 'node -e 0',
		ceiling: 0.67,
	},
	{
		id: 'drain',
		what: 'drain of 20 pods',
		unit: '× kubectl drain',
		promised: 1.1,
		ceiling: 1.1,
		long: true,
	},
	{id: 'journal-append', what: 'line of the journal on disk', unit: '× write and fdatasync', promised: 2, ceiling: 2},
	{
		id: 'journal-open',
		what: 'journal of 100,000 lines opened',
		unit: 'ms',
		promised: 300,
		yardstick: 'node -e 0',
		ceiling: 12.5,
	},
	{
		id: 'runbook',
		what: 'runbook of 1,000 lines parsed and laid out',
		unit: 'ms',
		promised: 50,
		yardstick: 'node -e 0',
		ceiling: 2.1,
	},
	{
		id: 'step-reading',
		what: 'reading step, without its command',
		unit: 'ms',
		promised: 30,
		yardstick: 'node -e 0',
		ceiling: 1.25,
	},
	{
		id: 'step-changing',
		what: 'changing step, without its command',
		unit: 'ms',
		promised: 100,
		yardstick: 'node -e 0',
		ceiling: 4.2,
	},
	{
		id: 'step-memory',
		what: 'memory of a step that prints 1 GB, above before',
		unit: 'MiB',
		// 60 MB
		promised: 57.2,
		ceiling: 57.2,
		long: true,
	},
] as const satisfies readonly Budget[];

export type BudgetId = (typeof budgets)[number]['id'];

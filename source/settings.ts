/** What a user declares for one cluster. Everything works without any of it. */
export type Settings = {
	/** A cluster that can be rebuilt: nobody nags it about backups. */
	readonly stateless: boolean;
	/** Workloads that page: `namespace/name`, where `*` stands for any run of characters. */
	readonly critical: readonly string[];
	/** By name of a backup tier; milliseconds. `cronJob`: it is made by this CronJob, `namespace/name`. */
	readonly tiers: Readonly<Record<string, {readonly rpo?: number; readonly retention?: number; readonly cronJob?: string}>>;
	readonly targets: {
		/** Milliseconds. */
		readonly apiP99?: number;
		/** Ratios, 0–1. */
		readonly gpuUtilisation?: number;
		readonly freeSpace?: number;
	};
	/** What must be there: GPUs by node name. */
	readonly expected: {readonly gpus?: Readonly<Record<string, number>>};
	/** Systems (`gpu`, `bgp`) whose silence lowers no verdict. */
	readonly optional: readonly string[];
	/** Other names of one storage server: name or address → the name it goes by. */
	readonly aliases: Readonly<Record<string, string>>;
	/** Claims that need no backup: `namespace/name` patterns. */
	readonly notBackedUp: readonly string[];
	/** Names of places elsewhere (Grafana, Loki) → URL templates. */
	readonly links: Readonly<Record<string, string>>;
	readonly guards: {
		/** Nothing is ever changed here. */
		readonly readOnly: boolean;
		/** Actions that are never taken here. */
		readonly deny: readonly string[];
		/** What every change asks for at the least; missing: as much as its danger does. */
		readonly confirm?: 'yes' | 'name';
	};
};

/** A tunnel, an ingress, a gateway: what people come in through, unless the user says otherwise. */
const entrances = ['*/cloudflared*', '*/traefik*', '*/ingress-nginx-controller*', '*/*-gateway', '*/cilium-ingress*'];

/** What holds where nobody declared anything. */
export const defaults: Settings = {
	stateless: false,
	critical: entrances,
	tiers: {},
	targets: {},
	expected: {},
	optional: [],
	aliases: {},
	notBackedUp: [],
	links: {},
	guards: {readOnly: false, deny: []},
};

const patterns = new Map<string, RegExp>();

/** Whether `namespace/name` is one of the patterns. */
export function matchesAny(name: string, wanted: readonly string[]): boolean {
	return wanted.some(pattern => {
		let compiled = patterns.get(pattern);
		if (compiled === undefined) {
			const parts = pattern.split('*').map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
			compiled = new RegExp(`^${parts.join('.*')}$`);
			patterns.set(pattern, compiled);
		}
		return compiled.test(name);
	});
}

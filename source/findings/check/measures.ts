import {isKnown} from '../../words.ts';
import type {Facts} from '../facts.ts';

/** What is counted for a verdict; undefined where it was not seen, so that nothing is ever told as 0 that nobody looked at. */
export type Measures = {
	readonly nodes: {readonly ready: number; readonly all: number} | undefined;
	/** `mayLose` of `voters`; `by node` where members cannot be seen. */
	readonly etcd:
		| {readonly healthy: number; readonly voters: number; readonly mayLose: number; readonly needed: number}
		| undefined;
	readonly volumes:
		| {readonly well: number; readonly all: number; readonly degraded: number; readonly faulted: number}
		| undefined;
	readonly sessions: {readonly up: number; readonly all: number} | undefined;
	readonly addressesPending: number | undefined;
	readonly gpus: {readonly well: number; readonly all: number} | undefined;
	readonly claimsPending: number | undefined;
	/** Certificates whose end is known. */
	readonly certificates: number | undefined;
	/** Milliseconds; `age` undefined where there is no recovery point. */
	readonly tiers: ReadonlyArray<{
		readonly name: string;
		readonly age: number | undefined;
		readonly target: number;
		readonly late: number;
	}>;
};

/** What was counted where nothing was seen. */
export const noMeasures: Measures = {
	nodes: undefined,
	etcd: undefined,
	volumes: undefined,
	sessions: undefined,
	addressesPending: undefined,
	gpus: undefined,
	claimsPending: undefined,
	certificates: undefined,
	tiers: [],
};

function nodesOf({nodes: {nodes, states}}: Facts): Measures['nodes'] {
	if (!isKnown(states.nodes)) return undefined;
	return {ready: nodes.filter(({live}) => live.word === 'ready' || live.word === 'late').length, all: nodes.length};
}

function etcdOf({nodes: {etcd}}: Facts): Measures['etcd'] {
	if (etcd.is !== 'members' && etcd.is !== 'by node') return undefined;
	const {healthy, voters, mayLose, needed} = etcd;
	return {healthy, voters, mayLose, needed};
}

function volumesOf({storage: {volumes, states}}: Facts): Measures['volumes'] {
	if (!isKnown(states.volumes)) return undefined;
	const says = (word: string) => volumes.filter(({verdicts}) => verdicts.some(verdict => verdict.word === word)).length;
	const well = volumes.filter(({health}) => health !== 'bad' && health !== 'warn' && health !== 'unknown').length;
	return {well, all: volumes.length, degraded: says('degraded'), faulted: says('faulted')};
}

function gpusOf({gpu: {devices, nodes, states}}: Facts): Measures['gpus'] {
	if (!isKnown(states.nodes)) return undefined;
	const all = Math.max(devices.length, nodes.length);
	if (all === 0) return undefined;
	const troubled = [...devices, ...nodes].filter(
		({health}) => health === 'bad' || health === 'warn' || health === 'unknown',
	).length;
	return {well: Math.max(0, all - troubled), all};
}

function tiersOf({backups: {tiers}}: Facts): Measures['tiers'] {
	return tiers
		.filter(({target}) => target !== undefined)
		.toSorted((a, b) => Number(a.by === 'k3s') - Number(b.by === 'k3s') || (a.shown < b.shown ? -1 : 1))
		.map(({shown, target = 0, history: {point}, deadlines, asOf}) => ({
			name: shown,
			age: point === undefined ? undefined : asOf - point.startedAt,
			target,
			late: point === undefined ? target : deadlines.late - point.startedAt,
		}));
}

/** Counts what a verdict is made of. */
export function measure(facts: Facts): Measures {
	const {bgp, storage, platform} = facts;
	const hasBgp = isKnown(bgp.states.nodeConfigs) && bgp.sessions.length > 0;
	return {
		nodes: nodesOf(facts),
		etcd: etcdOf(facts),
		volumes: volumesOf(facts),
		sessions: hasBgp ? {up: bgp.sessions.filter(({health}) => health === 'ok').length, all: bgp.sessions.length} : undefined,
		addressesPending: isKnown(bgp.states.services) ? bgp.pending.length : undefined,
		gpus: gpusOf(facts),
		claimsPending: isKnown(storage.states.claims) ? storage.pending.length : undefined,
		certificates: platform.certificates.length === 0 ? undefined : platform.certificates.length,
		tiers: tiersOf(facts),
	};
}

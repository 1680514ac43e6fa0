import type {KnownNode, LastKnown} from '../../source/last-known.ts';
import {own} from '../../source/vocabulary.ts';

const node = (at: number): KnownNode => ({
	name: own(`node-${at}`),
	ready: at % 3 > 0,
	addresses: [`10.0.${at >> 8}.${at % 256}`, `fd00::${at.toString(16)}`],
	bootId: own(`b6c0de00-0000-4000-8000-${String(at).padStart(12, '0')}`),
	reboots: [1000 + at],
});

/** What was known of a cluster of so many nodes. */
export function knownOf(nodes: number): LastKnown {
	const all = Array.from({length: nodes}, (_, at) => node(at));
	return {
		context: own('homelab'),
		server: own('https://10.0.0.10:6443/'),
		seenAt: 1_795_000_000_000,
		verdict: {state: 'warning', line: own('7/8 nodes, etcd 2/3')},
		nodes: all,
		etcd: {voters: 3, healthy: 2},
		vip: {address: '10.0.0.10', holder: own('nuc-2')},
		findings: new Map(
			all.map(({name}, at) => [
				`node-not-ready:${name}`,
				{firstSeen: 5000, since: 4000, severity: at % 2 === 0 ? 'critical' : 'warning', title: own('kubelet silent')},
			]),
		),
		cleared: [{name: own('disk-full:nas-1'), title: own('3% free'), since: 1000, clearedAt: 2000}],
		tiers: new Map([['tier-0', {point: 7000, target: 21_600_000}]]),
		devices: new Map([['GPU-1', {xid: 79, xidSeenAt: 3000}]]),
		gpus: new Map([['gpu-1', 1]]),
		sessions: all.map(({name}) => own(`${name}/10.0.0.1`)),
		flaps: new Map(all.map(({name}) => [`${name}/10.0.0.1`, [1000, 2000]])),
	};
}

import {type SessionFact, sessionName} from '../bgp/session.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {nameOf} from '../diagnosis.ts';
import type {LastKnown} from '../last-known.ts';
import {own, type SafeText} from '../vocabulary.ts';
import {isKnown, shownName} from '../words.ts';
import {keptLine} from './check/lines.ts';
import {verdictOf} from './check/verdict.ts';
import type {Finding} from './finding.ts';
import type {Ledger} from './judge.ts';
import type {World} from './world.ts';

const address = /^[\d.]+$|^[\da-fA-F:]+$/;

function findingsOf(findings: readonly Finding[], world: World): LastKnown['findings'] {
	const standing = findings.filter(({is}) => is !== 'cleared');
	return new Map(
		standing.map(({name, since, severity, symptom}) => [
			name,
			{firstSeen: world.ledger.watches.get(name)?.firstSeen ?? since, since, severity, title: symptom.title},
		]),
	);
}

/** A session that is not there any more is missed for so long after that was first seen, in milliseconds. */
const missedFor = 24 * 3_600_000;

function isStillMissed(session: SessionFact, {watches}: Ledger, now: number): boolean {
	const firstSeen = watches.get(nameOf('session-down', sessionName(session)))?.firstSeen ?? now;
	return session.state !== 'missing' || now - firstSeen < missedFor;
}

/** The address the API is reached at, where a VIP is held and it is no node's own. */
function vipAddress({nodes: {nodes}}: World, {hostname}: URL): string | undefined {
	return address.test(hostname) && nodes.every(({node}) => node.address !== hostname) ? hostname : undefined;
}

const stateWords = {ok: 'ok', warning: 'warning', critical: 'critical', unknown: 'unknown'} as const;

/** What of a world is to be remembered; `context` and `server` as shown. What was not seen stays as it was known before. */
export function keptOf(world: World, cluster: Cluster, context: SafeText, known: LastKnown | undefined): LastKnown {
	const {nodes, bgp, backups, ledger} = world;
	const verdict = verdictOf(world, {optional: [], ignore: [], risks: false}, false);
	const [vip] = nodes.vips;
	const seesNodes = isKnown(nodes.states.nodes) && nodes.nodes.length > 0;
	return {
		context,
		server: own(cluster.transport.server.href),
		seenAt: cluster.now(),
		verdict: {state: stateWords[verdict.state], line: keptLine(verdict)},
		nodes: seesNodes
			? nodes.nodes.map(({node, live, reboots}) => ({
					name: shownName(node),
					ready: live.word === 'ready' || live.word === 'late',
					addresses: [node.address as string].filter(each => address.test(each)),
					bootId: node.bootId,
					reboots,
				}))
			: known?.nodes,
		etcd: nodes.etcd.is === 'members' ? {voters: nodes.etcd.voters, healthy: nodes.etcd.healthy} : undefined,
		vip: vip === undefined ? known?.vip : {address: vipAddress(world, cluster.transport.server), holder: vip.holder},
		findings: findingsOf(ledger.findings, world),
		cleared: ledger.findings
			.filter(({is}) => is === 'cleared')
			.map(({name, symptom, since, clearedAt = 0}) => ({name: own(name), title: symptom.title, since, clearedAt})),
		tiers: isKnown(backups.states.schedules) ? tiersOf(world) : known?.tiers,
		gpus: seesNodes ? gpusOf(world, known) : known?.gpus,
		devices: devicesOf(world, known, cluster.now()),
		sessions:
			bgp.sessions.length > 0
				? bgp.sessions.filter(session => isStillMissed(session, ledger, cluster.now())).map(sessionName)
				: known?.sessions,
		flaps: new Map(bgp.sessions.filter(({resets}) => resets.length > 0).map(({key, resets}) => [key, resets])),
	};
}

function tiersOf({backups: {tiers}}: World): LastKnown['tiers'] {
	const wanted = tiers.filter(({target}) => target !== undefined);
	return new Map(wanted.map(({shown, target = 0, history: {point}}) => [shown, {point: point?.startedAt ?? 0, target}]));
}

/** What a node has, or had before it lost some: a plugin that restarts counts none for a while. */
function gpusOf({gpu, ledger}: World, known: LastKnown | undefined): ReadonlyMap<string, number> {
	const missing = ledger.findings.some(({symptom, is}) => symptom.id === 'gpu-missing' && is !== 'cleared');
	return new Map(
		gpu.nodes.map(({node, capacity, labelled}) => {
			const before = missing ? (known?.gpus?.get(node.name) ?? 0) : 0;
			return [node.name as string, Math.max(capacity, labelled, before)];
		}),
	);
}

/** The last XID of every device, and when it was first seen to be that one: 0 where it was there at the first look. */
function devicesOf({gpu: {devices}}: World, known: LastKnown | undefined, now: number): LastKnown['devices'] {
	const told = devices.flatMap(({key, device: {xid}}) => (xid === undefined ? [] : [[key, xid] as const]));
	if (told.length === 0) return known?.devices;
	return new Map(
		told.map(([key, xid]) => {
			const before = known?.devices?.get(key);
			return [key, {xid, xidSeenAt: before?.xid === xid ? before.xidSeenAt : before === undefined ? 0 : now}] as const;
		}),
	);
}

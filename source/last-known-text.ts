/** The last-known file's text: how what was known is written down, and what can be believed of such a text. */
import {isIP} from 'node:net';
import {entries, flag, instant, items, name, number, type Raw, text} from './cluster/raw.ts';
import {safeText} from './cluster/safe-text.ts';
import {redacted} from './files/redaction.ts';
import type {KnownCleared, KnownFinding, KnownNode, LastKnown} from './last-known.ts';
import {own} from './vocabulary.ts';

const schema = 1;

/** The most bytes that are kept of a cluster. */
export const mostKept = 200_000;

const bare = (node: KnownNode): KnownNode => ({...node, bootId: own(''), reboots: []});

function critical(findings: LastKnown['findings']): LastKnown['findings'] {
	return findings && new Map([...findings].filter(([, {severity}]) => severity === 'critical'));
}

/** What is left out, one after the other, until the rest fits; last what may be probed. */
const cuts: ReadonlyArray<(known: LastKnown) => LastKnown> = [
	known => ({...known, cleared: undefined}),
	known => ({...known, flaps: undefined}),
	known => ({...known, sessions: undefined}),
	known => ({...known, findings: critical(known.findings)}),
	known => ({...known, nodes: known.nodes?.map(bare)}),
	known => ({...known, devices: undefined}),
	known => ({...known, gpus: undefined}),
	known => ({...known, findings: undefined}),
	known => ({...known, tiers: undefined}),
	known => ({...known, nodes: known.nodes?.slice(0, 200)}),
	known => ({...known, nodes: undefined}),
];

function written(known: LastKnown): string {
	const plainly = (_: string, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value);
	return `${redacted(JSON.stringify({schema, ...known}, plainly))}\n`;
}

/** Writes it down, without what looks like a secret, in at most 200 kB: the least important goes first where that is not enough. */
export function textOf(known: LastKnown): string {
	let kept = known;
	let text = written(kept);
	for (const cut of cuts) {
		if (Buffer.byteLength(text) <= mostKept) break;
		kept = cut(kept);
		text = written(kept);
	}
	return text;
}

function listOf<T>(raw: Raw | undefined, read: (item: Raw) => T | undefined): readonly T[] | undefined {
	if (!Array.isArray(raw)) return undefined;
	return items(raw)
		.map(read)
		.filter(item => item !== undefined);
}

/** By name; names are as safe as texts. */
function mapOf<T>(raw: Raw | undefined, read: (item: Raw) => T | undefined): ReadonlyMap<string, T> | undefined {
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
	const all = entries(raw).map(([key, item]) => [safeText(key, 317), read(item)] as const);
	return new Map(all.flatMap(([key, item]) => (item === undefined ? [] : [[key, item] as const])));
}

const timeOf = (raw: Raw | undefined): number | undefined => {
	const at = number(raw);
	return at !== undefined && at > 0 ? at : undefined;
};

const addressOf = (raw: Raw | undefined): string | undefined => (isIP(name(raw)) === 0 ? undefined : name(raw));

function nodeOf(raw: Raw): KnownNode | undefined {
	const shown = text(raw.name, 253);
	if (shown === '') return undefined;
	return {
		name: shown,
		ready: flag(raw.ready),
		addresses: listOf(raw.addresses, addressOf) ?? [],
		bootId: text(raw.bootId, 64),
		reboots: listOf(raw.reboots, timeOf) ?? [],
	};
}

const severityOf = (raw: Raw | undefined) => (['critical', 'warning'] as const).find(one => one === name(raw));

function findingOf(raw: Raw): KnownFinding | undefined {
	const [severity, firstSeen] = [severityOf(raw.severity), timeOf(raw.firstSeen)];
	if (severity === undefined || firstSeen === undefined) return undefined;
	return {firstSeen, since: instant(raw.since), severity, title: text(raw.title, 256)};
}

function clearedOf(raw: Raw): KnownCleared | undefined {
	const clearedAt = timeOf(raw.clearedAt);
	if (clearedAt === undefined) return undefined;
	return {name: text(raw.name, 384), title: text(raw.title, 256), since: instant(raw.since), clearedAt};
}

function etcdOf(raw: Raw | undefined): LastKnown['etcd'] {
	const [voters, healthy] = [number(raw?.voters), number(raw?.healthy)];
	return voters === undefined || healthy === undefined ? undefined : {voters, healthy};
}

function vipOf(raw: Raw | undefined): LastKnown['vip'] {
	const holder = text(raw?.holder, 253);
	return holder === '' ? undefined : {address: addressOf(raw?.address), holder};
}

function tierOf(raw: Raw): {readonly point: number; readonly target: number} | undefined {
	const [point, target] = [number(raw.point), number(raw.target)];
	return point === undefined || target === undefined ? undefined : {point, target};
}

function deviceOf(raw: Raw): {readonly xid: number; readonly xidSeenAt: number} | undefined {
	const [xid, xidSeenAt] = [number(raw.xid), number(raw.xidSeenAt)];
	return xid === undefined || xidSeenAt === undefined ? undefined : {xid, xidSeenAt};
}

const states = ['ok', 'warning', 'critical', 'unknown'] as const;

function parsed(text: string): Raw | undefined {
	try {
		return (JSON.parse(text) as Raw | null) ?? undefined;
	} catch {
		return undefined;
	}
}

/**
 * Reads it again: each part that is whole; undefined where the text is torn, of another version, or something else. It has
 * been outside, so its texts are made safe again.
 */
export function lastKnownOf(file: string): LastKnown | undefined {
	const raw = parsed(file);
	const [seenAt, state] = [timeOf(raw?.seenAt), states.find(one => one === name(raw?.verdict?.state))];
	if (raw === undefined || number(raw.schema) !== schema || seenAt === undefined || state === undefined) return undefined;
	return {
		context: text(raw.context, 253),
		server: text(raw.server),
		seenAt,
		verdict: {state, line: text(raw.verdict?.line, 256)},
		nodes: listOf(raw.nodes, nodeOf),
		etcd: etcdOf(raw.etcd),
		vip: vipOf(raw.vip),
		findings: mapOf(raw.findings, findingOf),
		cleared: listOf(raw.cleared, clearedOf),
		tiers: mapOf(raw.tiers, tierOf),
		devices: mapOf(raw.devices, deviceOf),
		gpus: mapOf(raw.gpus, number),
		sessions: listOf(raw.sessions, session => text(session, 317)),
		flaps: mapOf(raw.flaps, times => listOf(times, timeOf)),
	};
}

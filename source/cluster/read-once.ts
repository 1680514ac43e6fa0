import {own, type Reading, type StoredRecord} from '../vocabulary.ts';
import {type Deed, mayI, type Permission} from './access.ts';
import {askJson} from './ask.ts';
import {builtIn} from './built-in.ts';
import {type Discovered, discover, servedVersion} from './discovery.ts';
import {keyOfObject} from './identity.ts';
import type {Kind} from './kind.ts';
import type {Raw} from './raw.ts';
import {resourceOf} from './reflector/course.ts';
import {pagesOf} from './reflector/list.ts';
import {recordOf} from './reflector/projection.ts';
import {Refusal} from './refusal.ts';
import {sentenceOf} from './sentence.ts';
import type {Transport} from './transport.ts';

/** Less than all there is of a kind. */
export type Narrowing = {readonly namespace?: string; readonly labelSelector?: string; readonly fieldSelector?: string};

/** Reads a cluster as it is now, once: what is about to be acted on is not taken from a cache. */
export type Reader = {
	/** All records of a kind; never rejects: `absent`, `denied` and `stale` (with why) are told as a source tells them. */
	readonly read: <R extends StoredRecord>(kind: Kind<R>, narrowing?: Narrowing) => Promise<Reading<R>>;
	/** One object by its path; undefined where there is none. Rejects as `askJson` does. */
	readonly get: (path: string) => Promise<Raw | undefined>;
	/** Whether this user may. Rejects as `askJson` does. */
	readonly may: (deed: Deed) => Promise<Permission>;
};

/** Reads through a transport; asks what is served once, and only when a kind needs it. `now` is on the server's clock. */
export function makeReader(transport: Transport, now: () => number): Reader {
	let discovered: Promise<Discovered> | undefined;
	const versionOf = async (kind: Kind<StoredRecord>): Promise<string | undefined> => {
		if (builtIn.has(kind.group)) return kind.versions[0];
		discovered ??= discover(transport);
		const served = servedVersion(await discovered, kind);
		return served.is === 'served' ? served.version : served.is === 'failed' ? kind.versions[0] : undefined;
	};

	const read = async <R extends StoredRecord>(kind: Kind<R>, {namespace, ...selectors}: Narrowing = {}): Promise<Reading<R>> => {
		const records = new Map<string, R>();
		try {
			const version = await versionOf(kind);
			if (version === undefined) return {state: {is: 'absent'}, records, revision: 0};
			const place = namespace ?? kind.namespace ?? '';
			const resource = {transport, kind: {...kind, ...selectors}, version, namespace: place};
			for await (const page of pagesOf(resource, new AbortController().signal)) {
				for (const raw of page.items) {
					const record = recordOf(kind, version, raw);
					if (record !== undefined) records.set(keyOfObject(raw.metadata), record);
				}
			}
			return {state: {is: 'live'}, records, revision: 1};
		} catch (error) {
			return {state: notRead(error, kind, now()), records: new Map(), revision: 0};
		}
	};

	return {
		read,
		may: deed => mayI(transport, deed),
		get: async path => {
			try {
				return (await askJson(transport, {path})).json;
			} catch (error) {
				if (error instanceof Refusal && error.status === 404) return undefined;
				throw error;
			}
		},
	};
}

function notRead(error: unknown, kind: Kind<StoredRecord>, now: number): Reading<never>['state'] {
	if (error instanceof Refusal && error.status === 404) return {is: 'absent'};
	if (error instanceof Refusal && error.status === 403) return {is: 'denied', verb: own('list'), resource: resourceOf(kind)};
	return {is: 'stale', since: now, why: sentenceOf(error)};
}

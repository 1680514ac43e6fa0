import type {StoredRecord} from '../../vocabulary.ts';
import {builtIn} from '../built-in.ts';
import {type Discovered, servedVersion} from '../discovery.ts';
import type {Kind} from '../kind.ts';
import type {ServedAs} from '../reflector/course.ts';
import type {Reflector, ReflectorOptions} from '../reflector/reflector.ts';
import {Refusal} from '../refusal.ts';
import type {Store} from '../store.ts';
import {crdKind} from './crd.ts';
import {keepDiscovering} from './discovering.ts';
import {createTrack, type Track} from './track.ts';

export type PresenceOptions = Omit<ReflectorOptions, 'unknown'> & {
	/** Makes the store of a kind. */
	readonly open: <R extends StoredRecord>(kind: Kind<R>) => Store<R>;
};

/** Follows each of these kinds while it is served, until it is stopped. */
export function followServed(kinds: ReadonlyArray<Kind<StoredRecord>>, {open, ...options}: PresenceOptions): Reflector {
	const unknown = () => discovering.again();
	const track = (kind: Kind<StoredRecord>, store: Store<StoredRecord>) => createTrack(kind, store, {...options, unknown});
	const definitions = open(crdKind);
	const tracks = [...inOrder(kinds).map(kind => track(kind, open(kind))), track(crdKind, definitions)];
	for (const {kind, serve} of tracks) if (builtIn.has(kind.group)) serve(firstVersion(kind));
	const discovering = keepDiscovering({
		...options,
		found: (discovered, settled) => {
			for (const each of tracks) place(each, discovered, settled);
		},
		failed: error => {
			for (const each of tracks) if (!each.isRunning()) misplace(each, error);
		},
	});
	definitions.onRecord(() => {
		if (definitions.state().is === 'live') discovering.hurry();
	});
	return {
		wake: () => {
			discovering.hurry();
			discovering.again();
			for (const {wake} of tracks) wake();
		},
		renew: () => {
			for (const {renew} of tracks) renew();
		},
		stop: () => {
			for (const {stop} of [...tracks, discovering]) stop();
		},
	};
}

/** Each kind once, in the order given, but those that grow large after all others. */
function inOrder(kinds: ReadonlyArray<Kind<StoredRecord>>): ReadonlyArray<Kind<StoredRecord>> {
	const each = [...new Map(kinds.map(kind => [kind.id, kind])).values()];
	return each.sort((a, b) => Number(isLarge(a)) - Number(isLarge(b)));
}

function isLarge(kind: Kind<StoredRecord>): boolean {
	return kind.protobuf !== undefined;
}

function firstVersion({versions}: Kind<StoredRecord>): ServedAs {
	return {version: versions[0] ?? 'v1', watchable: true};
}

/**
 * Follows a kind as it is served now. Where its group does not answer, what was known of it holds, else asking it will say
 * why. An API server that has just started answers before it knows its custom resources: what we follow is gone only when
 * that is settled.
 */
function place(track: Track, discovered: Discovered, settled: boolean): void {
	const served = servedVersion(discovered, track.kind);
	if (served.is === 'served') track.serve({version: served.version, watchable: served.verbs.includes('watch')});
	else if (served.is === 'absent') {
		if (settled || !track.isRunning()) track.drop();
	} else if (!track.isRunning()) track.serve(firstVersion(track.kind));
}

/** A server that does not let us discover may still let us read. */
function misplace(track: Track, error: unknown): void {
	if (error instanceof Refusal && error.status < 500) track.serve(firstVersion(track.kind));
	else track.wait(error);
}

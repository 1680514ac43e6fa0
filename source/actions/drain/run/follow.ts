import type {Kind} from '../../../cluster/kind.ts';
import {reflect} from '../../../cluster/reflector/reflector.ts';
import {createStore, type Store} from '../../../cluster/store.ts';
import {type Timings, timings as usual} from '../../../cluster/timings.ts';
import type {RawName, Reading, StoredRecord} from '../../../vocabulary.ts';
import type {Hands} from '../../hands.ts';
import {isOfDaemonSet} from '../filters.ts';
import {drainNodeKind} from '../node.ts';
import {drainPodKind} from '../pod.ts';
import type {DrainNode, DrainPod} from '../sight.ts';
import type {PodRef, SeenPod} from './state.ts';

/** A drain is waited for by somebody: what cannot be watched is listed more often than for a dashboard. */
const timings: Timings = {...usual, poll: 2000, retry: {first: 250, most: 4000}, reask: {first: 5000, most: 30_000}};

export type Listener = {
	readonly seen: (pod: SeenPod) => void;
	readonly away: (pod: PodRef) => void;
	/** Told of every change of what is read of the pods, also of how it is read. */
	readonly pods: (reading: Reading<DrainPod>) => void;
	/** Of the node; no record where it is not there any more. */
	readonly node: (reading: Reading<DrainNode>) => void;
};

/** What is on a node, kept up to date until it is stopped. */
export type Following = {
	/** Resolves when all pods on the node are known, or when it is known that they cannot be. */
	readonly known: Promise<void>;
	readonly pods: () => Reading<DrainPod>;
	/** From now on; what is there already is told at once. */
	readonly listen: (listener: Listener) => void;
	readonly stop: () => void;
};

/** A pod as the drain of its node sees it. */
export function seenPod(pod: DrainPod): SeenPod {
	const {namespace, name, uid, deletingAt, raw} = pod;
	const isStatic = raw.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined;
	return {namespace, name, uid, deletingAt, stays: isOfDaemonSet(pod) || isStatic};
}

type Followed<R> = {readonly store: Store<R>; readonly stop: () => void};

/** Keeps records of a kind up to date; `changed` is told of each change, and of the line's. */
function follow<R extends StoredRecord>({transport, now}: Hands, kind: Kind<R>, changed: (store: Store<R>) => void): Followed<R> {
	const store: Store<R> = createStore<R>(kind.id, {line: transport.line, changed: () => changed(store)});
	const options = {transport, now, random: Math.random, timings, fallback: '', unknown: () => {}};
	const reflector = reflect(kind, {version: 'v1', watchable: true}, store, options);
	let wasUp = false;
	const unlisten = [
		transport.onDrain(reflector.renew),
		transport.onLine(() => {
			const isUp = transport.line().is === 'up';
			if (isUp && !wasUp) reflector.wake();
			wasUp = isUp;
			changed(store);
		}),
	];
	return {
		store,
		stop: () => {
			reflector.stop();
			for (const stop of unlisten) stop();
		},
	};
}

/**
 * Follows a node and the pods on it by one watch each, or by lists where watching is not permitted, through restarts of the
 * server and whatever else befalls a watch. `selector` narrows it to some pods (`--pod-selector`).
 */
export function followNode(hands: Hands, node: RawName, selector: string | undefined): Following {
	const known = Promise.withResolvers<void>();
	let listener: Listener | undefined;
	const which = {fieldSelector: `spec.nodeName=${node}`, ...(selector === undefined ? {} : {labelSelector: selector})};
	const pods = follow<DrainPod>(hands, {...drainPodKind, ...which}, store => {
		if (store.reading().state.is !== 'loading') known.resolve();
		listener?.pods(store.reading());
	});
	pods.store.onRecord((before, after) => {
		if (before !== undefined && before.uid !== after?.uid) listener?.away(before);
		if (after !== undefined) listener?.seen(seenPod(after));
	});
	const itself = follow<DrainNode>(hands, {...drainNodeKind, fieldSelector: `metadata.name=${node}`}, store => {
		listener?.node(store.reading());
	});
	return {
		known: known.promise,
		pods: pods.store.reading,
		listen: told => {
			listener = told;
			for (const pod of pods.store.reading().records.values()) told.seen(seenPod(pod));
			told.pods(pods.store.reading());
			told.node(itself.store.reading());
		},
		stop: () => {
			listener = undefined;
			pods.stop();
			itself.stop();
		},
	};
}

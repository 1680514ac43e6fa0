import {askJson} from '../cluster/ask.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {createRest} from '../cluster/rest.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import type {Measuring} from '../interface/shell/picture.ts';
import {podMetricsOf, type TopPods} from '../nodes/top-pods.ts';
import {say} from '../vocabulary.ts';
import {podKind} from '../workloads/pod.ts';

/** How often it is asked while somebody looks, and how long metrics-server may take; ms. */
const every = 30_000;
const patience = 1000;
const path = '/apis/metrics.k8s.io/v1beta1/pods';

/** Asks metrics-server for the pods of a node, again and again until it is closed. */
export function measurePods(node: string, cluster: Cluster, changed: () => void): Measuring {
	const closing = new AbortController();
	const rest = createRest(closing.signal);
	let top: TopPods = 'loading';
	const ask = async () => {
		const {records} = cluster.source(podKind).reading();
		const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(patience)]);
		const {json} = await askJson(cluster.transport, {path, signal});
		return podMetricsOf(json).filter(({key}) => records.get(key)?.node === node);
	};
	const run = async () => {
		while (!closing.signal.aborted) {
			top = await ask().catch((error: unknown) => say`not measured: ${sentenceOf(error)}`);
			if (closing.signal.aborted) return;
			changed();
			await rest.sleep(every);
		}
	};
	void run();
	return {top: () => top, close: () => closing.abort()};
}

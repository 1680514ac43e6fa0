import type {KubeObject} from '../model.ts';
import {kibibytes, nanocores} from './quantity.ts';
import {stamp} from './time.ts';

/** What something uses: cores and bytes. */
export type Usage = {readonly cores: number; readonly bytes: number};

const window = '20.154s';

/** What metrics-server says of a node at `now`. */
export function nodeMetrics(node: KubeObject, usage: Usage, now: number): KubeObject {
	const {name, labels = {}} = node.metadata;
	const metadata = {name, labels: {...labels}, creationTimestamp: stamp(now)};
	return {
		apiVersion: 'metrics.k8s.io/v1beta1',
		kind: 'NodeMetrics',
		metadata,
		timestamp: stamp(now),
		window,
		usage: written(usage),
	};
}

/** What metrics-server says of a pod's containers at `now`. */
export function podMetrics(pod: KubeObject, containers: ReadonlyArray<{name: string; usage: Usage}>, now: number): KubeObject {
	const {name, namespace = '', labels = {}} = pod.metadata;
	return {
		apiVersion: 'metrics.k8s.io/v1beta1',
		kind: 'PodMetrics',
		metadata: {name, namespace, labels: {...labels}, creationTimestamp: stamp(now)},
		timestamp: stamp(now),
		window,
		containers: containers.map(container => ({name: container.name, usage: written(container.usage)})),
	};
}

function written({cores, bytes}: Usage): Record<string, string> {
	return {cpu: nanocores(cores), memory: kibibytes(bytes)};
}

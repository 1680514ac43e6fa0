import type {KubeObject, ResourceType, Stage} from '../model.ts';
import {nodeMetrics, podMetrics, type Usage} from '../objects/metrics.ts';
import {type NodeObject, nodes} from '../objects/node.ts';
import {type PodObject, pods} from '../objects/pod.ts';
import {amount} from '../objects/quantity.ts';
import {ailmentOf} from './ailments.ts';
import {drift} from './drift.ts';

/** metrics-server scrapes so often; between two scrapes the same values are served. */
const scrapeMs = 15_000;

/** What metrics-server answers for pods: running ones on nodes it can reach. */
function ofPods(stage: Stage): readonly KubeObject[] {
	const at = scraped(stage);
	return reachable(stage).map(pod => {
		const containers = pod.spec.containers.map(({name}) => ({name, usage: usageOf(stage, pod, at)}));
		return podMetrics(pod, containers, at);
	});
}

/** What metrics-server answers for nodes; one it cannot reach is missing. */
function ofNodes(stage: Stage): readonly KubeObject[] {
	const at = scraped(stage);
	const byNode = Map.groupBy(reachable(stage), ({spec}) => spec.nodeName);
	return nodes
		.all(stage.store)
		.filter(({metadata}) => !stage.silent.has(metadata.name))
		.map(node => nodeMetrics(node, whole(stage, node, byNode.get(node.metadata.name) ?? [], at), at));
}

function scraped({clock}: Stage): number {
	return Math.floor(clock.now() / scrapeMs) * scrapeMs;
}

function reachable({store, silent}: Stage): readonly PodObject[] {
	return pods.all(store).filter(({status, spec}) => status?.phase === 'Running' && !silent.has(spec.nodeName ?? ''));
}

/** What a node uses now: its pods and the system itself. */
export function usageOn(stage: Stage, node: NodeObject): Usage {
	return whole(
		stage,
		node,
		reachable(stage).filter(({spec}) => spec.nodeName === node.metadata.name),
		scraped(stage),
	);
}

/** Around what it asked for: most ask for more memory than they take, and for less processor. */
export function usageOf(stage: Stage, pod: PodObject, at: number): Usage {
	const {metadata, spec} = pod;
	const requests = spec.containers[0]?.resources?.requests ?? {};
	const key = `${metadata.namespace}/${metadata.name}`;
	return {
		cores: amount(requests.cpu) * (0.15 + 0.9 * drift(`cpu ${key}`, at)),
		bytes:
			amount(requests.memory) * (0.5 + 0.3 * drift(`memory ${key}`, at)) + (ailmentOf(stage, 'growing', pod, at)?.bytes ?? 0),
	};
}

/** The pods of a node and what the system itself takes. */
function whole(stage: Stage, {metadata, status}: NodeObject, own: readonly PodObject[], at: number): Usage {
	const used = own.map(pod => usageOf(stage, pod, at));
	const total = amount(status?.capacity?.memory);
	return {
		cores: used.reduce((sum, {cores}) => sum + cores, 0.1 + 0.3 * drift(`system ${metadata.name}`, at)),
		bytes: used.reduce((sum, {bytes}) => sum + bytes, total * 0.12),
	};
}

/** The aggregated API: computed when asked, never watched. */
export const metricsResources: readonly ResourceType[] = [
	{...aggregated('Node'), namespaced: false, compute: ofNodes},
	{...aggregated('Pod'), namespaced: true, compute: ofPods},
];

function aggregated(of: string) {
	const plural = `${of.toLowerCase()}s`;
	return {
		group: 'metrics.k8s.io',
		versions: ['v1beta1'],
		plural,
		singular: '',
		kind: `${of}Metrics`,
		verbs: ['get', 'list'],
	};
}

import type {Stage} from '../model.ts';
import {digestOf, uidOf} from '../objects/identity.ts';
import {conditionOf, nodes} from '../objects/node.ts';
import {isFinished, type PodObject, pods} from '../objects/pod.ts';
import {amount} from '../objects/quantity.ts';
import {series} from './dcgm-series.ts';
import {drift} from './drift.ts';
import type {Player} from './player.ts';

/** The exporter collects every 30 seconds; between two collections it says the same. */
const collectMs = 30_000;

/** Puts an answer behind the proxy of every exporter pod: `/metrics` as dcgm-exporter writes it. */
export const dcgm: Player = {
	name: 'DCGM exporters',
	every: 10,
	act: stage => {
		for (const pod of pods.all(stage.store).filter(isExporter)) {
			const key = proxyKey(pod);
			if (!stage.proxies.has(key)) stage.proxies.set(key, path => answer(stage, pod, path));
		}
	},
};

/** Where the API server looks for what is behind `pods/…/proxy`; the port does not matter. */
function proxyKey({metadata}: PodObject): string {
	return `pods/${metadata.namespace}/${metadata.name}`;
}

/** The last XID each node's driver has reported; the exporter repeats it until it restarts. */
const lastXids = new WeakMap<Stage, Map<string, number>>();

/** The driver of a node reports an XID error. */
export function reportXid(stage: Stage, node: string, xid: number): void {
	const known = lastXids.get(stage) ?? new Map<string, number>();
	lastXids.set(stage, known.set(node, xid));
}

function isExporter({metadata}: PodObject): boolean {
	return metadata.labels?.app === 'nvidia-dcgm-exporter';
}

function answer(stage: Stage, {metadata, spec}: PodObject, path: string): {status: number; type: string; body: string} | 'hang' {
	const pod = pods.get(stage.store, metadata.name, metadata.namespace);
	const node = spec.nodeName ?? '';
	if (stage.silent.has(node)) return 'hang';
	if (!pod || conditionOf(pod, 'Ready')?.status !== 'True')
		return {status: 503, type: 'text/plain', body: 'no endpoints available'};
	const [asked = ''] = path.replace(/^\//, '').split('?');
	if (asked === 'health') return {status: 200, type: 'text/plain', body: 'OK'};
	if (asked !== 'metrics') return {status: 404, type: 'text/plain', body: '404 page not found\n'};
	return {status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: collect(stage, node)};
}

function collect(stage: Stage, name: string): string {
	const at = Math.floor(stage.clock.now() / collectMs) * collectMs;
	const node = nodes.get(stage.store, name);
	const labels = node?.metadata.labels ?? {};
	const users = pods.all(stage.store).filter(pod => pod.spec.nodeName === name && !isFinished(pod) && asksForGpu(pod));
	return series(
		// As many as the machine was found to have: the driver goes on to speak of one that has fallen off the bus.
		Array.from({length: Number(labels['nvidia.com/gpu.count'] ?? 0)}, (_, index) => {
			const user = users[index];
			const load = user ? 0.35 + 0.6 * drift(`gpu ${name}/${index}`, at) : 0.01;
			return {
				index,
				uuid: `GPU-${uidOf('gpu', name, `${index}`)}`,
				bus: `00000000:${digestOf(name).slice(0, 2).toUpperCase()}:00.0`,
				model: (labels['nvidia.com/gpu.product'] ?? '').replaceAll('-', ' '),
				memoryMib: Number(labels['nvidia.com/gpu.memory'] ?? 0),
				driver: labels['nvidia.com/cuda.driver-version.full'] ?? '',
				host: name,
				load,
				xid: lastXids.get(stage)?.get(name) ?? 0,
				seconds: at / 1000,
				...(user
					? {
							pod: {
								namespace: user.metadata.namespace ?? '',
								name: user.metadata.name,
								container: user.spec.containers[0]?.name ?? '',
							},
						}
					: {}),
			};
		}),
	);
}

function asksForGpu(pod: PodObject): boolean {
	return pod.spec.containers.some(({resources}) => amount(resources?.requests?.['nvidia.com/gpu']) > 0);
}

import type {Stage} from '../model.ts';
import {claims, persistentVolumes} from '../objects/claim.ts';
import {nodes} from '../objects/node.ts';
import {claimsOf, type PodObject, pods} from '../objects/pod.ts';
import {amount} from '../objects/quantity.ts';
import {stamp} from '../objects/time.ts';
import {drift} from './drift.ts';
import type {Player} from './player.ts';
import {usageOf, usageOn} from './usage.ts';

/** What kubelets answer behind `nodes/proxy`: that they are well, and how much their pods and volumes use. */
export const kubeletApi: Player = {
	name: 'kubelet APIs',
	every: 30,
	act: stage => {
		for (const {metadata} of nodes.all(stage.store)) {
			const key = `nodes/${metadata.name}`;
			if (!stage.proxies.has(key)) stage.proxies.set(key, path => answer(stage, metadata.name, path));
		}
	},
};

function answer(stage: Stage, node: string, path: string): {status: number; type: string; body: string} | 'hang' {
	if (stage.silent.has(node)) return 'hang';
	const [asked] = path.split('?');
	if (asked === '/healthz') return {status: 200, type: 'text/plain; charset=utf-8', body: 'ok'};
	if (asked !== '/stats/summary') return {status: 404, type: 'text/plain; charset=utf-8', body: '404 page not found\n'};
	return {status: 200, type: 'application/json', body: JSON.stringify(summary(stage, node))};
}

function summary(stage: Stage, name: string): unknown {
	const now = stage.clock.now();
	const node = nodes.get(stage.store, name);
	const running = pods.all(stage.store).filter(({spec, status}) => spec.nodeName === name && status?.phase === 'Running');
	const size = amount(node?.status?.capacity?.['ephemeral-storage']);
	const time = stamp(now);
	return {
		node: {
			nodeName: name,
			...(node ? told(usageOn(stage, node), time) : {}),
			fs: space(size, size * (0.35 + 0.1 * drift(`disk ${name}`, now)), time),
		},
		pods: running.map(pod => ({
			podRef: {name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid},
			...told(usageOf(stage, pod, now), time),
			volume: claimsOf(pod).map(claim => volume(stage, pod, claim, time)),
		})),
	};
}

function told({cores, bytes}: {readonly cores: number; readonly bytes: number}, time: string) {
	return {cpu: {time, usageNanoCores: Math.round(cores * 1e9)}, memory: {time, workingSetBytes: Math.round(bytes)}};
}

function space(capacityBytes: number, used: number, time: string) {
	const usedBytes = Math.round(used);
	return {time, capacityBytes, usedBytes, availableBytes: capacityBytes - usedBytes};
}

function volume({store}: Stage, {metadata}: PodObject, name: string, time: string) {
	const {namespace = ''} = metadata;
	const {capacity} = persistentVolumes.get(store, claims.get(store, name, namespace)?.spec?.volumeName ?? '')?.spec ?? {};
	const size = amount(capacity?.storage);
	return {name, pvcRef: {name, namespace}, ...space(size, size * (0.3 + 0.4 * drift(`volume ${namespace}/${name}`, 0)), time)};
}

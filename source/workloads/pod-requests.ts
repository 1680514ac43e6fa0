import {items, name, quantity, type Raw} from '../cluster/raw.ts';
import type {RawName} from '../vocabulary.ts';

/** What the scheduler sets aside for a pod: thousandths of a core, bytes, whole devices. Integers, so that sums come out even. */
export type PodRequests = {
	readonly milliCpu: number;
	readonly memory: number;
	readonly gpus: number;
	/** `nvidia.com/gpu`, `nvidia.com/mig-1g.5gb`; `''` when it asks for none. */
	readonly gpuResource: RawName;
};

const gpu = /^nvidia\.com\/(gpu|gpu\.shared|mig-[\w.-]+)$/;

/**
 * The effective request of one resource: the containers together with the sidecars, or what initialisation needs at its
 * widest, whichever is more; then the overhead. A request of the pod itself stands instead of its containers'.
 */
export function effective(pod: Raw, resource: string): number {
	const of = (container: Raw) => quantity(container.resources?.requests?.[resource]) ?? 0;
	const overhead = quantity(pod.spec?.overhead?.[resource]) ?? 0;
	const own = quantity(pod.spec?.resources?.requests?.[resource]);
	if (own !== undefined) return own + overhead;
	let sidecars = 0;
	let widest = 0;
	for (const container of items(pod.spec?.initContainers)) {
		widest = Math.max(widest, sidecars + of(container));
		if (name(container.restartPolicy) === 'Always') sidecars += of(container);
	}
	const together = items(pod.spec?.containers).reduce((total, container) => total + of(container), sidecars);
	return Math.max(widest, together) + overhead;
}

function gpuResourceOf(pod: Raw): string {
	for (const container of [...items(pod.spec?.containers), ...items(pod.spec?.initContainers)]) {
		const resource = Object.keys(container.resources?.requests ?? {}).find(key => gpu.test(key));
		if (resource !== undefined) return resource;
	}
	return '';
}

/** A sum that takes one immense figure in never comes out even again; no machine has so much of anything. */
const whole = (amount: number) => Math.round(Math.min(amount, 2 ** 50));

/** What a pod asks for. */
export function podRequests(pod: Raw): PodRequests {
	const gpuResource = gpuResourceOf(pod);
	return {
		milliCpu: whole(effective(pod, 'cpu') * 1000),
		memory: whole(effective(pod, 'memory')),
		gpus: gpuResource === '' ? 0 : whole(effective(pod, gpuResource)),
		gpuResource: gpuResource as RawName,
	};
}

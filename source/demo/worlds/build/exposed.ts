import type {KubeObject} from '../../model.ts';
import {endpointSlice, endpointsOf} from '../../objects/endpoints.ts';
import type {PodObject} from '../../objects/pod.ts';
import {selectorOf, type WorkloadRow} from '../../objects/pod-template.ts';
import {type ServiceObject, service, tcp} from '../../objects/service.ts';

/** A Service of the workload with this name, and the address it got from the pool. `local`: only nodes with its pod announce it. */
export type ExposedRow = readonly [namespace: string, workload: string, port: number, address?: string, policy?: 'local'];

/** The services of a table with their endpoints. */
export function exposed(
	rows: readonly ExposedRow[],
	workloads: readonly WorkloadRow[],
	pods: readonly PodObject[],
	createdAt: number,
): readonly KubeObject[] {
	return rows.flatMap(([namespace, name, port, address, policy], at) => {
		const workload = workloads.find(row => row.namespace === namespace && row.name === name);
		if (!workload) throw new Error(`Service ${namespace}/${name} has no workload of that name.`);
		const made: ServiceObject = service({
			namespace,
			name,
			ports: [tcp(port)],
			selector: selectorOf(workload),
			clusterIp: `10.43.${7 + Math.floor(at / 8)}.${11 + 23 * (at % 8)}`,
			...(address === undefined ? {} : {address}),
			...(policy === undefined ? {} : {local: true}),
			createdAt,
		});
		return withEndpoints(made, pods);
	});
}

/** A Service and the slice of the pods that answer for it. */
export function withEndpoints(service: ServiceObject, pods: readonly PodObject[]): readonly KubeObject[] {
	const near = pods.filter(pod => pod.metadata.namespace === service.metadata.namespace);
	return [service, endpointSlice(service, endpointsOf(service, near))];
}

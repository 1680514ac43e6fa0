import type {KubeObject} from '../../model.ts';
import type {PodObject} from '../../objects/pod.ts';
import {selectorOf, type WorkloadRow} from '../../objects/pod-template.ts';
import {service, tcp} from '../../objects/service.ts';
import {type WebhookRow, webhookConfiguration} from '../../objects/webhook.ts';
import {withEndpoints} from './exposed.ts';

/** A webhook, the workload that answers for it, and the port it does so on; `selector` where its service finds the pods otherwise. */
export type HookedRow = WebhookRow & {
	readonly workload: string;
	readonly target: number;
	readonly selector?: Readonly<Record<string, string>>;
};

/** Webhook configurations with the services they ask. */
export function hooked(
	rows: readonly HookedRow[],
	workloads: readonly WorkloadRow[],
	pods: readonly PodObject[],
	createdAt: number,
): readonly KubeObject[] {
	return rows.flatMap((row, at) => {
		const {namespace, name, port} = row.service;
		const workload = workloads.find(each => each.namespace === namespace && each.name === row.workload);
		if (!workload) throw new Error(`The webhook ${row.name} has no workload ${namespace}/${row.workload}.`);
		const asked = service({
			namespace,
			name,
			ports: [tcp(port, 'https', row.target)],
			selector: row.selector ?? selectorOf(workload),
			clusterIp: `10.43.1.${11 + at}`,
			createdAt,
		});
		return [webhookConfiguration(row, createdAt), ...withEndpoints(asked, pods)];
	});
}

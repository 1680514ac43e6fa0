import type {KubeObject} from '../../model.ts';
import {digestOf, uidOf} from '../../objects/identity.ts';
import {lease} from '../../objects/lease.ts';
import type {NodeRow} from '../../objects/machine.ts';
import type {WorkloadRow} from '../../objects/pod-template.ts';
import {day} from '../../objects/time.ts';

/** One election: what it is about, and where it was won, how long ago in days. */
export type ElectedRow = {
	readonly name: string;
	readonly holder: string;
	readonly days: number;
	readonly transitions: number;
};

/** An election in kube-system that has been decided, and whose winner has renewed its lease a second ago. */
export function election({name, holder, days, transitions}: ElectedRow, createdAt: number, now: number): KubeObject {
	return lease({
		namespace: 'kube-system',
		name,
		holder,
		seconds: 15,
		createdAt,
		acquiredAt: now - Math.floor(days * day),
		renewedAt: now - 1000,
		transitions,
	});
}

/** The leader elections of the control plane, held on the last of its nodes, and of Cilium's operator. */
export function elected(
	nodes: readonly NodeRow[],
	workloads: readonly WorkloadRow[],
	createdAt: number,
	now: number,
): readonly KubeObject[] {
	const last = nodes.findLast(({controlPlane}) => controlPlane);
	const [operator] = workloads.find(({name}) => name === 'cilium-operator')?.on ?? [];
	const control = last
		? ['kube-controller-manager', 'kube-scheduler'].map((name, at) => ({
				name,
				holder: `${last.name}_${uidOf('election', name, last.name)}`,
				days: last.booted * 0.98,
				transitions: 3 + at,
			}))
		: [];
	const cilium = operator
		? [
				{
					name: 'cilium-operator-resource-lock',
					holder: `${operator}-${digestOf(operator).slice(0, 10)}`,
					days: 9,
					transitions: 11,
				},
			]
		: [];
	return [...control, ...cilium].map(row => election(row, createdAt, now));
}

import type {KubeObject} from '../model.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';
import {microStamp} from './time.ts';

export type LeaseObject = KubeObject & {
	spec?: {
		holderIdentity?: string;
		leaseDurationSeconds?: number;
		acquireTime?: string;
		renewTime?: string;
		leaseTransitions?: number;
	};
};

export const leases = shelf<LeaseObject>('coordination.k8s.io', 'leases');

/** Where kubelets prove that they live. */
export const nodeLeases = 'kube-node-lease';

export type LeaseRow = {
	readonly namespace: string;
	readonly name: string;
	readonly holder: string;
	readonly seconds: number;
	readonly createdAt: number;
	readonly renewedAt: number;
	/** Elections have it, kubelets' leases do not. */
	readonly transitions?: number;
	readonly acquiredAt?: number;
	readonly owner?: KubeObject;
};

/** A lease: a kubelet's sign of life, or an election's. */
export function lease(row: LeaseRow): LeaseObject {
	const {namespace, name, createdAt, owner} = row;
	return object(
		'coordination.k8s.io/v1',
		'Lease',
		{namespace, name, createdAt, ...(owner ? {owner} : {})},
		{
			spec: {
				holderIdentity: row.holder,
				leaseDurationSeconds: row.seconds,
				...(row.acquiredAt === undefined ? {} : {acquireTime: microStamp(row.acquiredAt)}),
				renewTime: microStamp(row.renewedAt),
				...(row.transitions === undefined ? {} : {leaseTransitions: row.transitions}),
			},
		},
	);
}

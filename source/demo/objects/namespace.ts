import type {KubeObject} from '../model.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';

export const namespaces = shelf<KubeObject>('', 'namespaces');

/** A namespace and what the controller manager puts into each: the default service account and the cluster's CA. */
export function namespaceWithDefaults(name: string, createdAt: number): readonly KubeObject[] {
	return [
		object(
			'v1',
			'Namespace',
			{name, createdAt, labels: {'kubernetes.io/metadata.name': name}},
			{spec: {finalizers: ['kubernetes']}, status: {phase: 'Active'}},
		),
		object('v1', 'ServiceAccount', {name: 'default', namespace: name, createdAt}, {}),
		object('v1', 'ConfigMap', {name: 'kube-root-ca.crt', namespace: name, createdAt}, {data: {'ca.crt': placeholder}}),
	];
}

/** The certificate is nobody's: the demo's clients get their CA from the kubeconfig. */
const placeholder = '-----BEGIN CERTIFICATE-----\nDEMO\n-----END CERTIFICATE-----\n';

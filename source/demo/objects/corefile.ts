import type {KubeObject} from '../model.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';

export type ConfigMapObject = KubeObject & {data?: Record<string, string>};

export const configMaps = shelf<ConfigMapObject>('', 'configmaps');

const lines = [
	'.:53 {',
	'    errors',
	'    health',
	'    ready',
	'    kubernetes cluster.local in-addr.arpa ip6.arpa {',
	'      pods insecure',
	'      fallthrough in-addr.arpa ip6.arpa',
	'    }',
	'    prometheus :9153',
	'    forward . /etc/resolv.conf',
	'    cache 30',
	'    loop',
	'    reload',
	'    loadbalance',
	'}',
	'',
];

/** What CoreDNS is told to do. */
export function corefile(createdAt: number): ConfigMapObject {
	const about = {namespace: 'kube-system', name: 'coredns', createdAt};
	return object('v1', 'ConfigMap', about, {data: {Corefile: lines.join('\n')}});
}

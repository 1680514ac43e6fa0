import {crdKind} from './presence/crd.ts';

/** Groups of every API server, and read at `v1`: their kinds need no discovery to begin. */
export const builtIn: ReadonlySet<string> = new Set([
	'',
	'apps',
	'batch',
	'coordination.k8s.io',
	'discovery.k8s.io',
	'networking.k8s.io',
	'policy',
	'storage.k8s.io',
	crdKind.group,
]);

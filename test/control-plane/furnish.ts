import {items} from '../../source/cluster/raw.ts';
import type {KubeObject} from '../../source/demo/model.ts';
import {createRandom} from '../../source/demo/random.ts';
import {homelab} from '../../source/demo/worlds/homelab/homelab.ts';
import {type Client, connect} from '../conformance/client.ts';
import {eventually, pod, textOf} from '../conformance/subject.ts';
import {makeNode} from './nodes.ts';
import type {ControlPlane} from './start.ts';

/** What of the homelab stands on the real API server, with the names it is served under; everything else is left out. */
const plurals: Readonly<Record<string, string>> = {
	StorageClass: 'storageclasses',
	CSIDriver: 'csidrivers',
	CSINode: 'csinodes',
	PersistentVolume: 'persistentvolumes',
	PersistentVolumeClaim: 'persistentvolumeclaims',
	VolumeAttachment: 'volumeattachments',
	Service: 'services',
	CiliumBGPClusterConfig: 'ciliumbgpclusterconfigs',
	CiliumBGPPeerConfig: 'ciliumbgppeerconfigs',
	CiliumBGPAdvertisement: 'ciliumbgpadvertisements',
	CiliumBGPNodeConfig: 'ciliumbgpnodeconfigs',
	CiliumLoadBalancerIPPool: 'ciliumloadbalancerippools',
	Schedule: 'schedules',
	Backup: 'backups',
	BackupStorageLocation: 'backupstoragelocations',
	Restore: 'restores',
};
const longhornPlurals: Readonly<Record<string, string>> = {Volume: 'volumes', Node: 'nodes'};

function pluralOf({apiVersion, kind, metadata}: KubeObject): string | undefined {
	// An API server makes its own service itself.
	if (metadata.namespace === 'default') return undefined;
	return apiVersion.startsWith('longhorn.io/') ? longhornPlurals[kind] : plurals[kind];
}

/** Where objects like this one are made. */
function collectionOf({apiVersion, metadata}: KubeObject, plural: string): string {
	const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
	return metadata.namespace === undefined ? `${root}/${plural}` : `${root}/namespaces/${metadata.namespace}/${plural}`;
}

/** As somebody would apply it who knows nothing of what the server decides: uids, owners, addresses, who is bound to whom. */
function asApplied(object: KubeObject): KubeObject {
	const {name, namespace, labels} = object.metadata;
	const spec = {...(object.spec as Record<string, unknown> | undefined)};
	if (object.kind === 'Service') for (const field of ['clusterIP', 'clusterIPs']) delete spec[field];
	if (object.kind === 'PersistentVolume') {
		const {namespace: of, name: claim} = spec.claimRef as {namespace: string; name: string};
		spec.claimRef = {namespace: of, name: claim};
	}
	return {
		...object,
		metadata: {name, ...(namespace === undefined ? {} : {namespace}), ...(labels === undefined ? {} : {labels})},
		...(object.spec === undefined ? {} : {spec}),
	};
}

async function put(client: Client, object: KubeObject, plural: string): Promise<void> {
	const collection = collectionOf(object, plural);
	const made = await client.ask(collection, {method: 'POST', json: asApplied(object)});
	if (made.status !== 201) throw new Error(`${object.kind} ${object.metadata.name} was refused: ${made.text()}`);
	// A claim and its volume are bound by their controller.
	if (object.status === undefined || object.kind.startsWith('Persistent')) return;
	const status = await client.ask(`${collection}/${object.metadata.name}/status`, {
		method: 'PATCH',
		type: 'application/merge-patch+json',
		json: {status: object.status},
	});
	// Where there is no status of its own it was made with the rest.
	if (status.status !== 200 && status.status !== 404) throw new Error(`its status was refused: ${status.text()}`);
}

/** The pods without which what they write would be called stale, and names would not be found. */
function controllersOn(nodes: readonly string[]) {
	const [first = ''] = nodes;
	return [
		{namespace: 'kube-system', ...pod('coredns-0', first, {'k8s-app': 'kube-dns'})},
		{namespace: 'kube-system', ...pod('cilium-operator-0', first, {'io.cilium/app': 'operator'})},
		...nodes.map(node => ({namespace: 'kube-system', ...pod(`cilium-${node}`, node, {'k8s-app': 'cilium'})})),
		...nodes.map(node => ({namespace: 'longhorn-system', ...pod(`longhorn-manager-${node}`, node, {app: 'longhorn-manager'})})),
		{namespace: 'velero', ...pod('velero-0', first, {'app.kubernetes.io/name': 'velero'})},
	];
}

/**
 * Makes a homelab of the control plane: its eight nodes (as kwok plays them), classes and volumes, BGP sessions, backups
 * and a GPU, through the API server, which checks each object against its published definition.
 */
export async function furnish(controlPlane: ControlPlane): Promise<void> {
	await controlPlane.applyCrds(['longhorn', 'cilium', 'velero']);
	// HTTP/1.1, for an API server may be told to answer some requests over HTTP/2 with a GOAWAY.
	const client = connect(controlPlane, 'http/1.1', controlPlane.admin);
	try {
		const objects = homelab.objects(Date.now(), createRandom(1));
		const nodes = objects.filter(({apiVersion, kind}) => apiVersion === 'v1' && kind === 'Node');
		await Promise.all(nodes.map(node => addNode(client, node)));
		const known = objects.flatMap(object => {
			const plural = pluralOf(object);
			return plural === undefined ? [] : [{object, plural}];
		});
		const namespaces = new Set(['longhorn-system', ...known.flatMap(({object}) => object.metadata.namespace ?? [])]);
		await Promise.all([...namespaces].map(name => client.ask('/api/v1/namespaces', {method: 'POST', json: {metadata: {name}}})));
		await Promise.all(known.map(({object, plural}) => put(client, object, plural)));
		await allAreBound(client);
		await Promise.all(controllersOn(nodes.map(({metadata}) => metadata.name)).map(each => run(client, each)));
	} finally {
		client.close();
	}
}

async function addNode(client: Client, {metadata: {name, labels = {}}, status}: KubeObject): Promise<void> {
	const gpu = labels['nvidia.com/gpu.present'] === undefined ? {} : {capacity: {'nvidia.com/gpu': '1'}};
	const {conditions} = status as {conditions: ReadonlyArray<{type: string}>};
	const node = makeNode(name, {labels, ...gpu});
	// What k3s says of etcd; kwok says the rest.
	const etcd = conditions.filter(({type}) => type === 'EtcdIsVoter');
	const json = {...node, status: {...node.status, conditions: etcd}};
	const made = await client.ask('/api/v1/nodes', {method: 'POST', json});
	if (made.status !== 201) throw new Error(`node ${name} was refused: ${made.text()}`);
}

async function allAreBound(client: Client): Promise<void> {
	await eventually(async () => {
		const claims = items((await client.ask('/api/v1/persistentvolumeclaims')).json().items);
		const waiting = claims.filter(({status}) => textOf(status?.phase) !== 'Bound');
		if (waiting.length > 0) throw new Error(`${waiting.length} claims are not bound`);
	});
}

async function run(client: Client, {namespace, ...each}: ReturnType<typeof controllersOn>[number]): Promise<void> {
	const collection = `/api/v1/namespaces/${namespace}/pods`;
	// A pod is refused until its namespace has a service account.
	await eventually(async () => {
		const made = await client.ask(collection, {method: 'POST', json: each});
		if (made.status !== 201 && made.status !== 409) throw new Error(made.text());
	});
	await eventually(async () => {
		const {status} = (await client.ask(`${collection}/${each.metadata.name}`)).json();
		if (textOf(status?.phase) !== 'Running') throw new Error(`${each.metadata.name} does not run`);
	});
}

import {describe, expect, it} from 'vitest';
import {name, type Raw} from '../../source/cluster/raw.ts';
import {scenarios, worlds} from '../../source/demo/catalog.ts';
import type {KubeObject, ResourceType} from '../../source/demo/model.ts';
import {type Client, connect} from '../conformance/client.ts';
import {rehearse} from '../demo/rehearsal.ts';
import {startControlPlane} from './start.ts';

/** What the embedded cluster shows must be what a real one could hold: each object is created there, strictly, with its status. */
const cases = [
	['homelab', 'node-lost'],
	['homelab', 'csi-broken'],
	['talos-bgp', 'calm'],
	['talos-prod', 'webhook-down'],
	['talos-dev', 'quota'],
	['talos-data', 'calm'],
	['talos-ceph', 'calm'],
] as const;

/** What others need comes first; what forbids others, or must be asked about them and is not there, comes last. */
const first = ['Namespace', 'ServiceAccount'];
const last = ['ResourceQuota', 'APIService', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
const rankOf = ({kind}: KubeObject) => (first.includes(kind) ? first.indexOf(kind) - first.length : last.indexOf(kind) + 1);

/** Longhorn really names its finalizer so. */
const known = 'prefer a domain-qualified finalizer name';

describe.each(cases)('a real API server takes the world %s, %s', (worldId, scenarioId) => {
	it('as it is after three minutes', async () => {
		const world = worlds.find(({id}) => id === worldId);
		const scenario = scenarios.find(({id}) => id === scenarioId);
		if (!world || !scenario) throw new Error(`There is no ${worldId} or no ${scenarioId}.`);
		const {stage, advance} = rehearse(world, scenario);
		advance(180);
		const all = stage.store
			.resources()
			.filter(({compute}) => compute === undefined)
			.flatMap(resource => stage.store.list(resource.group, resource.plural).map(object => ({resource, object})));

		const plain = await startControlPlane({without: ['kube-controller-manager', 'kube-scheduler', 'kwok']});
		const client = connect(plain, 'h2', plain.admin);
		try {
			await plain.applyCrds(['velero', 'cilium', 'k3s', 'longhorn']);
			const complaints: string[] = [];
			for (const {resource, object} of all.toSorted((a, b) => rankOf(a.object) - rankOf(b.object))) {
				complaints.push(...(await complaintsAbout(client, resource, object)));
			}
			expect(complaints).toEqual([]);
		} finally {
			client.close();
			await plain.stop();
		}
	});
});

async function complaintsAbout(client: Client, resource: ResourceType, object: KubeObject): Promise<string[]> {
	const path = pathOf(resource, object);
	const about = `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
	const created = await client.ask(`${path}?fieldValidation=Strict`, {method: 'POST', json: creatable(object)});
	const {warning = ''} = created.headers;
	const warned = warning === '' || warning.includes(known) ? [] : [`${about} warns: ${warning}`];
	// Namespaces and service accounts that every server makes by itself.
	if (created.status === 409) return warned;
	if (created.status >= 300) return [...warned, `${about}: ${name(created.json().message)}`];
	if (!resource.status || object.status === undefined) return warned;
	const tell = async () => {
		const there = (await client.ask(`${path}/${object.metadata.name}`)).json();
		return client.ask(`${path}/${object.metadata.name}/status?fieldValidation=Strict`, {
			method: 'PUT',
			json: {...there, status: object.status},
		});
	};
	const once = await tell();
	// The server has its own mind of an APIService, and may just have written it.
	const told = once.status === 409 ? await tell() : once;
	return told.status < 300 ? warned : [...warned, `${about}, its status: ${name(told.json().message)}`];
}

function pathOf({group, plural, namespaced}: ResourceType, {apiVersion, metadata}: KubeObject): string {
	const root = group === '' ? '/api' : '/apis';
	return `${root}/${apiVersion}${namespaced ? `/namespaces/${metadata.namespace}` : ''}/${plural}`;
}

/** Without what only a server may set, and without the addresses of a network that this server does not have. */
function creatable(object: KubeObject): unknown {
	const {resourceVersion: _, deletionTimestamp: __, deletionGracePeriodSeconds: ___, ...metadata} = object.metadata;
	const {clusterIP: _ip, clusterIPs: _ips, ...spec} = (object.spec ?? {}) as Readonly<Record<string, Raw>>;
	return object.kind === 'Service' ? {...object, metadata, spec} : {...object, metadata};
}

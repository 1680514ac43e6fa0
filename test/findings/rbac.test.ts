import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openCluster} from '../../source/cluster/cluster.ts';
import type {Kind} from '../../source/cluster/kind.ts';
import {connect} from '../../source/cluster/line/connect.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster, Rule} from '../../source/demo/model.ts';
import {homelab} from '../../source/demo/worlds/homelab/homelab.ts';
import {type Asked, type Read, type Role, roleSets} from '../../source/findings/rbac.ts';
import {scrapes, systems} from '../../source/findings/systems.ts';
import type {StoredRecord} from '../../source/vocabulary.ts';
import {targetOf, until} from '../cluster/server.ts';

const kinds: ReadonlyArray<Kind<StoredRecord>> = systems.flatMap(system => system.kinds);
const reads: readonly Read[] = kinds.map(kind => ({kind, verbs: ['get', 'list', 'watch']}));
const asked: readonly Asked[] = scrapes.map(scrape => ({scrape, namespaces: ['gpu-operator']}));
const sets = roleSets(reads, asked);
const roles = (name: string): readonly Role[] => sets.find(set => set.name === name)?.roles ?? [];

/** The rules of roles as the authorizer of the embedded cluster takes them. */
const rulesOf = (some: readonly Role[]): readonly Rule[] =>
	some.flatMap(({metadata: {namespace}, rules}) =>
		rules.map(rule => ({...(namespace === undefined ? {} : {namespace}), ...rule})),
	);

const allows = (verb: string, group: string, resource: string, namespace?: string) =>
	rulesOf(roles('read')).some(
		rule =>
			(rule.namespace === undefined || rule.namespace === namespace) &&
			rule.apiGroups.includes(group) &&
			rule.resources.includes(resource) &&
			rule.verbs.includes(verb),
	);

describe('the role to read', () => {
	test('allows to list and watch every kind that is read, where it is read', () => {
		const missing = kinds.filter(
			({group, plural, namespace}) => !['list', 'watch'].every(verb => allows(verb, group, plural, namespace)),
		);
		expect(missing.map(({id}) => id)).toEqual([]);
	});

	test('names nothing but what is read, logs, the pods that are scraped, and the namespaces one look goes through', () => {
		const known = new Set(kinds.map(({group, plural}) => `${plural}.${group}`));
		const named = roles('read').flatMap(({rules}) =>
			rules.flatMap(({apiGroups, resources}) => resources.map(resource => `${resource}.${apiGroups.join()}`)),
		);
		expect(named.filter(resource => !known.has(resource)).sort()).toEqual(['namespaces.', 'pods/log.', 'pods/proxy.']);
		expect(allows('get', '', 'pods/proxy')).toBe(false);
		expect(allows('get', '', 'pods/proxy', 'gpu-operator')).toBe(true);
	});

	test('gives no Secrets, no way to run commands, nothing that changes anything', () => {
		const {resources, verbs} = {
			resources: roles('read').flatMap(({rules}) => rules.flatMap(rule => rule.resources)),
			verbs: new Set(roles('read').flatMap(({rules}) => rules.flatMap(rule => rule.verbs))),
		};
		for (const never of ['secrets', 'nodes/proxy', 'pods/exec', '*']) expect(resources).not.toContain(never);
		expect([...verbs].sort()).toEqual(['get', 'list', 'watch']);
	});

	test('of what is read in one namespace only is a Role there', () => {
		expect(allows('list', 'coordination.k8s.io', 'leases')).toBe(false);
		expect(allows('list', 'coordination.k8s.io', 'leases', 'kube-node-lease')).toBe(true);
		for (const {kind, metadata} of roles('read')) expect(kind).toBe(metadata.namespace === undefined ? 'ClusterRole' : 'Role');
	});

	test('does not name what is not installed, nor what a server does not offer', () => {
		const [first, ...rest] = roleSets(
			reads.filter(({kind}) => kind.group !== 'velero.io').map(({kind}) => ({kind, verbs: ['get', 'list']})),
			[],
		);
		const rules = first?.roles.flatMap(role => role.rules) ?? [];
		expect(rules.flatMap(({apiGroups}) => apiGroups)).not.toContain('velero.io');
		expect(rules.flatMap(({verbs}) => verbs)).not.toContain('watch');
		expect(rest.map(({name}) => name)).toEqual(['cordon', 'drain', 'backup', 'cronjob']);
		expect(JSON.stringify(rest)).not.toContain('velero.io');
	});
});

test('every action has a role of its own', () => {
	expect(sets.map(({name}) => name)).toEqual(['read', 'cordon', 'drain', 'backup', 'pause', 'cronjob']);
	expect(rulesOf(roles('cordon'))).toEqual([
		{apiGroups: [''], resources: ['nodes'], verbs: ['get', 'patch']},
		{namespace: 'default', apiGroups: [''], resources: ['events'], verbs: ['create']},
	]);
	expect(rulesOf(roles('drain'))).toContainEqual({apiGroups: [''], resources: ['pods/eviction'], verbs: ['create']});
	expect(rulesOf(roles('backup'))).toContainEqual({apiGroups: ['velero.io'], resources: ['backups'], verbs: ['create', 'get']});
	expect(rulesOf(roles('pause'))).toEqual([{apiGroups: ['velero.io'], resources: ['schedules'], verbs: ['get', 'patch']}]);
});

test('no action may do what it needs not: past a budget, or anything at all', () => {
	const verbs = (name: string) => new Set(rulesOf(roles(name)).flatMap(each => each.verbs));
	for (const {name} of sets)
		for (const never of ['delete', 'deletecollection', 'escalate', 'bind', '*']) expect(verbs(name)).not.toContain(never);
});

describe('a user with the role to read', () => {
	let embedded: EmbeddedCluster;
	beforeAll(async () => {
		embedded = await startEmbedded({world: homelab});
	});
	afterAll(() => embedded.close());

	test('is denied nothing, neither what is read nor what is scraped', async () => {
		const token = embedded.addUser(
			'reader',
			rulesOf(roleSets(reads, asked).flatMap(set => (set.name === 'read' ? set.roles : []))),
		);
		const target = targetOf(new URL(embedded.server), undefined, {
			tls: {insecure: false, authority: {pem: embedded.ca}},
			user: {token, impersonate: {}},
		});
		const cluster = openCluster({transport: connect(target, {env: {}}), namespace: '', systems, scrapes});
		const state = (one: Kind<StoredRecord>) => cluster.source(one).reading().state.is;
		try {
			await until(() => kinds.every(kind => state(kind) !== 'loading'));
			await until(() => scrapes.every(scrape => cluster.source(scrape).reading().state.is === 'polled'));
			expect(kinds.filter(kind => !['live', 'polled', 'absent'].includes(state(kind))).map(({id}) => id)).toEqual([]);
		} finally {
			cluster.close();
		}
	});
});

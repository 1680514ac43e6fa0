import type {Kind} from '../cluster/kind.ts';
import type {Scrape} from '../cluster/scrape.ts';
import type {StoredRecord} from '../vocabulary.ts';

/** One rule, as Kubernetes writes it. */
export type PolicyRule = {
	readonly apiGroups: readonly string[];
	readonly resources: readonly string[];
	readonly verbs: readonly string[];
	readonly resourceNames?: readonly string[];
};

/** A Role where it has a namespace, else a ClusterRole; as it is applied. */
export type Role = {
	readonly apiVersion: 'rbac.authorization.k8s.io/v1';
	readonly kind: 'ClusterRole' | 'Role';
	readonly metadata: {readonly name: string; readonly namespace?: string};
	readonly rules: readonly PolicyRule[];
};

/** Roles that are granted together, and what for. */
export type RoleSet = {readonly name: string; readonly about: string; readonly roles: readonly Role[]};

/** A kind that is read, and what its server offers of `get`, `list` and `watch`. */
export type Read = {readonly kind: Kind<StoredRecord>; readonly verbs: readonly string[]};

/** A scrape, and in which namespaces there is something for it to ask. */
export type Asked = {readonly scrape: Scrape<unknown>; readonly namespaces: readonly string[]};

function role(name: string, namespace: string, rules: readonly PolicyRule[]): Role {
	const metadata = {name: `midwatch-${name}`, ...(namespace === '' ? {} : {namespace})};
	return {apiVersion: 'rbac.authorization.k8s.io/v1', kind: namespace === '' ? 'ClusterRole' : 'Role', metadata, rules};
}

const rule = (group: string, resources: readonly string[], verbs: readonly string[]): PolicyRule => ({
	apiGroups: [group],
	resources,
	verbs,
});

/** One rule for all resources of a group that may be read alike. */
function readRules(reads: readonly Read[]): readonly PolicyRule[] {
	const alike = Map.groupBy(reads, ({kind, verbs}) => `${kind.group} ${verbs.join()}`);
	return [...alike.values()]
		.map(([first, ...more]) => {
			const {kind, verbs} = first as Read;
			const plurals = new Set([kind.plural, ...more.map(each => each.kind.plural)]);
			return rule(kind.group, [...plurals].sort(), verbs);
		})
		.sort(({apiGroups: [a = '']}, {apiGroups: [b = '']}) => (a < b ? -1 : a > b ? 1 : 0));
}

/** What a scrape asks is asked through the proxy of what it is read from. */
const proxyRules = ({scrape}: Asked): readonly PolicyRule[] =>
	[...new Set(scrape.from.map(({group, plural}) => `${group} ${plural}/proxy`))].map(each => {
		const [group = '', resource = ''] = each.split(' ');
		return rule(group, [resource], ['get']);
	});

/** `pods/log` is for the detail of a pod: whoever gives it away gives away what applications write there. */
const logs = rule('', ['pods/log'], ['get']);

/** One look at a large cluster goes through it by namespace. */
const namespaces = rule('', ['namespaces'], ['list']);

/** What is read in one namespace only, may be read there only. */
function readRoles(reads: readonly Read[], asked: readonly Asked[]): readonly Role[] {
	const wide = reads.filter(({kind}) => kind.namespace === undefined);
	const isWide = new Set(wide.map(({kind}) => `${kind.plural}.${kind.group}`));
	const narrow = reads.filter(({kind}) => kind.namespace !== undefined && !isWide.has(`${kind.plural}.${kind.group}`));
	const rules = new Map<string, PolicyRule[]>();
	const add = (namespace: string, more: readonly PolicyRule[]) => {
		rules.set(namespace, [...(rules.get(namespace) ?? []), ...more]);
	};
	for (const [namespace, some] of Map.groupBy(narrow, ({kind}) => kind.namespace ?? '')) add(namespace, readRules(some));
	for (const each of asked) for (const namespace of each.namespaces) add(namespace, proxyRules(each));
	return [
		role('read', '', [...readRules(wide), logs, namespaces]),
		...[...rules].map(([namespace, some]) => role('read', namespace, some)),
	];
}

const cordon = rule('', ['nodes'], ['get', 'patch']);
const lock = 'midwatch-drain';

/** An Event on a node says who did something and why: a nicety, and nothing depends on it. Events of nodes are in `default`. */
const cause = (name: string): Role => role(name, 'default', [rule('', ['events'], ['create'])]);

/** What Velero moves, and how far it is. */
const transfers: readonly PolicyRule[] = [
	rule('velero.io', ['podvolumebackups', 'podvolumerestores', 'datauploads', 'datadownloads'], ['list']),
];

/** What each action takes beside reading. */
const actions: readonly RoleSet[] = [
	{name: 'cordon', about: 'cordon and uncordon nodes', roles: [role('cordon', '', [cordon]), cause('cordon')]},
	{
		name: 'drain',
		about: 'drain nodes: cordon them, and evict their pods; nothing past a disruption budget',
		roles: [
			role('drain', '', [
				cordon,
				rule('', ['pods'], ['get', 'list']),
				rule('', ['pods/eviction'], ['create']),
				rule('', ['replicationcontrollers', 'persistentvolumes', 'persistentvolumeclaims'], ['get']),
				rule('apps', ['daemonsets', 'replicasets', 'statefulsets'], ['get']),
				rule('batch', ['jobs'], ['get']),
				rule('policy', ['poddisruptionbudgets'], ['list']),
				...transfers,
				rule('longhorn.io', ['settings'], ['list']),
			]),
			// One drain at a time: the lease that says so. What is created has no name yet that could be asked for.
			role('drain', 'kube-system', [
				rule('coordination.k8s.io', ['leases'], ['create', 'list']),
				{...rule('coordination.k8s.io', ['leases'], ['get', 'update']), resourceNames: [lock]},
			]),
			cause('drain'),
		],
	},
	{
		name: 'backup',
		about: 'start a backup of Velero or Longhorn now and follow it; a RoleBinding in their namespaces is enough',
		roles: [
			role('backup', '', [
				rule('velero.io', ['backups'], ['create', 'get']),
				rule('velero.io', ['schedules'], ['get']),
				...transfers,
				rule('longhorn.io', ['snapshots', 'backups'], ['create', 'get']),
			]),
		],
	},
	{
		name: 'pause',
		about: 'pause and unpause schedules of Velero; a RoleBinding in its namespace is enough',
		roles: [role('pause', '', [rule('velero.io', ['schedules'], ['get', 'patch'])])],
	},
	{
		name: 'cronjob',
		about: 'run and pause CronJobs that are backup tiers; bind it in their namespaces only: who may create Jobs may run anything',
		roles: [role('cronjob', '', [rule('batch', ['cronjobs'], ['get', 'patch']), rule('batch', ['jobs'], ['create', 'get'])])],
	},
];

/** Groups that not every cluster has. */
const installed = ['velero.io', 'longhorn.io'];

/** Only what there is something here for; none where that is nothing. */
function servedRole({rules, ...rest}: Role, served: ReadonlySet<string>): readonly Role[] {
	const kept = rules.filter(({apiGroups}) => apiGroups.every(group => !installed.includes(group) || served.has(group)));
	return kept.length === 0 ? [] : [{...rest, rules: kept}];
}

/**
 * The least that midwatch needs: to read what is there, never Secrets and never `nodes/proxy`, which is as good as running
 * commands; and for each action on what is there.
 */
export function roleSets(reads: readonly Read[], asked: readonly Asked[]): readonly RoleSet[] {
	const served = new Set(reads.map(({kind}) => kind.group));
	return [
		{name: 'read', about: 'read: no Secrets, no nodes/proxy, nothing that changes anything', roles: readRoles(reads, asked)},
		...actions.flatMap(({roles, ...set}) => {
			const here = roles.flatMap(each => servedRole(each, served));
			return here.length === 0 ? [] : [{...set, roles: here}];
		}),
	];
}

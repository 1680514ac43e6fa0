import type {Subject} from '../../vocabulary.ts';
import type {Runbook} from '../runbook.ts';
import {type Occasion, partsOf} from './occasion.ts';

/** How findings say what they are about, by the beginning of their ids: the first that fits. */
const shapes: ReadonlyArray<readonly [RegExp, string]> = [
	[/^session-/, 'NODE/PEER'],
	[/^csi-driver-missing$/, 'DRIVER on NODE'],
	[/^(?:gpu-exporter|gpu-allocated)/, 'GPU'],
	[/^gpu-/, 'NODE/GPU'],
	[/^(?:node-|etcd-not-voter)/, 'NODE'],
	[/^vip-/, 'LEASE'],
	[/^(?:address-|critical-workload|workload-|pods-)/, 'NAMESPACE/NAME'],
	[/^(?:claim-|volume-|resize-)/, 'NAMESPACE/CLAIM'],
	[/^disk-/, 'NODE DISK'],
	[/^storage-/, 'SERVER'],
	[/^(?:backup-|schedule-|restore-|not-offsite|retention-)/, 'TIER'],
	[/^location-/, 'LOCATION'],
	[/^pool-/, 'POOL'],
	[/^certificate-/, 'NAMESPACE/CERTIFICATE'],
];

/** Names by which the name of an object is asked for, by its resource. */
const resources: Readonly<Record<string, readonly string[]>> = {
	nodes: ['NODE'],
	pods: ['POD'],
	services: ['SERVICE'],
	persistentvolumeclaims: ['CLAIM', 'PVC'],
	persistentvolumes: ['VOLUME', 'PV'],
	'volumes.longhorn.io': ['VOLUME'],
	'deployments.apps': ['DEPLOYMENT', 'WORKLOAD'],
	'statefulsets.apps': ['STATEFULSET', 'WORKLOAD'],
	'daemonsets.apps': ['DAEMONSET', 'WORKLOAD'],
	'replicasets.apps': ['WORKLOAD'],
	'jobs.batch': ['JOB', 'WORKLOAD'],
	'cronjobs.batch': ['CRONJOB', 'WORKLOAD'],
	'schedules.velero.io': ['SCHEDULE', 'TIER'],
	'backupstoragelocations.velero.io': ['LOCATION'],
	'csinodes.storage.k8s.io': ['NODE'],
	'ciliumbgpnodeconfigs.cilium.io': ['NODE'],
	'ciliumloadbalancerippools.cilium.io': ['POOL'],
	'certificates.cert-manager.io': ['CERTIFICATE'],
	'leases.coordination.k8s.io': ['LEASE'],
	'clusters.postgresql.cnpg.io': ['CLUSTER'],
	'storageclasses.storage.k8s.io': ['CLASS'],
};

/** Other names for the same: what a runbook asks for, and what may answer. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
	PVC: ['CLAIM', 'PERSISTENTVOLUMECLAIM'],
	CLAIM: ['PVC', 'PERSISTENTVOLUMECLAIM', 'NAME'],
	PV: ['VOLUME', 'PERSISTENTVOLUME'],
	VOLUME: ['PV', 'PERSISTENTVOLUME'],
	NS: ['NAMESPACE'],
	SERVICE: ['SVC', 'NAME'],
	SVC: ['SERVICE', 'NAME'],
	WORKLOAD: ['DEPLOYMENT', 'STATEFULSET', 'DAEMONSET', 'NAME'],
	DEPLOYMENT: ['WORKLOAD', 'NAME'],
	POD: ['NAME'],
	SCHEDULE: ['TIER'],
	TIER: ['SCHEDULE'],
	DEVICE: ['GPU'],
	HOST: ['NODE'],
	INSTANCE: ['NODE'],
};

/** What the words that a finding is about mean, by its shape; as many of them as are there, from the front. */
function byShape(id: string, about: string): Readonly<Record<string, string>> {
	const [, shape] = shapes.find(([pattern]) => pattern.test(id)) ?? [];
	if (shape === undefined || about === '') return {};
	const between = [' on ', ' '].find(each => shape.includes(each)) ?? '/';
	const names = shape.split(between);
	const parts = about.split(between);
	// Where there is one word less, it is what the last names, but for nodes, which stand first.
	const from = parts.length < names.length && names[0] === 'NAMESPACE' ? names.length - parts.length : 0;
	const last = names.length - 1;
	return Object.fromEntries(
		names.flatMap((name, at) => {
			const part = at === last ? parts.slice(at - from).join(between) : parts[at - from];
			return part === undefined || part === '' || at < from ? [] : [[name, part] as const];
		}),
	);
}

function bySubject({resource, namespace, name}: Subject): Readonly<Record<string, string>> {
	const names = resources[resource] ?? [];
	return {...(namespace === '' ? {} : {NAMESPACE: namespace}), ...Object.fromEntries(names.map(one => [one, name] as const))};
}

const byLabels = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(labels).map(([label, value]) => [label.toUpperCase().replaceAll(/\W/g, '_'), value]));

/**
 * The values that an occasion has for a runbook's parameters, by their names. Raw: they are given to commands as variables of
 * their environment, and never put into text. Nothing that could not be one is among them.
 */
export function valuesFor({parameters}: Runbook, {finding, alert}: Occasion): Readonly<Record<string, string>> {
	const {id, about} = partsOf(finding?.name ?? '');
	const known: Readonly<Record<string, string>> = {
		...(alert === undefined ? {} : {...byLabels(alert.labels), ALERT: alert.name, ALERTNAME: alert.name}),
		...(finding === undefined ? {} : {FINDING: finding.name, SUBJECT: about, ...byShape(id, about)}),
		...(finding?.subject === undefined ? {} : bySubject(finding.subject)),
	};
	const answers = parameters.flatMap(({name}) => {
		const asked = name.toUpperCase();
		const base = asked.replace(/_NAME$/, '');
		const names = [asked, base, ...(synonyms[base] ?? [])];
		const value = names
			.map(one => (Object.hasOwn(known, one) ? known[one] : undefined))
			.find(one => one !== undefined && one !== '');
		return value === undefined || value.includes('\0') ? [] : [[name, value] as const];
	});
	return Object.fromEntries(answers);
}

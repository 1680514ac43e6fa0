import {type BackupRecord, backupKind, type RestoreRecord, restoreKind} from '../../backups/velero.ts';
import {type BgpNodeRecord, bgpNodeKind} from '../../bgp/cilium.ts';
import type {Raw} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import {type LeaseRecord, leaseKind} from '../../nodes/lease.ts';
import {type PlanRecord, planKind} from '../../nodes/plan.ts';
import {type PersistentVolumeRecord, persistentVolumeKind} from '../../storage/kubernetes.ts';
import {type LonghornVolumeRecord, longhornVolumeKind} from '../../storage/longhorn.ts';
import {type EngineRecord, engineKind, type ReplicaRecord, replicaKind} from '../../storage/replica.ts';
import {own, type Reading, type SafeText, say} from '../../vocabulary.ts';
import {type EndpointsRecord, endpointsKind} from '../../workloads/endpoints.ts';
import {type Cordoner, cordonerOf} from '../cordon/cordoner.ts';
import {lockName, lockPath} from '../lock.ts';
import type {DrainNode} from './node.ts';
import {type AddressRecord, addressKind} from './sources/address.ts';
import {type ElectionRecord, electionKind} from './sources/election.ts';
import {drainPolicyKind, type LonghornSettingRecord} from './sources/longhorn-setting.ts';
import {type TransferRecord, transferKinds} from './sources/transfer.ts';

/** What stands around a node that is to be drained, as it is now. Each reading says itself whether it could be read. */
export type Surroundings = {
	/** The kubelets' heartbeats. */
	readonly heartbeats: Reading<LeaseRecord>;
	/** All leases of kube-system. */
	readonly elections: Reading<ElectionRecord>;
	/** The Lease between two drains, and why none can be taken; each undefined where there is nothing to say. */
	readonly lock: Raw | undefined;
	readonly noLock: SafeText | undefined;
	/** Who cordoned the node. */
	readonly cordoner: Cordoner | undefined;
	readonly plans: Reading<PlanRecord>;
	readonly volumes: Reading<PersistentVolumeRecord>;
	readonly longhornVolumes: Reading<LonghornVolumeRecord>;
	readonly replicas: Reading<ReplicaRecord>;
	readonly engines: Reading<EngineRecord>;
	/** `node-drain-policy` alone. */
	readonly drainPolicy: Reading<LonghornSettingRecord>;
	readonly backups: Reading<BackupRecord>;
	readonly restores: Reading<RestoreRecord>;
	/** Data on its way to or from backups, each kind of it. */
	readonly transfers: readonly Reading<TransferRecord>[];
	readonly sessions: Reading<BgpNodeRecord>;
	/** Services of type LoadBalancer. */
	readonly services: Reading<AddressRecord>;
	/** Of those services that only nodes with an endpoint carry. */
	readonly endpoints: Reading<EndpointsRecord>;
};

/** More names than these make too long a selector. */
const mostNamed = 40;

type Addresses = Pick<Surroundings, 'services' | 'endpoints'>;

async function readAddresses(reader: Reader): Promise<Addresses> {
	const services = await reader.read(addressKind);
	const local = [...services.records.values()].filter(({isLocal, actionable}) => isLocal && actionable);
	if (local.length === 0) return {services, endpoints: {state: services.state, records: new Map(), revision: 0}};
	const names = [...new Set(local.map(({name}) => name))];
	const narrowed = names.length > mostNamed ? {} : {labelSelector: `kubernetes.io/service-name in (${names.join(',')})`};
	return {services, endpoints: await reader.read(endpointsKind, narrowed)};
}

type Lock = Pick<Surroundings, 'lock' | 'noLock'>;

const verbs = ['get', 'create', 'update'] as const;

async function readLock(reader: Reader): Promise<Lock> {
	const lease = {group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-system'};
	const named = (verb: string) => (verb === 'create' ? {} : {name: lockName});
	try {
		const may = await Promise.all(verbs.map(verb => reader.may({...lease, verb, ...named(verb)})));
		const missing = verbs.filter((_, at) => may[at]?.allowed !== true);
		const noLock = missing.length === 0 ? undefined : say`not permitted: ${own(missing.join(', '))} leases in kube-system`;
		return {lock: missing.includes('get') ? undefined : await reader.get(lockPath), noLock};
	} catch (error) {
		return {lock: undefined, noLock: sentenceOf(error)};
	}
}

/** Who cordoned a node is told by what its list leaves out. */
async function readCordoner(reader: Reader, {name, unschedulable}: DrainNode, plans: Promise<Reading<PlanRecord>>) {
	if (!unschedulable) return undefined;
	try {
		const node = await reader.get(`/api/v1/nodes/${encodeURIComponent(name)}`);
		return node && cordonerOf(node, await plans);
	} catch {
		return undefined;
	}
}

type Reads = Omit<Surroundings, keyof Addresses | keyof Lock> & {readonly addresses: Addresses; readonly locking: Lock};

/** Waits for all of them at once. */
async function allOf<T extends object>(reads: {readonly [K in keyof T]: Promise<T[K]>}): Promise<T> {
	const read = Object.entries<Promise<unknown>>(reads).map(async ([name, promise]) => [name, await promise]);
	return Object.fromEntries(await Promise.all(read));
}

/** Reads what stands around a node, all at once. Never rejects: what could not be read says so. */
export async function readSurroundings(reader: Reader, node: DrainNode): Promise<Surroundings> {
	const plans = reader.read(planKind);
	const {addresses, locking, ...read} = await allOf<Reads>({
		heartbeats: reader.read(leaseKind),
		elections: reader.read(electionKind),
		locking: readLock(reader),
		plans,
		cordoner: readCordoner(reader, node, plans),
		volumes: reader.read(persistentVolumeKind),
		longhornVolumes: reader.read(longhornVolumeKind),
		replicas: reader.read(replicaKind),
		engines: reader.read(engineKind),
		drainPolicy: reader.read(drainPolicyKind),
		backups: reader.read(backupKind),
		restores: reader.read(restoreKind),
		transfers: Promise.all(transferKinds.map(kind => reader.read(kind))),
		sessions: reader.read(bgpNodeKind),
		addresses: readAddresses(reader),
	});
	return {...read, ...locking, ...addresses};
}

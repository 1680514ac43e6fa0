import {expect} from 'vitest';
import {cordonerOf} from '../../../../source/actions/cordon/cordoner.ts';
import {budgetKind} from '../../../../source/actions/drain/budget.ts';
import {drainNodeKind} from '../../../../source/actions/drain/node.ts';
import type {Owner} from '../../../../source/actions/drain/owner.ts';
import {drainPodKind} from '../../../../source/actions/drain/pod.ts';
import type {Check, DrainPod, DrainSight, Fate} from '../../../../source/actions/drain/sight.ts';
import {addressKind} from '../../../../source/actions/drain/sources/address.ts';
import {electionKind} from '../../../../source/actions/drain/sources/election.ts';
import {drainPolicyKind} from '../../../../source/actions/drain/sources/longhorn-setting.ts';
import {transferKinds} from '../../../../source/actions/drain/sources/transfer.ts';
import {lockName} from '../../../../source/actions/lock.ts';
import {usualDrain} from '../../../../source/actions/request.ts';
import {backupKind, restoreKind} from '../../../../source/backups/velero.ts';
import {bgpNodeKind} from '../../../../source/bgp/cilium.ts';
import type {Raw} from '../../../../source/cluster/raw.ts';
import {leaseKind} from '../../../../source/nodes/lease.ts';
import {planKind} from '../../../../source/nodes/plan.ts';
import {persistentVolumeKind} from '../../../../source/storage/kubernetes.ts';
import {longhornVolumeKind} from '../../../../source/storage/longhorn.ts';
import {engineKind, replicaKind} from '../../../../source/storage/replica.ts';
import type {RawName, SafeText, SourceState} from '../../../../source/vocabulary.ts';
import {endpointsKind} from '../../../../source/workloads/endpoints.ts';
import {expectSafe} from '../../../_helpers/hostile.ts';
import {reading} from '../../../_helpers/reading.ts';
import {lease, now} from '../../../nodes/objects.ts';

type List = readonly object[];

/** Raw objects around a node that is to be drained. What is not given is not there. */
export type Objects = {
	readonly nodes?: List;
	/** When not given, every node has renewed its lease 5 s ago. */
	readonly leases?: List;
	/** On the node, with what becomes of them beside leaving. */
	readonly pods?: ReadonlyArray<object & {readonly fate?: Partial<Fate>}>;
	readonly budgets?: List;
	/** By the uid of the controller. */
	readonly owners?: Readonly<Record<string, Owner>>;
	readonly elections?: List;
	readonly lock?: object;
	readonly noLock?: SafeText;
	readonly resumes?: string;
	/** All nodes of the drain; that one alone where not given. */
	readonly turns?: readonly string[];
	readonly plans?: List;
	readonly volumes?: List;
	readonly longhornVolumes?: List;
	readonly replicas?: List;
	readonly engines?: List;
	readonly drainPolicy?: string;
	readonly backups?: List;
	readonly restores?: List;
	/** By plural. */
	readonly transfers?: Readonly<Record<string, List>>;
	readonly sessions?: List;
	readonly services?: List;
	readonly endpoints?: List;
	readonly states?: Partial<Record<keyof Objects, SourceState>>;
};

/** The node that is drained in all of them. */
export const drained = 'nuc-2';

const nameOf = (object: object) => (object as {metadata: {name: string}}).metadata.name;

function fateOf(object: object & {readonly fate?: Partial<Fate>}): Fate {
	const {fate, ...raw} = object;
	const [pod] = reading(drainPodKind, [raw]).records.values();
	return {is: 'leaves', loses: [], next: {is: 'fits'}, ...fate, pod: pod as DrainPod} as Fate;
}

const setting = (value: string) => ({metadata: {namespace: 'longhorn-system', name: 'node-drain-policy'}, value});

/** What preflight looks at, out of raw objects, through the real projections. */
export function sight(objects: Objects): DrainSight {
	const {
		nodes = [],
		leases,
		pods = [],
		states = {},
		noLock,
		resumes,
		turns = [drained],
		lock,
		drainPolicy,
		transfers = {},
	} = objects;
	const read = reading(drainNodeKind, nodes, states.nodes);
	const plans = reading(planKind, objects.plans ?? [], states.plans);
	const node = read.records.get(drained);
	if (node === undefined) throw new Error(`there is no ${drained} among the nodes`);
	const raw = nodes.find(each => nameOf(each) === drained) as unknown as Raw;
	const cordoner = cordonerOf(raw, plans);
	return {
		now,
		options: usualDrain,
		...(resumes === undefined ? {} : {resumes}),
		turns: turns as readonly RawName[],
		node,
		nodes: read,
		fates: pods.map(fateOf),
		budgets: reading(budgetKind, objects.budgets ?? [], states.budgets),
		owners: new Map(Object.entries(objects.owners ?? {})),
		heartbeats: reading(leaseKind, leases ?? nodes.map(each => lease(nameOf(each))), states.leases),
		elections: reading(electionKind, objects.elections ?? [], states.elections),
		lock: lock as Raw | undefined,
		noLock,
		cordoner,
		plans,
		volumes: reading(persistentVolumeKind, objects.volumes ?? [], states.volumes),
		longhornVolumes: reading(longhornVolumeKind, objects.longhornVolumes ?? [], states.longhornVolumes),
		replicas: reading(replicaKind, objects.replicas ?? [], states.replicas),
		engines: reading(engineKind, objects.engines ?? [], states.engines),
		drainPolicy: reading(drainPolicyKind, drainPolicy === undefined ? [] : [setting(drainPolicy)], states.drainPolicy),
		backups: reading(backupKind, objects.backups ?? [], states.backups),
		restores: reading(restoreKind, objects.restores ?? [], states.restores),
		transfers: transferKinds.map(kind => reading(kind, transfers[kind.plural] ?? [], states.transfers)),
		sessions: reading(bgpNodeKind, objects.sessions ?? [], states.sessions),
		services: reading(addressKind, objects.services ?? [], states.services),
		endpoints: reading(endpointsKind, objects.endpoints ?? [], states.endpoints),
	};
}

/** A pod of the node that is drained. */
export const pod = (path: string, fields: {metadata?: object; spec?: object; fate?: Partial<Fate>} = {}) => {
	const [namespace, name] = path.split('/');
	return {
		metadata: {namespace, name, uid: `pod-${path}`, ...fields.metadata},
		spec: {nodeName: drained, containers: [{name: 'main'}], ...fields.spec},
		status: {phase: 'Running'},
		...(fields.fate === undefined ? {} : {fate: fields.fate}),
	};
};

/** A pod that mounts a claim of its namespace. */
export const podWith = (path: string, claimName: string) =>
	pod(path, {spec: {volumes: [{name: 'data', persistentVolumeClaim: {claimName}}]}});

/** Our lock, as `user@host` took it for a run. */
export const lockOf = (by: string, run: string, renewed: string, node = 'nuc-3') => ({
	metadata: {namespace: 'kube-system', name: lockName, annotations: {'midwatch.dev/draining': node}},
	spec: {holderIdentity: `${by}/${run}`, acquireTime: renewed, renewTime: renewed, leaseDurationSeconds: 30},
});

/** What a check says of it, one line each: how much it weighs, and what. Each must name a way out, but for what is only told. */
export const told = (check: Check, objects: Objects): readonly string[] =>
	check(sight(objects)).map(({weight, text, wayOut}) => {
		if (weight !== 'tells') expect(wayOut).toBeTruthy();
		expectSafe({text, wayOut});
		return `${weight}: ${text}`;
	});

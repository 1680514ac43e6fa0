import {inTurn} from '../../cluster/in-turn.ts';
import {flag, items, name, number, type Raw} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import {own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {shownPath} from '../../words.ts';
import type {DrainPod} from './pod.ts';

/** What keeps a pod in being, as far as it matters to whether the pod comes again. */
export type Owner =
	| {readonly is: 'gone'}
	/** Of a kind that is not known here, or it could not be read: taken to make the pod again. */
	| {readonly is: 'unread'; readonly why: SafeText}
	| {
			readonly is: 'there';
			/** What people call it: `default/web`, the Deployment rather than its ReplicaSet. */
			readonly shown: SafeText;
			/** Pods of it that there shall be; undefined where that is no number that stands still (a Job). */
			readonly wanted: number | undefined;
			/** Why it makes none in place of one that is evicted; undefined where it does. */
			readonly ends: SafeText | undefined;
			/** Its template names a node itself: no scheduler is asked. */
			readonly bound: RawName;
	  };

/** By the controller's uid. */
export type Owners = ReadonlyMap<string, Owner>;

const roots: Readonly<Record<string, string>> = {
	'apps/v1 ReplicaSet': '/apis/apps/v1/namespaces/*/replicasets/',
	'apps/v1 StatefulSet': '/apis/apps/v1/namespaces/*/statefulsets/',
	'v1 ReplicationController': '/api/v1/namespaces/*/replicationcontrollers/',
	'batch/v1 Job': '/apis/batch/v1/namespaces/*/jobs/',
};

/** Questions that are on their way at once. */
const atOnce = 16;

/** Reads the controllers of pods, each once. Never rejects: what could not be read says so. */
export async function readOwners(reader: Reader, pods: readonly DrainPod[]): Promise<Owners> {
	const owners = new Map<string, Owner>();
	const named = new Map(pods.flatMap(pod => (pod.controller === undefined ? [] : [[pod.controller.uid, pod] as const])));
	await inTurn([...named], atOnce, async ([uid, pod]) => {
		owners.set(uid, await readOwner(reader, pod));
	});
	return owners;
}

async function readOwner(reader: Reader, {namespace, controller}: DrainPod): Promise<Owner> {
	const kind = `${controller?.apiVersion} ${controller?.kind}`;
	const root = roots[kind];
	if (controller === undefined || root === undefined) return {is: 'unread', why: say`${safeText(kind, 128)} is not known here`};
	try {
		const raw = await reader.get(`${root.replace('*', encodeURIComponent(namespace))}${encodeURIComponent(controller.name)}`);
		// Another one of the same name is not who made the pod.
		if (raw === undefined || name(raw.metadata?.uid) !== controller.uid) return {is: 'gone'};
		return ownerOf(raw, controller.kind);
	} catch (error) {
		return {is: 'unread', why: sentenceOf(error)};
	}
}

/** What an owner says of itself. Pure; `raw` is untrusted. */
export function ownerOf(raw: Raw, kind: string): Owner {
	const {metadata, spec} = raw;
	const above = items(metadata?.ownerReferences).find(({controller}) => flag(controller));
	const known = {namespace: name(metadata?.namespace), name: name(above?.name ?? metadata?.name)};
	return {
		is: 'there',
		shown: shownPath(known),
		wanted: kind === 'Job' ? undefined : (number(spec?.replicas) ?? 1),
		ends: kind === 'Job' ? endOfJob(raw) : (number(spec?.replicas) ?? 1) === 0 ? own('its owner wants no pods') : undefined,
		bound: name(spec?.template?.spec?.nodeName),
	};
}

/** Kubernetes pkg/controller/job/job_controller.go: what is evicted counts as failed, unless a policy ignores disruptions. */
function endOfJob({spec, status}: Raw): SafeText | undefined {
	const is = (type: string) => items(status?.conditions).some(each => name(each.type) === type && name(each.status) === 'True');
	if (is('Complete') || is('Failed')) return own('its Job is over');
	if (flag(spec?.suspend)) return own('its Job is suspended');
	const ignored = items(spec?.podFailurePolicy?.rules).some(
		({action, onPodConditions}) =>
			name(action) === 'Ignore' && items(onPodConditions).some(({type}) => name(type) === 'DisruptionTarget'),
	);
	const failures = (number(status?.failed) ?? 0) + 1;
	const most = number(spec?.backoffLimit) ?? 6;
	return !ignored && failures > most ? say`its Job has failed with it: it may fail ${most} times` : undefined;
}

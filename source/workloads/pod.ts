import type {Identity, Kind} from '../cluster/kind.ts';
import {flag, instant, items, name, type Raw} from '../cluster/raw.ts';
import {safeText} from '../cluster/safe-text.ts';
import {own, type RawName, type SafeText} from '../vocabulary.ts';
import {componentOf} from './component.ts';
import {lastEnding} from './ending.ts';
import {podMessage} from './pod-message.ts';
import {podOutline} from './pod-outline.ts';
import type {PodRecord} from './pod-record.ts';
import {podRequests} from './pod-requests.ts';
import {podStatus} from './pod-status.ts';
import {share} from './share.ts';
import {troubleOf} from './trouble.ts';

export type {PodRecord} from './pod-record.ts';

const phases = ['Pending', 'Running', 'Succeeded', 'Failed'] as const;

const noClaims: readonly RawName[] = [];

function claimsOf(spec: Raw | undefined): readonly RawName[] {
	// JSON has the source of a volume inline, protobuf as a message of its own.
	const claims = items(spec?.volumes).map(({volumeSource, persistentVolumeClaim = volumeSource?.persistentVolumeClaim}) =>
		share(name(persistentVolumeClaim?.claimName)),
	);
	const named = claims.filter(claim => claim !== '');
	return named.length === 0 ? noClaims : named;
}

const nowhere = own('');
const registry = /\/plugins_registry\/?$/;

function kubeletDirOf(spec: Raw | undefined): SafeText {
	const paths = items(spec?.volumes).map(({volumeSource, hostPath = volumeSource?.hostPath}) => name(hostPath?.path));
	return share(safeText(paths.find(path => registry.test(path))?.replace(registry, '') ?? '', 256));
}

/** Every field is named here, none is spread: so V8 keeps them all inside one object. */
function project(raw: Raw, identity: Identity): PodRecord {
	const {metadata, spec, status} = raw;
	const told = podStatus(raw);
	const requests = podRequests(raw);
	const readiness = items(status?.conditions).find(condition => name(condition.type) === 'Ready');
	const owner = items(metadata?.ownerReferences).find(reference => flag(reference.controller));
	const component = componentOf(metadata?.labels);
	return {
		uid: identity.uid,
		namespace: share(identity.namespace),
		name: identity.name,
		actionable: identity.actionable,
		createdAt: identity.createdAt,
		node: share(name(spec?.nodeName)),
		phase: phases.find(phase => phase === name(status?.phase)) ?? 'Unknown',
		status: share(safeText(told.status, 64)),
		ready: name(readiness?.status) === 'True',
		readyAt: instant(readiness?.lastTransitionTime),
		readyContainers: told.readyContainers,
		containers: told.containers,
		restarts: told.restarts,
		container: share(name(items(spec?.containers)[0]?.name)),
		ended: lastEnding(raw),
		ownerKind: share(safeText(name(owner?.kind), 64)),
		ownerName: share(name(owner?.name)),
		component,
		kubeletDir: component === undefined ? nowhere : kubeletDirOf(spec),
		claims: claimsOf(spec),
		trouble: troubleOf(raw, identity.createdAt),
		milliCpu: requests.milliCpu,
		memory: requests.memory,
		gpus: requests.gpus,
		gpuResource: share(requests.gpuResource),
		deletingAt: instant(metadata?.deletionTimestamp),
	};
}

export const podKind: Kind<PodRecord> = {
	id: 'pods',
	group: '',
	versions: ['v1'],
	plural: 'pods',
	kind: 'Pod',
	namespaced: true,
	protobuf: podMessage,
	outline: podOutline,
	project,
};

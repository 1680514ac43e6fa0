import {isDeepStrictEqual} from 'node:util';
import {instant, items, name, number, type Raw} from '../../cluster/raw.ts';
import type {KubeObject, ObjectChange} from '../model.ts';
import {stamp} from '../objects/time.ts';
import {type ControllerStage, groupOf, keyOf, referenceTo, type VersionedStore} from '../store.ts';
import {matchesSelector} from './selectors.ts';

type Status = {
	readonly observedGeneration: number;
	disruptedPods?: Record<string, string>;
	disruptionsAllowed: number;
	currentHealthy: number;
	desiredHealthy: number;
	expectedPods: number;
	conditions?: unknown[];
};

/** A disrupted pod that is still there after two minutes is no longer expected to go. */
const deletionTimeout = 120_000;

/** Keeps the status of disruption budgets, as `pkg/controller/disruption` of Kubernetes does. */
export function keepBudgets(stage: ControllerStage): void {
	const due = new Set<string>();
	const recount = () => {
		const namespaces = [...due];
		due.clear();
		for (const namespace of namespaces) {
			for (const budget of stage.store.list('policy', 'poddisruptionbudgets', namespace)) count(stage, budget);
		}
	};
	const changed = ({resource, object, type}: ObjectChange) => {
		const isOurs =
			resource.plural === 'pods' ? resource.group === '' : resource.plural === 'poddisruptionbudgets' && type !== 'DELETED';
		if (!isOurs) return;
		if (due.size === 0) setImmediate(recount);
		due.add(object.metadata.namespace ?? '');
	};
	stage.store.onChange(changed);
	for (const budget of stage.store.list('policy', 'poddisruptionbudgets')) count(stage, budget);
}

function count({store, clock}: ControllerStage, budget: KubeObject): void {
	const {spec, status} = budget as unknown as Raw;
	const now = clock.now();
	const pods = store
		.list('', 'pods', budget.metadata.namespace)
		.filter(pod => matchesSelector(spec?.selector, pod.metadata.labels ?? {}));
	const staying = pods.filter(pod => pod.metadata.deletionTimestamp === undefined);
	const disrupted = Object.entries((status?.disruptedPods ?? {}) as Record<string, unknown>).filter(
		([pod, time]) => staying.some(each => each.metadata.name === pod) && instant(time as Raw) + deletionTimeout > now,
	);
	const leaving = new Set(disrupted.map(([pod]) => pod));
	const currentHealthy = staying.filter(pod => isReady(pod) && !leaving.has(pod.metadata.name)).length;
	const {expectedPods, desiredHealthy} = wanted(store, spec, pods);
	const allowed = expectedPods > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0;
	const next: Status = {
		observedGeneration: budget.metadata.generation ?? 0,
		disruptionsAllowed: allowed,
		currentHealthy,
		desiredHealthy,
		expectedPods,
		...(disrupted.length === 0 ? {} : {disruptedPods: Object.fromEntries(disrupted) as Record<string, string>}),
	};
	const {conditions, ...before} = (budget.status ?? {}) as Partial<Status>;
	if (conditions !== undefined && isDeepStrictEqual({...before}, next)) return;
	store.change(referenceTo({group: 'policy', plural: 'poddisruptionbudgets'}, budget), draft => {
		draft.status = {...next, conditions: conditions ?? []};
		updateCondition(draft, now);
	});
}

/** How many pods there should be, and how many of them healthy. */
function wanted(
	store: VersionedStore,
	spec: Raw | undefined,
	pods: readonly KubeObject[],
): {expectedPods: number; desiredHealthy: number} {
	const min: unknown = spec?.minAvailable;
	const max: unknown = spec?.maxUnavailable;
	if (max !== undefined) {
		const expectedPods = expectedScale(store, pods);
		return {expectedPods, desiredHealthy: Math.max(0, expectedPods - scaled(max, expectedPods))};
	}
	if (typeof min === 'number') return {expectedPods: pods.length, desiredHealthy: min};
	const expectedPods = expectedScale(store, pods);
	return {expectedPods, desiredHealthy: scaled(min, expectedPods)};
}

/** A number, or a share of the whole, rounded up. */
function scaled(value: unknown, whole: number): number {
	if (typeof value === 'number') return value;
	const percent = /^(\d+)%$/.exec(String(value))?.[1];
	return percent === undefined ? 0 : Math.ceil((Number(percent) * whole) / 100);
}

/** The replicas the controllers of these pods want; pods without one count as they are. */
function expectedScale(store: VersionedStore, pods: readonly KubeObject[]): number {
	const byController = Map.groupBy(pods, pod => pod.metadata.ownerReferences?.find(reference => reference.controller)?.uid ?? '');
	return [...byController].reduce(
		(sum, [uid, members]) => sum + (uid === '' ? members.length : replicasOf(store, uid, members)),
		0,
	);
}

function replicasOf(store: VersionedStore, uid: string, members: readonly KubeObject[]): number {
	const {namespace = '', ownerReferences = []} = members[0]?.metadata ?? {};
	const owner = ownerReferences.find(reference => reference.uid === uid);
	const shelf = [...store.shelves()].find(({resource}) => resource.kind === owner?.kind && resource.group === groupOf(owner));
	const controller = shelf?.objects.get(keyOf(namespace, owner?.name ?? '')) as unknown as Raw | undefined;
	return number(controller?.spec?.replicas) ?? members.length;
}

export function isReady(pod: KubeObject): boolean {
	return items((pod as unknown as Raw).status?.conditions).some(
		each => name(each.type) === 'Ready' && name(each.status) === 'True',
	);
}

/** Says in the condition `DisruptionAllowed` what the count says. */
export function updateCondition(budget: KubeObject, now: number): void {
	const status = budget.status as Status;
	const isAllowed = status.disruptionsAllowed > 0;
	const before = items(status.conditions as unknown as Raw).find(each => name(each.type) === 'DisruptionAllowed');
	if (before !== undefined && name(before.status) === (isAllowed ? 'True' : 'False')) return;
	const condition = {
		type: 'DisruptionAllowed',
		status: isAllowed ? 'True' : 'False',
		reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
		message: '',
		lastTransitionTime: stamp(now),
		observedGeneration: budget.metadata.generation ?? 0,
	};
	status.conditions = [condition];
}

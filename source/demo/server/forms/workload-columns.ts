import {flag, instant, items, name, number, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject} from '../../model.ts';
import {
	ageColumn,
	type ColumnTable,
	containerColumns,
	count,
	field,
	humanDuration,
	labelText,
	nameColumn,
	raw,
	selectorColumn,
	since,
} from './cells.ts';

/** Controllers of pods, and disruption budgets. Cells as in kubernetes `pkg/printers/internalversion/printers.go`. */
export const workloadColumns: ColumnTable = {
	'deployments.apps': [
		nameColumn,
		{name: 'Ready', of: object => `${number(raw(object).status?.readyReplicas) ?? 0}/${number(raw(object).spec?.replicas) ?? 0}`},
		count('Up-to-date', object => object.status?.updatedReplicas),
		count('Available', object => object.status?.availableReplicas),
		ageColumn,
		...containerColumns(object => object.spec?.template),
		selectorColumn,
	],
	'statefulsets.apps': [
		nameColumn,
		{name: 'Ready', of: object => `${number(raw(object).status?.readyReplicas) ?? 0}/${number(raw(object).spec?.replicas) ?? 0}`},
		ageColumn,
		...containerColumns(object => object.spec?.template),
	],
	'replicasets.apps': [
		nameColumn,
		count('Desired', object => object.spec?.replicas),
		count('Current', object => object.status?.replicas),
		count('Ready', object => object.status?.readyReplicas),
		ageColumn,
		...containerColumns(object => object.spec?.template),
		selectorColumn,
	],
	'daemonsets.apps': [
		nameColumn,
		count('Desired', object => object.status?.desiredNumberScheduled),
		count('Current', object => object.status?.currentNumberScheduled),
		count('Ready', object => object.status?.numberReady),
		count('Up-to-date', object => object.status?.updatedNumberScheduled),
		count('Available', object => object.status?.numberAvailable),
		{name: 'Node Selector', of: object => labelText(raw(object).spec?.template?.spec?.nodeSelector)},
		ageColumn,
		...containerColumns(object => object.spec?.template),
		selectorColumn,
	],
	'jobs.batch': [
		nameColumn,
		{name: 'Status', of: jobStatus},
		{
			name: 'Completions',
			of: object => `${number(raw(object).status?.succeeded) ?? 0}/${number(raw(object).spec?.completions) ?? 1}`,
		},
		{name: 'Duration', of: jobDuration},
		ageColumn,
		...containerColumns(object => object.spec?.template),
		selectorColumn,
	],
	'cronjobs.batch': [
		nameColumn,
		field('Schedule', object => object.spec?.schedule),
		field('Timezone', object => object.spec?.timeZone, '<none>'),
		{name: 'Suspend', type: 'boolean', of: object => (flag(raw(object).spec?.suspend) ? 'True' : 'False')},
		{name: 'Active', type: 'integer', of: object => items(raw(object).status?.active).length},
		{name: 'Last Schedule', of: (object, now) => orNone(raw(object).status?.lastScheduleTime, now)},
		ageColumn,
		...containerColumns(object => object.spec?.jobTemplate?.spec?.template),
	],
	'poddisruptionbudgets.policy': [
		nameColumn,
		{name: 'Min Available', of: budget => numberOrText(raw(budget).spec?.minAvailable)},
		{name: 'Max Unavailable', of: budget => numberOrText(raw(budget).spec?.maxUnavailable)},
		count('Allowed Disruptions', budget => budget.status?.disruptionsAllowed),
		ageColumn,
	],
};

function numberOrText(value: Raw | undefined): string {
	return value === undefined ? 'N/A' : `${number(value) ?? name(value)}`;
}

function jobStatus(object: KubeObject): string {
	const held = items(raw(object).status?.conditions).filter(each => name(each.status) === 'True');
	const types = held.map(each => name(each.type) as string);
	if (types.includes('Complete')) return 'Complete';
	if (types.includes('Failed')) return 'Failed';
	if (object.metadata.deletionTimestamp !== undefined) return 'Terminating';
	return types.find(type => ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].includes(type)) ?? 'Running';
}

function jobDuration(object: KubeObject, now: number): string {
	const {startTime, completionTime} = raw(object).status ?? {};
	if (startTime === undefined) return '';
	const end = completionTime === undefined ? now : instant(completionTime);
	return humanDuration((end - instant(startTime)) / 1000);
}

function orNone(time: Raw | undefined, now: number): string {
	return time === undefined ? '<none>' : since(time, now);
}

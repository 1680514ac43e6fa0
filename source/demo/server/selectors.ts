import {entries, items, name, type Raw} from '../../cluster/raw.ts';
import type {KubeObject, ResourceType} from '../model.ts';
import {badRequest} from './status.ts';

export type Test = (object: KubeObject) => boolean;

type Labels = Readonly<Record<string, string>>;

const setBased = /^([^\s,!=()]+)\s+(in|notin)\s+\(([^)]*)\)$/;
const equality = /^([^\s,!=()]+)\s*(==|=|!=)\s*([^\s,!=()]*)$/;
const order = /^([^\s,!=()<>]+)\s*([<>])\s*(\d+)$/;
const presence = /^(!?)\s*([^\s,!=()]+)$/;

/** A `labelSelector` of the query string as a test; refuses what it cannot read. */
export function parseLabelSelector(selector: string): Test {
	const tests = selector
		.split(/,(?![^(]*\))/)
		.map(part => part.trim())
		.filter(part => part !== '')
		.map(requirement);
	return object => tests.every(test => test(object.metadata.labels ?? {}));
}

function requirement(text: string): (labels: Labels) => boolean {
	const set = setBased.exec(text);
	if (set) {
		const [, key = '', operator, list = ''] = set;
		const values = list.split(',').map(value => value.trim());
		return operator === 'in' ? labels => values.includes(labels[key] ?? '\0') : labels => !values.includes(labels[key] ?? '\0');
	}
	const equal = equality.exec(text);
	if (equal) {
		const [, key = '', operator, value = ''] = equal;
		return operator === '!=' ? labels => labels[key] !== value : labels => labels[key] === value;
	}
	const ordered = order.exec(text);
	if (ordered) {
		const [, key = '', operator, value] = ordered;
		return labels => (operator === '>' ? Number(labels[key]) > Number(value) : Number(labels[key]) < Number(value));
	}
	const present = presence.exec(text);
	if (!present) throw badRequest(`unable to parse requirement: ${text}`);
	const [, not, key = ''] = present;
	return labels => (labels[key] === undefined) === (not === '!');
}

/** A LabelSelector object as a test: null matches nothing, an empty one everything. */
export function matchesSelector(selector: Raw | undefined, labels: Labels): boolean {
	if (selector === undefined || selector === null) return false;
	return (
		entries(selector.matchLabels).every(([key, value]) => labels[key] === name(value)) &&
		items(selector.matchExpressions).every(each => {
			const value = labels[name(each.key)];
			const listed = value !== undefined && items(each.values).some(one => name(one) === value);
			switch (name(each.operator) as string) {
				case 'In':
					return listed;
				case 'NotIn':
					return !listed;
				case 'Exists':
					return value !== undefined;
				default:
					return value === undefined;
			}
		})
	);
}

/** Fields beside name and namespace that a `fieldSelector` may name. */
const fields: Readonly<Record<string, readonly string[]>> = {
	pods: [
		'spec.nodeName',
		'spec.restartPolicy',
		'spec.schedulerName',
		'spec.serviceAccountName',
		'spec.hostNetwork',
		'status.phase',
		'status.podIP',
		'status.nominatedNodeName',
	],
	nodes: ['spec.unschedulable'],
	services: ['spec.clusterIP', 'spec.type'],
	namespaces: ['status.phase'],
	resourceslices: ['spec.nodeName', 'spec.driver'],
	secrets: ['type'],
	jobs: ['status.successful'],
	events: [
		...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map(field => `involvedObject.${field}`),
		'reason',
		'reportingComponent',
		'source',
		'type',
	],
};

/** A `fieldSelector` of the query string as a test; refuses fields the real server would refuse. */
export function parseFieldSelector(selector: string, resource: ResourceType): Test {
	const known = ['metadata.name', 'metadata.namespace', ...(resource.custom ? [] : (fields[resource.plural] ?? []))];
	const tests = selector
		.split(/(?<!\\),/)
		.filter(part => part !== '')
		.map(part => {
			const [, field = '', operator, value = ''] = /^([^=!]+)(==|!=|=)(.*)$/.exec(part) ?? [];
			if (field === '') throw badRequest(`invalid selector: '${part}'; can't understand '${part}'`);
			if (!known.includes(field)) throw badRequest(unknownField(field, resource));
			const wanted = value.replaceAll(/\\(.)/g, '$1');
			return (object: KubeObject) => (valueAt(object, field) === wanted) !== (operator === '!=');
		});
	return object => tests.every(test => test(object));
}

function unknownField(field: string, {plural, custom}: ResourceType): string {
	if (!custom && fields[plural]) return `field label not supported: ${field}`;
	return `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function valueAt(object: KubeObject, path: string): string {
	let value: Raw | undefined = object as unknown as Raw;
	for (const key of path === 'source' ? ['source', 'component'] : path.split('.')) value = value?.[key];
	if (value === undefined || value === null) return path === 'spec.unschedulable' || path === 'spec.hostNetwork' ? 'false' : '';
	return typeof value === 'object' ? '' : String(value);
}

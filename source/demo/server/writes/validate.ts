import {items, name, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject, ResourceType} from '../../model.ts';
import {badRequest, type Cause, invalid} from '../status.ts';

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const subdomainRule =
	"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** Refuses an object that a real server would not store: 422 with all that is wrong. Not a full validation. */
export function validate(resource: ResourceType, object: KubeObject): void {
	const causes = [...nameCauses(resource, object), ...podCauses(resource, object), ...definitionCauses(resource, object)];
	if (causes.length > 0) throw invalid(resource.group, resource.kind, object.metadata.name ?? '', causes);
	for (const key of ['labels', 'annotations'] as const) {
		const wrong = Object.values(object.metadata[key] ?? {}).find(value => typeof value !== 'string');
		if (wrong === undefined) continue;
		const what = typeof wrong === 'boolean' ? 'bool' : typeof wrong;
		throw badRequest(`json: cannot unmarshal ${what} into Go struct field ObjectMeta.metadata.${key} of type string`);
	}
}

function nameCauses({group}: ResourceType, {metadata}: KubeObject): Cause[] {
	const field = 'metadata.name';
	if (!metadata.name) return [{reason: 'FieldValueRequired', message: 'Required value: name or generateName is required', field}];
	// Roles may be called `system:node`.
	const isValid = group === 'rbac.authorization.k8s.io' ? !/[/%]/.test(metadata.name) : subdomain.test(metadata.name);
	if (isValid && metadata.name.length <= 253) return [];
	return [{reason: 'FieldValueInvalid', message: `Invalid value: "${metadata.name}": ${subdomainRule}`, field}];
}

function podCauses({group, plural}: ResourceType, object: KubeObject): Cause[] {
	if (group !== '' || plural !== 'pods') return [];
	const containers = items((object as unknown as Raw).spec?.containers);
	const required = (field: string): Cause => ({reason: 'FieldValueRequired', message: 'Required value', field});
	if (containers.length === 0) return [required('spec.containers')];
	return containers.flatMap((container, index) =>
		['name', 'image'].filter(key => name(container[key]) === '').map(key => required(`spec.containers[${index}].${key}`)),
	);
}

function definitionCauses({plural}: ResourceType, object: KubeObject): Cause[] {
	if (plural !== 'customresourcedefinitions') return [];
	const spec = (object as unknown as Raw).spec;
	const wanted = `${name(spec?.names?.plural)}.${name(spec?.group)}`;
	if (object.metadata.name === wanted) return [];
	const message = `Invalid value: "${object.metadata.name}": must be spec.names.plural+"."+spec.group`;
	return [{reason: 'FieldValueInvalid', message, field: 'metadata.name'}];
}

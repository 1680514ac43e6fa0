import type {Json} from '../body.ts';
import {isObject} from './merge-patch.ts';

/** How lists of objects are merged in a strategic patch: by this field of their elements (`patchMergeKey` of k8s.io/api). */
const mergeKeys: Readonly<Record<string, string>> = {
	conditions: 'type',
	addresses: 'type',
	containers: 'name',
	initContainers: 'name',
	ephemeralContainers: 'name',
	volumes: 'name',
	env: 'name',
	imagePullSecrets: 'name',
	secrets: 'name',
	schedulingGates: 'name',
	volumeMounts: 'mountPath',
	volumeDevices: 'devicePath',
	hostAliases: 'ip',
	podIPs: 'ip',
	hostIPs: 'ip',
	ownerReferences: 'uid',
	topologySpreadConstraints: 'topologyKey',
};

/** Lists of plain values that a strategic patch adds to. */
const mergedValues = ['finalizers', 'podCIDRs'];

/** Kubernetes' own merge: lists whose elements have a key are merged by it; `$patch` and its like are obeyed. */
export function strategicPatch(target: unknown, patch: unknown, field = ''): unknown {
	if (Array.isArray(patch)) return strategicList(Array.isArray(target) ? target : [], patch, field);
	if (!isObject(patch)) return patch;
	if (patch.$patch === 'replace') return withoutDirectives(patch);
	if (patch.$patch === 'delete') return undefined;
	const result: Json = isObject(target) ? {...target} : {};
	const {$retainKeys} = patch;
	if (Array.isArray($retainKeys)) for (const key of Object.keys(result)) if (!$retainKeys.includes(key)) delete result[key];
	for (const [key, value] of Object.entries(patch)) {
		if (key.startsWith('$deleteFromPrimitiveList/')) {
			const name = key.slice(key.indexOf('/') + 1);
			result[name] = (result[name] as unknown[] | undefined)?.filter(each => !(value as unknown[]).includes(each));
		} else if (key.startsWith('$')) continue;
		else if (value === null) delete result[key];
		else result[key] = strategicPatch(result[key], value, key);
	}
	return result;
}

function strategicList(target: readonly unknown[], patch: readonly unknown[], field: string): unknown[] {
	if (mergedValues.includes(field)) return [...new Set([...target, ...patch])];
	const key = field === 'ports' ? portKey(patch) : mergeKeys[field];
	if (key === undefined || patch.some(each => isObject(each) && each.$patch === 'replace')) {
		return patch.filter(each => !isObject(each) || each.$patch === undefined);
	}
	let result = [...target];
	for (const each of patch.filter(isObject)) {
		const index = result.findIndex(existing => isObject(existing) && existing[key] === each[key]);
		if (each.$patch === 'delete') result = result.filter((_, at) => at !== index);
		else if (index < 0) result.push(withoutDirectives(each));
		else result[index] = strategicPatch(result[index], each);
	}
	return result;
}

/** Ports of a container are told apart by one field, those of a service by another. */
function portKey(ports: readonly unknown[]): string {
	return ports.some(each => isObject(each) && 'containerPort' in each) ? 'containerPort' : 'port';
}

function withoutDirectives(object: Json): Json {
	return Object.fromEntries(Object.entries(object).filter(([key]) => !key.startsWith('$')));
}

import {isDeepStrictEqual} from 'node:util';
import type {Json} from './body.ts';
import {badRequest, Refusal} from './status.ts';

/** RFC 7386: what is there is set, null removes, lists are replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
	if (!isObject(patch)) return patch;
	const result: Json = isObject(target) ? {...target} : {};
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) delete result[key];
		else result[key] = mergePatch(result[key], value);
	}
	return result;
}

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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

type Operation = {readonly op?: string; readonly path?: string; readonly from?: string; readonly value?: unknown};

/** RFC 6902, as a whole or not at all. @throws Refusal 422 where an operation cannot be done. */
export function jsonPatch(target: unknown, operations: unknown): unknown {
	if (!Array.isArray(operations)) throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
	const root = {document: structuredClone(target)};
	for (const operation of operations as Operation[]) apply(root, operation);
	return root.document;
}

function apply(root: {document: unknown}, {op, path = '', from = '', value}: Operation): void {
	switch (op) {
		case 'add':
			return add(root, path, value);
		case 'remove':
			return void take(root, path);
		case 'replace':
			take(root, path);
			return add(root, path, value);
		case 'move':
			return add(root, path, take(root, from));
		case 'copy':
			return add(root, path, structuredClone(read(root, from)));
		case 'test':
			if (!isDeepStrictEqual(read(root, path), value)) throw cannotApply();
			return undefined;
		default:
			throw badRequest(`Unexpected kind: ${op}`);
	}
}

const cannotApply = () => new Refusal(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

/** The object or list that holds what a pointer names, and its key there. */
function holder(root: {document: unknown}, pointer: string): {within: Json | unknown[]; key: string} {
	const keys = [
		'document',
		...pointer
			.split('/')
			.slice(1)
			.map(part => part.replaceAll('~1', '/').replaceAll('~0', '~')),
	];
	const key = keys.pop() ?? '';
	let within: unknown = root;
	for (const step of keys) within = (within as Json | undefined)?.[step];
	if (!isObject(within) && !Array.isArray(within)) throw cannotApply();
	return {within, key};
}

function add(root: {document: unknown}, pointer: string, value: unknown): void {
	const {within, key} = holder(root, pointer);
	if (!Array.isArray(within)) {
		within[key] = value;
		return;
	}
	const index = key === '-' ? within.length : Number(key);
	if (!(index >= 0 && index <= within.length)) throw cannotApply();
	within.splice(index, 0, value);
}

function read(root: {document: unknown}, pointer: string): unknown {
	const {within, key} = holder(root, pointer);
	const value = (within as Json)[key];
	if (value === undefined) throw cannotApply();
	return value;
}

function take(root: {document: unknown}, pointer: string): unknown {
	const value = read(root, pointer);
	const {within, key} = holder(root, pointer);
	if (Array.isArray(within)) within.splice(Number(key), 1);
	else delete within[key];
	return value;
}

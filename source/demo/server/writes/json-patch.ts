import {isDeepStrictEqual} from 'node:util';
import type {Json} from '../body.ts';
import {badRequest, Refusal} from '../status.ts';
import {isObject} from './merge-patch.ts';

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
			add(root, path, value);
			break;
		case 'remove':
			take(root, path);
			break;
		case 'replace':
			take(root, path);
			add(root, path, value);
			break;
		case 'move':
			add(root, path, take(root, from));
			break;
		case 'copy':
			add(root, path, structuredClone(read(root, from)));
			break;
		case 'test':
			if (!isDeepStrictEqual(read(root, path), value)) throw cannotApply();
			break;
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

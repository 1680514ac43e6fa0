import {isDeepStrictEqual} from 'node:util';
import type {KubeObject} from '../../model.ts';
import {stamp} from '../../objects/time.ts';
import type {Json} from '../body.ts';
import {isObject} from './merge-patch.ts';

/** Who writes: name, way and time (epoch milliseconds), and whether it is the status. */
export type Writer = {
	readonly manager: string;
	readonly operation: 'Update' | 'Apply';
	readonly at: number;
	readonly subresource: string;
};

type Entry = {manager: string; operation: string; subresource?: string; fieldsV1?: Json; [field: string]: unknown};

/** Notes in `metadata.managedFields` who changed what, in the coarse: lists count as one field. */
export function withManager(before: KubeObject | undefined, after: KubeObject, writer: Writer): KubeObject {
	const changed = changedFields(before ?? {}, after);
	const entries = (after.metadata.managedFields ?? []) as Entry[];
	const isOurs = (entry: Entry) =>
		entry.manager === writer.manager && entry.operation === writer.operation && (entry.subresource ?? '') === writer.subresource;
	const entry: Entry = {
		manager: writer.manager,
		operation: writer.operation,
		apiVersion: after.apiVersion,
		time: stamp(writer.at),
		fieldsType: 'FieldsV1',
		fieldsV1: merged(entries.find(isOurs)?.fieldsV1 ?? {}, changed),
		...(writer.subresource === '' ? {} : {subresource: writer.subresource}),
	};
	const managedFields = [...entries.filter(each => !isOurs(each)), entry];
	return {...after, metadata: {...after.metadata, managedFields}};
}

const ownFields = ['kind', 'apiVersion'];
const ownMetadata = ['name', 'namespace', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields'];

function changedFields(before: Json, after: Json): Json {
	const metadata = difference((before.metadata ?? {}) as Json, after.metadata as Json, ownMetadata);
	const rest = difference(before, after, [...ownFields, 'metadata']);
	return {...(Object.keys(metadata).length === 0 ? {} : {'f:metadata': metadata}), ...rest};
}

function difference(before: Json, after: Json, except: readonly string[] = []): Json {
	const fields: Json = {};
	for (const [key, value] of Object.entries(after)) {
		const old = before[key];
		if (except.includes(key) || isDeepStrictEqual(old, value)) continue;
		fields[`f:${key}`] = isObject(value) ? difference(isObject(old) ? old : {}, value) : {};
	}
	return fields;
}

function merged(one: Json, other: Json): Json {
	const result = {...one};
	for (const [key, value] of Object.entries(other)) result[key] = merged((one[key] ?? {}) as Json, value as Json);
	return result;
}

import type {KubeObject} from '../model.ts';
import {ownedBy, uidOf} from './identity.ts';
import {stamp} from './time.ts';

/** What is said about an object; the rest of its metadata follows from it. */
export type About = {
	readonly name: string;
	readonly namespace?: string;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly uid?: string;
	readonly generation?: number;
	readonly labels?: Readonly<Record<string, string>>;
	readonly annotations?: Readonly<Record<string, string>>;
	readonly owner?: KubeObject;
	readonly finalizers?: readonly string[];
};

/** An object with complete metadata. Without a `uid` it gets the one that follows from kind, namespace and name. */
export function object<Body extends Readonly<Record<string, unknown>>>(
	apiVersion: string,
	kind: string,
	about: About,
	body: Body,
) {
	const {name, namespace, createdAt, uid, generation, labels, annotations, owner, finalizers} = about;
	const metadata: KubeObject['metadata'] = {
		name,
		...(namespace === undefined ? {} : {namespace}),
		uid: uid ?? uidOf(kind, namespace ?? '', name),
		creationTimestamp: stamp(createdAt),
		...(generation === undefined ? {} : {generation}),
		...(labels === undefined ? {} : {labels: {...labels}}),
		...(annotations === undefined ? {} : {annotations: {...annotations}}),
		...(owner === undefined ? {} : {ownerReferences: [ownedBy(owner)]}),
		...(finalizers === undefined ? {} : {finalizers: [...finalizers]}),
	};
	return {apiVersion, kind, metadata, ...body};
}

/** One entry of `metadata.managedFields`: who wrote which part last, and when. */
export function writtenBy(manager: string, at: number, part: 'spec' | 'status' | 'metadata' | 'data', apiVersion = 'v1') {
	return {
		manager,
		operation: 'Update',
		apiVersion,
		time: stamp(at),
		fieldsType: 'FieldsV1',
		fieldsV1: {[`f:${part}`]: {}},
		...(part === 'status' ? {subresource: 'status'} : {}),
	};
}

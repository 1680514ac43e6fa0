import type {ResourceType} from '../model.ts';
import {columnsOf} from './forms/columns.ts';
import type {Form} from './forms/form.ts';
import {jsonForm} from './forms/json.ts';
import {metadataForm} from './forms/metadata.ts';
import {podForm, protobufType} from './forms/pod-form.ts';
import {type IncludeObject, tableForm} from './forms/table.ts';
import {notAcceptable, Refusal} from './status.ts';

/** One media type of an Accept header with its parameters. */
export type MediaType = {
	readonly type: string;
	readonly as?: string;
	readonly g?: string;
	readonly v?: string;
	readonly stream?: string;
};

/** What is to be written: one object, a list, or the objects of a watch. */
export type Wanted = {
	readonly resource: ResourceType;
	readonly version: string;
	readonly of: 'one' | 'list' | 'watch';
	readonly include: IncludeObject;
	readonly now: () => number;
};

export function parseAccept(header: string | undefined): readonly MediaType[] {
	return (header ?? '*/*').split(',').map(part => {
		const [type = '', ...parameters] = part.split(';').map(piece => piece.trim());
		return {...Object.fromEntries(parameters.map(parameter => parameter.split('=', 2))), type};
	});
}

/** The first of the wanted forms that can be had; 406 where there is none. */
export function negotiate(accept: string | undefined, wanted: Wanted): Form {
	for (const media of parseAccept(accept)) {
		const form = formOf(media, wanted);
		if (form) return form;
	}
	if (!/json|protobuf|\*/.test(accept ?? '*')) throw notServedAs(wanted.of);
	throw notAcceptable();
}

function formOf({type, as, g, v = '', stream}: MediaType, {resource, version, of, include, now}: Wanted): Form | undefined {
	const apiVersion = resource.group === '' ? version : `${resource.group}/${version}`;
	if (as !== undefined) {
		if (type !== 'application/json' || g !== 'meta.k8s.io' || !['v1', 'v1beta1'].includes(v)) return undefined;
		if (as === 'Table') return tableForm({columns: columnsOf(resource), version: v, include, apiVersion, now});
		if (as === (of === 'list' ? 'PartialObjectMetadataList' : 'PartialObjectMetadata')) return metadataForm(v);
		return undefined;
	}
	if (stream !== undefined && of !== 'watch') return undefined;
	if (type === protobufType) return resource.plural === 'pods' && resource.group === '' ? podForm : undefined;
	if (!['application/json', 'application/*', '*/*'].includes(type)) return undefined;
	return jsonForm(resource, apiVersion);
}

/** 406 as the layer above the resources words it, which sees only the plain media type. */
function notServedAs(of: Wanted['of']): Refusal {
	const types = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
	const streams = of === 'one' ? [] : ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'];
	return new Refusal(
		406,
		'NotAcceptable',
		`406: Not Acceptable\n\nAvailable representations: ${[...types, ...streams].join(', ')}`,
		{},
	);
}

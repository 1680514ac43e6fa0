import type {KubeObject} from '../../model.ts';
import {eventLine, type Form, mapped, pieces} from './form.ts';

/** Only the metadata of objects: `PartialObjectMetadata`. `version` is `v1` or `v1beta1`. */
export function metadataForm(version: string): Form {
	const one = (object: KubeObject) => JSON.stringify(partial(object, version));
	return {
		contentType: 'application/json',
		watchType: 'application/json',
		one,
		list: (meta, items) =>
			pieces(
				`{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/${version}","metadata":${JSON.stringify(meta)},"items":[`,
				mapped(items, one),
				']}\n',
			),
		event: (type, object) => eventLine(type, one(object)),
		failure: status => eventLine('ERROR', JSON.stringify(status)),
	};
}

export function partial(object: KubeObject, version: string): KubeObject {
	return {kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}`, metadata: object.metadata};
}

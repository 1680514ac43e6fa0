import type {KubeObject, ResourceType} from '../../model.ts';
import {eventLine, type Form, mapped, pieces} from './form.ts';

/** Objects as they are. */
export function jsonForm(resource: ResourceType, apiVersion: string): Form {
	const one = (object: KubeObject) => JSON.stringify(object.apiVersion === apiVersion ? object : {...object, apiVersion});
	return {
		contentType: 'application/json',
		watchType: 'application/json',
		one,
		list: (meta, items) =>
			pieces(
				`{"kind":"${resource.kind}List","apiVersion":"${apiVersion}","metadata":${JSON.stringify(meta)},"items":[`,
				mapped(items, resource.custom ? one : bare),
				']}\n',
			),
		event: (type, object) => eventLine(type, one(object)),
		failure: status => eventLine('ERROR', JSON.stringify(status)),
	};
}

/** Items of built-in lists carry neither kind nor apiVersion. */
function bare({kind: _kind, apiVersion: _apiVersion, ...rest}: KubeObject): string {
	return JSON.stringify(rest);
}

import {createHash} from 'node:crypto';
import type {ResourceType} from '../model.ts';

import type {Exchange} from './exchange.ts';
import {sendJson, sendText} from './respond.ts';

const patchTypes = ['application/apply-patch+yaml', 'application/json-patch+json', 'application/merge-patch+json'];

import {verbsOf} from './verbs.ts';

/**
 * Answers `/openapi/v3` as far as kubectl looks before it applies: which patches a kind takes and with which
 * parameters. There are no schemas.
 */
export function openapi(exchange: Exchange): void {
	const resources = exchange.cluster.stage.store.resources();
	const wanted = exchange.path.replace(/^\/openapi\/v3\/?/, '');
	if (wanted === '') {
		const paths = [...new Set(resources.flatMap(rootsOf))].map(root => [
			root,
			{serverRelativeURL: `/openapi/v3/${root}?hash=${hashOf(resources)}`},
		]);
		sendJson(exchange, 200, {paths: Object.fromEntries(paths)});
		return;
	}
	const members = resources.filter(resource => rootsOf(resource).includes(wanted));
	if (members.length === 0) sendText(exchange, 404, '404 page not found\n');
	else sendJson(exchange, 200, document(members, wanted, exchange.cluster.version));
}

function rootsOf({group, versions}: ResourceType): string[] {
	return versions.map(version => (group === '' ? `api/${version}` : `apis/${group}/${version}`));
}

/** Clients keep what they have read for as long as this stays. */
function hashOf(resources: readonly ResourceType[]): string {
	const names = resources.map(({group, plural, versions}) => [group, plural, ...versions].join('/'));
	return createHash('sha256').update(names.join()).digest('hex');
}

function document(members: readonly ResourceType[], root: string, version: string): object {
	const patchable = members.filter(resource => verbsOf(resource).includes('patch'));
	const paths = patchable.map(resource => {
		const middle = resource.namespaced ? 'namespaces/{namespace}/' : '';
		return [`/${root}/${middle}${resource.plural}/{name}`, {patch: patchOperation(resource, root.split('/').at(-1) ?? '')}];
	});
	return {openapi: '3.0.0', info: {title: 'Kubernetes', version}, paths: Object.fromEntries(paths), components: {schemas: {}}};
}

function patchOperation({group, kind, custom}: ResourceType, version: string): object {
	const types = custom ? patchTypes : [...patchTypes, 'application/strategic-merge-patch+json'];
	const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(name => ({
		name,
		in: 'query',
		schema: {type: 'string'},
	}));
	return {
		parameters,
		requestBody: {content: Object.fromEntries(types.map(type => [type, {schema: {type: 'object'}}]))},
		responses: {200: {description: 'OK'}},
		'x-kubernetes-action': 'patch',
		'x-kubernetes-group-version-kind': {group, version, kind},
	};
}

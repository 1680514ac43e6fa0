import {createHash} from 'node:crypto';
import type {ResourceType} from '../model.ts';
import {isAvailable} from './api-services.ts';
import type {Exchange} from './exchange.ts';
import {parseAccept} from './negotiate.ts';
import {send, sendJson} from './respond.ts';
import {singularOf, subresources, subresourcesOf, verbsOf} from './verbs.ts';

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
/** Answers `/api` and `/apis`: all at once where the client understands that, else the names only. */
export function discoverRoot(exchange: Exchange, core: boolean): void {
	const resources = exchange.cluster.stage.store.resources().filter(resource => (resource.group === '') === core);
	const wants = parseAccept(exchange.request.headers.accept).find(media => media.type === 'application/json');
	if (wants?.as === 'APIGroupDiscoveryList' && wants.v === 'v2') {
		const {store} = exchange.cluster.stage;
		sendTagged(
			exchange,
			discoveryList(resources, (group, version) => isAvailable(store, group, version)),
		);
	} else if (core) {
		const serverAddressByClientCIDRs = [{clientCIDR: '0.0.0.0/0', serverAddress: exchange.cluster.host}];
		sendJson(exchange, 200, {kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs});
	} else {
		const groups = [...byGroup(resources)].map(([group, members]) => apiGroup(group, members));
		sendJson(exchange, 200, {kind: 'APIGroupList', apiVersion: 'v1', groups});
	}
}

/** The APIGroup document; undefined where the group is not served. */
export function describeGroup(resources: readonly ResourceType[], group: string): object | undefined {
	const members = resources.filter(resource => resource.group === group);
	return members.length === 0 ? undefined : {kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group, members)};
}

/** The APIResourceList document; undefined where the version is not served. */
export function describeVersion(resources: readonly ResourceType[], group: string, version: string): object | undefined {
	const members = resources.filter(resource => resource.group === group && resource.versions.includes(version));
	if (members.length === 0) return undefined;
	const groupVersion = group === '' ? version : `${group}/${version}`;
	return {kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: members.flatMap(resourceEntries)};
}

function resourceEntries(resource: ResourceType): object[] {
	const {plural, namespaced, kind, shortNames, categories} = resource;
	const own = {
		name: plural,
		singularName: singularOf(resource),
		namespaced,
		kind,
		verbs: verbsOf(resource),
		...(shortNames ? {shortNames} : {}),
		...(categories ? {categories} : {}),
	};
	const below = subresourcesOf(resource).map(name => {
		const {verbs = [], group, version, kind: answer = kind} = subresources[name] ?? {};
		return {name: `${plural}/${name}`, singularName: '', namespaced, ...(group ? {group, version} : {}), kind: answer, verbs};
	});
	return [own, ...below];
}

function apiGroup(name: string, members: readonly ResourceType[]): object {
	const versions = versionsOf(members).map(version => ({groupVersion: `${name}/${version}`, version}));
	return {name, versions, preferredVersion: versions[0]};
}

function versionsOf(members: readonly ResourceType[]): string[] {
	return [...new Set(members.flatMap(resource => resource.versions))].sort(compareVersions);
}

/** Best first: v2 before v1 before v1beta1 before v1alpha1. */
function compareVersions(a: string, b: string): number {
	const rank = (version: string) => {
		const [, major = 0, stage = '', minor = 0] = /^v(\d+)(alpha|beta)?(\d+)?$/.exec(version) ?? [];
		return [['alpha', 'beta', ''].indexOf(stage), Number(major), Number(minor)];
	};
	const [left, right] = [rank(a), rank(b)];
	return left.map((part, index) => (right[index] ?? 0) - part).find(difference => difference !== 0) ?? 0;
}

function byGroup(resources: readonly ResourceType[]): Map<string, ResourceType[]> {
	return Map.groupBy(resources, resource => resource.group);
}

function discoveryList(resources: readonly ResourceType[], isFresh: (group: string, version: string) => boolean): object {
	const items = [...byGroup(resources)].map(([group, members]) => ({
		metadata: {...(group === '' ? {} : {name: group}), creationTimestamp: null},
		versions: versionsOf(members).map(version => ({
			version,
			resources: members.filter(each => each.versions.includes(version)).map(each => discovered(each, version)),
			freshness: isFresh(group, version) ? 'Current' : 'Stale',
		})),
	}));
	return {kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items};
}

function discovered(resource: ResourceType, version: string): object {
	const {plural, group, kind, namespaced, shortNames, categories} = resource;
	const below = subresourcesOf(resource).map(name => {
		const {
			verbs = [],
			group: otherGroup = group,
			version: otherVersion = version,
			kind: answer = kind,
		} = subresources[name] ?? {};
		return {subresource: name, responseKind: {group: otherGroup, version: otherVersion, kind: answer}, verbs};
	});
	return {
		resource: plural,
		responseKind: {group, version, kind},
		scope: namespaced ? 'Namespaced' : 'Cluster',
		singularResource: singularOf(resource),
		verbs: verbsOf(resource),
		...(shortNames ? {shortNames} : {}),
		...(categories ? {categories} : {}),
		...(below.length > 0 ? {subresources: below} : {}),
	};
}

/** Sends a document with its ETag, or nothing where the client has it already. */
function sendTagged(exchange: Exchange, document: object): void {
	const body = `${JSON.stringify(document)}\n`;
	const etag = `"${createHash('sha512').update(body).digest('hex').toUpperCase()}"`;
	const headers = {etag, vary: 'Accept'};
	if (exchange.request.headers['if-none-match'] === etag) {
		exchange.response.writeHead(304, headers);
		exchange.response.end();
		return;
	}
	send(exchange, 200, aggregated, body, headers);
}

import type {StoredRecord} from '../vocabulary.ts';
import {askJson} from './ask.ts';
import type {Kind} from './kind.ts';
import {items, name, type Raw} from './raw.ts';
import type {Transport} from './transport.ts';

/** One version of a resource, as it is served. */
type ServedVersion = {
	readonly version: string;
	readonly kind: string;
	readonly namespaced: boolean;
	readonly verbs: readonly string[];
};

/** What a server serves. Never guessed: what could not be found out is in `failed`, not missing. */
export type Discovered = {
	/** By plural and group, as kubectl writes them (`nodes`, `volumes.longhorn.io`); the server's preferred version first. */
	readonly resources: ReadonlyMap<string, {readonly group: string; readonly versions: readonly ServedVersion[]}>;
	/** Groups of which some version does not answer (an APIService whose backend is down). */
	readonly failed: ReadonlySet<string>;
	/** `ETag` by path, to ask whether anything changed. */
	readonly tags: Readonly<Record<string, string>>;
};

/** Whether and at which version a kind can be read. */
export type Served = ({readonly is: 'served'} & ServedVersion) | {readonly is: 'absent'} | {readonly is: 'failed'};

/**
 * Finds out what is served: two requests where discovery is aggregated (Kubernetes 1.26 and later), one per group and
 * version where not. With `before`, returns that same object where nothing changed. Rejects as `askJson` does.
 */
export async function discover(transport: Transport, before?: Discovered): Promise<Discovered> {
	const parts = await Promise.all(['/api', '/apis'].map(path => ask(transport, path, before?.tags[path])));
	if (before !== undefined && parts.every(part => part === undefined)) return before;
	// One changed and one not: the unchanged one is needed whole.
	const [core, groups] = await Promise.all(
		parts.map(async (part, at) => part ?? (await ask(transport, at === 0 ? '/api' : '/apis', undefined))),
	);
	const resources = new Map<string, {group: string; versions: ServedVersion[]}>();
	const failed = new Set<string>();
	for (const {group, version, stale, served} of [...(core?.found ?? []), ...(groups?.found ?? [])]) {
		if (stale) failed.add(group);
		for (const {plural, ...each} of served) {
			const key = group === '' ? plural : `${plural}.${group}`;
			const known = resources.get(key) ?? {group, versions: []};
			known.versions.push({version, ...each});
			resources.set(key, known);
		}
	}
	return {resources, failed, tags: {'/api': core?.tag ?? '', '/apis': groups?.tag ?? ''}};
}

/** The best version of a kind that is served and that we understand. */
export function servedVersion({resources, failed}: Discovered, kind: Kind<StoredRecord>): Served {
	const known = resources.get(kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`);
	for (const wanted of kind.versions) {
		const version = known?.versions.find(each => each.version === wanted);
		if (version !== undefined) return {is: 'served', ...version};
	}
	return {is: failed.has(kind.group) ? 'failed' : 'absent'};
}

type Resource = Omit<ServedVersion, 'version'> & {readonly plural: string};
type GroupVersion = {
	readonly group: string;
	readonly version: string;
	readonly stale: boolean;
	readonly served: readonly Resource[];
};
type Part = {readonly found: readonly GroupVersion[]; readonly tag: string};

const accept = ['v2', 'v2beta1']
	.map(v => `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`)
	.concat('application/json')
	.join(',');

/** Undefined where nothing changed since `tag`. */
async function ask(transport: Transport, path: string, tag: string | undefined): Promise<Part | undefined> {
	const {answer, json} = await askJson(transport, {path, headers: {accept, ...(tag && {'if-none-match': tag})}});
	if (answer.status === 304) return undefined;
	const found = name(json.kind) === 'APIGroupDiscoveryList' ? aggregated(json) : await oneByOne(transport, path, json);
	return {found, tag: answer.headers.etag ?? ''};
}

function aggregated(list: Raw): readonly GroupVersion[] {
	return items(list.items).flatMap(group =>
		items(group.versions).map(version => ({
			group: name(group.metadata?.name),
			version: name(version.version),
			stale: name(version.freshness) === 'Stale',
			served: items(version.resources).map(each => ({
				plural: name(each.resource),
				kind: name(each.responseKind?.kind),
				namespaced: name(each.scope) === 'Namespaced',
				verbs: items(each.verbs).map(name),
			})),
		})),
	);
}

/** Servers before 1.26, and some in front of them, give only the names of groups and versions at first. */
function oneByOne(transport: Transport, path: string, list: Raw): Promise<readonly GroupVersion[]> {
	const core = items(list.versions).map(version => ({group: '', version: name(version)}));
	const named = items(list.groups).flatMap(group =>
		items(group.versions).map(each => ({group: name(group.name), version: name(each.version)})),
	);
	return Promise.all(
		[...core, ...named].map(async ({group, version}) => {
			try {
				const {json} = await askJson(transport, {path: group === '' ? `${path}/${version}` : `${path}/${group}/${version}`});
				return {
					group,
					version,
					stale: false,
					served: items(json.resources)
						.filter(each => !name(each.name).includes('/'))
						.map(plain),
				};
			} catch {
				return {group, version, stale: true, served: []};
			}
		}),
	);
}

function plain(resource: Raw): Resource {
	return {
		plural: name(resource.name),
		kind: name(resource.kind),
		namespaced: (resource.namespaced as unknown) === true,
		verbs: items(resource.verbs).map(name),
	};
}

import type {ServerResponse} from 'node:http';
import {gzipSync} from 'node:zlib';
import type {Kind} from '../../source/cluster/kind.ts';
import {name} from '../../source/cluster/raw.ts';
import type {StoredRecord} from '../../source/vocabulary.ts';
import {type ServerWish, startServer, type TestServer} from './server.ts';

/** What the tests read: an object with a colour. */
export type Thing = StoredRecord & {readonly colour: string};

export const thingKind: Kind<Thing> = {
	id: 'things',
	group: '',
	versions: ['v1'],
	plural: 'things',
	kind: 'Thing',
	namespaced: true,
	project: (raw, identity) => ({...identity, colour: name(raw.colour)}),
};

/** A request for things. `stream` is a watch that begins with all there is. */
export type Asking = {
	readonly what: 'list' | 'stream' | 'watch' | 'other';
	readonly path: string;
	readonly namespace: string;
	readonly query: URLSearchParams;
};

/** Both protocols answer alike; their types do not say so. */
export type Answering = ServerResponse;

/** Answers in place of the server; undefined leaves it to the server. */
export type Script = (asking: Asking) => ((answer: Answering) => void) | undefined;

/** A server of things that does what an API server does, until a test's script has it do otherwise. */
export type Api = TestServer & {
	readonly obey: (script: Script) => void;
	/** All requests for things so far. */
	readonly askings: readonly Asking[];
	/** Creates or changes a thing. */
	readonly put: (thing: string, colour: string, namespace?: string) => void;
	readonly remove: (thing: string, namespace?: string) => void;
	/** The newest resource version. */
	readonly version: () => number;
	/** Forgets all versions before a new one. */
	readonly compact: () => void;
	/** The watches that are open. */
	readonly watches: ReadonlySet<Answering>;
};

type Stored = {
	readonly metadata: {readonly name: string; readonly namespace: string; readonly uid: string; readonly resourceVersion: string};
};
type Change = {readonly type: string; readonly object: Stored; readonly version: number};

export async function startApi(wish: ServerWish = {}, begin = 100): Promise<Api> {
	const things = new Map<string, Stored>();
	const readers = new Map<Answering, {readonly namespace: string; readonly from: number}>();
	const askings: Asking[] = [];
	let script: Script = () => undefined;
	let history: Change[] = [];
	let version = begin;
	let oldest = 0;

	const change = (type: string, object: Stored) => {
		history.push({type, object, version});
		for (const [answer, {namespace, from}] of readers) {
			if (version > from && isIn(object, namespace) && !answer.writableEnded) answer.write(line(type, object));
		}
	};
	const listed = (namespace: string) => [...things.values()].filter(thing => isIn(thing, namespace));

	const list = ({namespace, query}: Asking, answer: Answering) => {
		const all = listed(namespace);
		const [start = 0, at = 0] = (query.get('continue') ?? `0@${version}`).split('@').map(Number);
		if (at < oldest) return refuse(410, {metadata: {continue: `${start}@${version}`}})(answer);
		const end = start + Number(query.get('limit') ?? all.length);
		const metadata = {resourceVersion: `${at}`, ...(end < all.length && {continue: `${end}@${at}`})};
		const body = JSON.stringify({kind: 'ThingList', metadata, items: all.slice(start, end)});
		answer.writeHead(200, {'content-type': 'application/json', 'content-encoding': 'gzip'});
		answer.end(gzipSync(body));
	};
	const watch = ({what, namespace, query}: Asking, answer: Answering) => {
		const from = Number(query.get('resourceVersion') ?? version);
		answer.writeHead(200, {'content-type': 'application/json'});
		if (from < oldest) return answer.end(line('ERROR', {kind: 'Status', code: 410, message: 'too old resource version'}));
		if (what === 'stream') {
			for (const thing of listed(namespace)) answer.write(line('ADDED', thing));
			answer.write(bookmark(version, {'k8s.io/initial-events-end': 'true'}));
		} else {
			const news = history.filter(({object, version: at}) => at > from && isIn(object, namespace));
			for (const {type, object} of news) answer.write(line(type, object));
		}
		answer.flushHeaders();
		readers.set(answer, {namespace, from});
		answer.on('close', () => readers.delete(answer));
	};
	const doIt = {list, watch, stream: watch, other: (_: Asking, answer: Answering) => refuse(404)(answer)};

	const server = await startServer({
		...wish,
		handler: ({url = ''}, answering) => {
			const answer = answering as Answering;
			const asking = askingOf(url);
			if (asking.what !== 'other') askings.push(asking);
			const scripted = script(asking);
			if (scripted === undefined) doIt[asking.what](asking, answer);
			else scripted(answer);
		},
	});
	return {
		...server,
		askings,
		version: () => version,
		obey: next => {
			script = next;
		},
		put: (thing, colour, namespace = 'default') => {
			const key = `${namespace}/${thing}`;
			const type = things.has(key) ? 'MODIFIED' : 'ADDED';
			version++;
			const object = thingObject(thing, colour, version, namespace);
			things.set(key, object);
			change(type, object);
		},
		remove: (thing, namespace = 'default') => {
			const key = `${namespace}/${thing}`;
			const object = things.get(key);
			if (object === undefined) return;
			things.delete(key);
			version++;
			change('DELETED', {...object, metadata: {...object.metadata, resourceVersion: `${version}`}});
		},
		compact: () => {
			history = [];
			version++;
			oldest = version;
		},
		get watches() {
			return new Set(readers.keys());
		},
	};
}

/** A thing as the server has it. */
export function thingObject(thing: string, colour: string, version: number, namespace = 'default') {
	return {metadata: {name: thing, namespace, uid: `uid of ${thing}`, resourceVersion: `${version}`}, colour};
}

/** One event of a watch. */
export function line(type: string, object: object): string {
	return `${JSON.stringify({type, object})}\n`;
}

export function bookmark(version: number, annotations: object = {}): string {
	return line('BOOKMARK', {metadata: {resourceVersion: `${version}`, annotations}});
}

/** Says no, with a `Status`. */
export function refuse(code: number, more: object = {}, headers: Record<string, string> = {}): (answer: Answering) => void {
	return answer => {
		answer.writeHead(code, {'content-type': 'application/json', ...headers});
		answer.end(JSON.stringify({kind: 'Status', code, message: `refused with ${code}`, ...more}));
	};
}

function isIn({metadata}: Stored, namespace: string): boolean {
	return namespace === '' || metadata.namespace === namespace;
}

function askingOf(url: string): Asking {
	const {pathname: path, searchParams: query} = new URL(url, 'http://server');
	const [, namespace = ''] = /^\/api\/v1\/(?:namespaces\/([^/]+)\/)?things$/.exec(path) ?? [];
	if (!path.endsWith('/things')) return {what: 'other', path, namespace, query};
	const what = query.get('watch') !== 'true' ? 'list' : query.has('sendInitialEvents') ? 'stream' : 'watch';
	return {what, path, namespace, query};
}

import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {connect} from '../../../source/cluster/line/connect.ts';
import {type Reflector, reflect} from '../../../source/cluster/reflector/reflector.ts';
import {createStore, type Store} from '../../../source/cluster/store.ts';
import {type Timings, timings} from '../../../source/cluster/timings.ts';
import type {Transport} from '../../../source/cluster/transport.ts';
import type {SourceState} from '../../../source/vocabulary.ts';
import {type Answering, type Api, bookmark, line, refuse, startApi, type Thing, thingKind, thingObject} from '../api.ts';
import {startServer, until} from '../server.ts';

const impatient: Timings = {
	...timings,
	retry: {first: 20, most: 100},
	reask: {first: 50, most: 100},
	poll: 100,
	healthyAfter: 0,
	quiet: 700,
	unwatchable: 400,
};
const endOfInitialEvents = {'k8s.io/initial-events-end': 'true'};

describe.each(['h2', 'plain'] as const)('over %s', speaks => {
	let api: Api;
	let transport: Transport;
	let reflector: Reflector | undefined;
	let store: Store<Thing>;
	let states: SourceState[];
	let unknowns = 0;

	beforeEach(async () => {
		api = await startApi({speaks});
		states = [];
		transport = connect(api.target, {env: {}, probeEvery: 100, probeWithin: 200, retryWithin: 100});
		store = createStore('things', {line: transport.line, changed: () => states.push(store.reading().state)});
	});
	afterEach(async () => {
		reflector?.stop();
		transport.close();
		await api.close();
	});

	const start = ({
		fallback = '',
		watchable = true,
		...more
	}: Partial<Timings> & {fallback?: string; watchable?: boolean} = {}) => {
		reflector = reflect({...thingKind}, {version: 'v1', watchable}, store, {
			transport,
			now: Date.now,
			random: () => 1,
			timings: {...impatient, ...more},
			fallback,
			unknown: () => unknowns++,
		});
	};
	const state = () => store.reading().state;
	const become = (is: SourceState['is']) => until(() => state().is === is);
	const went = (is: SourceState['is']) => states.some(each => each.is === is);
	const colours = () => Object.fromEntries([...store.reading().records].map(([key, {colour}]) => [key, colour]));
	const asked = () => api.askings.map(({what}) => what);
	const lastVersion = () => api.askings.at(-1)?.query.get('resourceVersion');
	const startLive = async (options?: Parameters<typeof start>[0]) => {
		api.put('a', 'red');
		api.put('b', 'blue');
		start(options);
		await become('live');
	};

	describe('while all is well', () => {
		test('reads all there is by one watch, and goes on with what changes', async () => {
			api.put('a', 'red');
			api.put('b', 'blue', 'other');
			start();
			await become('live');
			expect(colours()).toEqual({'default/a': 'red', 'other/b': 'blue'});
			api.put('a', 'green');
			api.put('c', 'white');
			api.remove('b', 'other');
			await until(() => store.get('other/b') === undefined);
			expect(colours()).toEqual({'default/a': 'green', 'default/c': 'white'});
			expect(asked()).toEqual(['stream']);
		});

		test('shows the first record at once, and says that it is still loading', async () => {
			let open: Answering | undefined;
			api.obey(() => answer => {
				open = answer;
				answer.write(line('ADDED', thingObject('a', 'red', 7)));
			});
			start();
			await until(() => store.get('default/a') !== undefined);
			expect(state().is).toBe('loading');
			open?.write(bookmark(9, endOfInitialEvents));
			await become('live');
		});

		test('goes on from the last version when a watch ends, and is live all the time', async () => {
			await startLive();
			states = [];
			api.put('a', 'green');
			await until(() => colours()['default/a'] === 'green');
			for (const watch of api.watches) watch.end();
			api.put('b', 'black');
			await until(() => colours()['default/b'] === 'black');
			expect(asked()).toEqual(['stream', 'watch']);
			expect(lastVersion()).toBe('103');
			expect(new Set(states.map(({is}) => is))).toEqual(new Set(['live']));
		});

		test('goes on from a bookmark where no object changed', async () => {
			await startLive();
			for (const watch of api.watches) watch.write(bookmark(4711));
			await new Promise(resolve => setTimeout(resolve, 50));
			for (const watch of api.watches) watch.end();
			await until(() => asked().length === 2);
			expect(lastVersion()).toBe('4711');
		});

		test('reads all anew after a long silence, and is live all the time', async () => {
			await startLive({quiet: 100});
			states = [];
			await until(() => asked().filter(what => what === 'stream').length > 2);
			expect(new Set(states.map(({is}) => is))).toEqual(new Set(['live']));
		});

		test('moves its watch to a new connection when the old one drains', async () => {
			if (speaks !== 'h2') return;
			await startLive();
			states = [];
			transport.onDrain(() => reflector?.renew());
			for (const session of api.sessions) session.goaway();
			await until(() => api.watches.size === 1 && asked().length === 2);
			api.put('a', 'green');
			await until(() => colours()['default/a'] === 'green');
			expect(asked()).toEqual(['stream', 'watch']);
			expect(new Set(states.map(({is}) => is))).toEqual(new Set(['live']));
		});

		test('leaves out an object nobody can make sense of, and keeps the others', async () => {
			api.put('a', 'red');
			api.put('broken', 'any');
			const picky = {
				...thingKind,
				project: (...[raw, identity, version]: Parameters<typeof thingKind.project>) => {
					if (identity.name === 'broken') throw new Error('no sense');
					return thingKind.project(raw, identity, version);
				},
			};
			const options = {transport, now: Date.now, random: Math.random, timings: impatient, fallback: '', unknown: () => {}};
			reflector = reflect(picky, {version: 'v1', watchable: true}, store, options);
			await become('live');
			expect(colours()).toEqual({'default/a': 'red'});
		});
	});

	describe('on servers that cannot stream lists', () => {
		const old = () => api.obey(({what}) => (what === 'stream' ? refuse(422) : undefined));

		test('lists in chunks, watches, and remembers', async () => {
			old();
			for (let at = 0; at < 1201; at++) api.put(`t${at}`, 'red');
			start();
			await become('live');
			expect(store.reading().records.size).toBe(1201);
			expect(asked()).toEqual(['stream', 'list', 'list', 'list', 'watch']);
			expect(api.askings[1]?.query.get('limit')).toBe('500');
			expect(api.askings[1]?.query.has('resourceVersion')).toBe(false);
			expect(lastVersion()).toBe('1301');
			api.compact();
			for (const watch of api.watches) watch.end();
			await until(() => asked().length === 10);
			expect(asked().slice(5)).toEqual(['watch', 'list', 'list', 'list', 'watch']);
		});

		test('asks for a stream again on a new connection', async () => {
			old();
			await startLive();
			api.obey(() => undefined);
			reflector?.wake();
			api.compact();
			for (const watch of api.watches) watch.end();
			await until(() => asked().at(-1) === 'stream');
			await become('live');
		});

		test('is not fooled by one that takes the question for a plain watch', async () => {
			api.put('a', 'red');
			api.obey(({what}) => (what === 'stream' ? answer => answer.write(line('ADDED', thingObject('a', 'red', 101))) : undefined));
			start();
			await become('live');
			expect(asked()).toEqual(['stream', 'list', 'watch']);
		});

		test('goes on where a page has expired, and watches from where it began', async () => {
			old();
			for (let at = 0; at < 600; at++) api.put(`t${at}`, 'red');
			const begun = api.version();
			api.obey(({what, query}) => {
				if (what === 'stream') return refuse(422);
				if (query.get('continue')?.endsWith(`@${begun}`) && api.version() === begun) api.compact();
				return undefined;
			});
			start();
			await become('live');
			expect(store.reading().records.size).toBe(600);
			const watched = api.askings.filter(({what}) => what === 'watch').map(({query}) => query.get('resourceVersion'));
			// From where it began is too old by now, so that everything is listed once more.
			expect(watched[0]).toBe(`${begun}`);
		});

		test('says loading, not none, while a list is slow', async () => {
			const held: Array<() => void> = [];
			api.obey(({what, query}) => {
				if (what === 'stream') return refuse(422);
				if (what !== 'list' || query.has('late')) return undefined;
				return answer => {
					held.push(() => {
						answer.writeHead(200, {'content-type': 'application/json'});
						answer.end(JSON.stringify({metadata: {resourceVersion: '101'}, items: [thingObject('a', 'red', 101)]}));
					});
				};
			});
			start();
			await until(() => held.length === 1);
			await new Promise(resolve => setTimeout(resolve, 600));
			expect(state()).toEqual({is: 'loading'});
			held[0]?.();
			await become('live');
			expect(colours()).toEqual({'default/a': 'red'});
		});
	});

	describe('when the line or the server fails', () => {
		test('a server that is not there: still loading, and why; then it comes', async () => {
			const {port, close} = await startServer({speaks});
			await close();
			transport.close();
			transport = connect(
				{...api.target, server: new URL(api.url.href.replace(`${api.port}`, `${port}`))},
				{env: {}, retryWithin: 100},
			);
			store = createStore('things', {line: transport.line, changed: () => {}});
			start();
			await until(() => 'waitingFor' in state());
			expect(state()).toMatchObject({is: 'loading', waitingFor: expect.stringContaining('nothing listens')});
			await api.close();
			api = await startApi({speaks, port});
			api.put('a', 'red');
			await become('live');
		});

		test('killed and started again: stale with its records, then live from the same version', async () => {
			await startLive();
			const {port} = api;
			const before = Date.now();
			await api.close();
			await become('stale');
			const stale = state();
			expect(stale.is === 'stale' && stale.since).toBeGreaterThan(before - 1000);
			expect(colours()).toEqual({'default/a': 'red', 'default/b': 'blue'});
			api = await startApi({speaks, port}, api.version());
			api.put('a', 'green');
			await become('live');
			await until(() => colours()['default/a'] === 'green');
		});

		test('restored to long ago: lists anew, for no watch would ever say a word', async () => {
			await startLive();
			const {port} = api;
			await api.close();
			api = await startApi({speaks, port}, 50);
			api.put('a', 'old');
			await until(() => colours()['default/a'] === 'old');
			await until(() => store.get('default/b') === undefined);
		});

		test('silence without an end: stale with its age, and live again by itself', async () => {
			await startLive();
			const before = Date.now();
			api.hush(true);
			await become('stale');
			const stale = state();
			expect(stale.is === 'stale' && stale.since).toBeGreaterThan(before - 1000);
			expect(stale).toHaveProperty('why');
			expect(colours()).toEqual({'default/a': 'red', 'default/b': 'blue'});
			api.hush(false);
			await become('live');
			api.put('a', 'green');
			await until(() => colours()['default/a'] === 'green');
		});

		test('cut in the middle of a line: nothing is lost, nothing half-read', async () => {
			await startLive();
			for (const watch of api.watches) watch.write('{"type":"MODIFIED","object":{"metadata":{"name":"a","names');
			await new Promise(resolve => setTimeout(resolve, 30));
			api.cut('rst');
			api.put('a', 'green');
			await until(() => colours()['default/a'] === 'green');
			await become('live');
			expect(colours()).toEqual({'default/a': 'green', 'default/b': 'blue'});
			expect(lastVersion()).toBe('102');
		});

		test('a line that is no JSON: stale, and why; then live', async () => {
			await startLive();
			for (const watch of api.watches) watch.write('{"type":"MODIFIED","object":{"meta\n');
			await until(() => went('stale'));
			expect(states.find(({is}) => is === 'stale')).toMatchObject({why: expect.stringContaining('unreadable')});
			await become('live');
			api.put('a', 'green');
			await until(() => colours()['default/a'] === 'green');
		});

		test.each([500, 503, 504])('%i: stale with its records and why, asked again, then live', async code => {
			await startLive();
			api.obey(({what}) => (what === 'other' ? undefined : refuse(code)));
			for (const watch of api.watches) watch.end();
			await become('stale');
			expect(state()).toMatchObject({why: `${code}: refused with ${code}`});
			expect(colours()).toEqual({'default/a': 'red', 'default/b': 'blue'});
			await until(() => asked().length > 5);
			api.obey(() => undefined);
			await become('live');
		});

		test('a version forgotten after a long good watch is no second failure in a row', async () => {
			await startLive({retry: {first: 60_000, most: 60_000}});
			for (const _ of [1, 2]) {
				const streams = asked().filter(what => what === 'stream').length;
				for (const watch of api.watches) watch.end(line('ERROR', {kind: 'Status', code: 410, message: 'too old'}));
				await until(() => asked().filter(what => what === 'stream').length > streams && api.watches.size === 1);
				await become('live');
			}
		});

		test('429: stays away for as long as the server wants', async () => {
			await startLive();
			const times: number[] = [];
			api.obey(({what}) => {
				if (what === 'other') return undefined;
				times.push(Date.now());
				return times.length === 1 ? refuse(429, {}, {'retry-after': '1'}) : undefined;
			});
			for (const watch of api.watches) watch.end();
			await become('stale');
			expect(state()).toMatchObject({why: '429: refused with 429'});
			await become('live');
			expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
		});

		test('waits longer and longer while it is refused', async () => {
			api.obey(() => refuse(500));
			start({retry: {first: 10, most: 400}});
			await until(() => asked().length === 4);
			const waits = [10, 20, 40, 80, 160, 320, 400];
			const began = Date.now();
			await until(() => asked().length === 8);
			expect(Date.now() - began).toBeGreaterThanOrEqual(waits[3] ?? 0);
		});

		test('woken, it forgets how often it was refused before', async () => {
			const times: number[] = [];
			api.obey(() => {
				times.push(Date.now());
				return refuse(503);
			});
			start({retry: {first: 50, most: 60_000}});
			await until(() => times.length === 5);
			reflector?.wake();
			await until(() => times.length === 7);
			// Else it would have been 1.6 s by now.
			expect((times[6] ?? 0) - (times[5] ?? 0)).toBeLessThan(800);
		});

		test('a watch that ends at once is a failure, not a reason to hurry', async () => {
			await startLive({healthyAfter: 200, retry: {first: 100, most: 100}});
			api.obey(({what}) => (what === 'watch' ? answer => answer.writeHead(200).end() : undefined));
			for (const watch of api.watches) watch.end();
			await become('stale');
			const before = asked().length;
			await new Promise(resolve => setTimeout(resolve, 350));
			expect(asked().length - before).toBeLessThanOrEqual(4);
			api.obey(() => undefined);
			await become('live');
		});

		test('an error inside a watch that is no 410: stale, and why; then live without a list', async () => {
			await startLive();
			for (const watch of api.watches) watch.write(line('ERROR', {kind: 'Status', code: 500, message: 'etcd has gone'}));
			await until(() => went('stale'));
			expect(states.find(({is}) => is === 'stale')).toMatchObject({why: '500: etcd has gone'});
			await become('live');
			expect(asked()).toEqual(['stream', 'watch']);
		});
	});

	describe('when the history is gone', () => {
		test.each(['in the watch', 'by status'])('410 %s: lists anew and keeps the old view until all is named', async how => {
			await startLive();
			let listing: Answering | undefined;
			api.obey(({what}) => {
				if (what === 'watch' && how === 'by status') return refuse(410);
				if (what !== 'stream') return undefined;
				return answer => {
					listing = answer;
					answer.write(line('ADDED', thingObject('a', 'green', 300)));
				};
			});
			api.compact();
			for (const watch of api.watches) watch.end();
			await until(() => colours()['default/a'] === 'green');
			expect(state().is).toBe('stale');
			expect(colours()).toEqual({'default/a': 'green', 'default/b': 'blue'});
			listing?.write(line('ADDED', thingObject('c', 'white', 299)));
			listing?.write(bookmark(300, endOfInitialEvents));
			await become('live');
			expect(colours()).toEqual({'default/a': 'green', 'default/c': 'white'});
			expect(asked()).toEqual(['stream', 'watch', 'stream']);
		});

		test('410 again and again: lists less and less often, and comes back', async () => {
			await startLive({healthyAfter: 1000, retry: {first: 50, most: 200}});
			api.obey(({what}) => {
				if (what === 'stream') return refuse(422);
				return what === 'watch' ? refuse(410) : undefined;
			});
			for (const watch of api.watches) watch.end();
			await become('stale');
			const before = asked().length;
			await new Promise(resolve => setTimeout(resolve, 500));
			expect(asked().length - before).toBeLessThan(16);
			expect(colours()).toEqual({'default/a': 'red', 'default/b': 'blue'});
			api.obey(() => undefined);
			await become('live');
		});
	});

	describe('when events are not what they should be', () => {
		test('old events that come twice or late change nothing', async () => {
			await startLive();
			api.put('a', 'green');
			api.remove('b');
			await until(() => store.get('default/b') === undefined);
			for (const watch of api.watches) {
				watch.write(line('MODIFIED', thingObject('a', 'red', 101)));
				watch.write(line('ADDED', thingObject('b', 'blue', 102)));
				watch.write(line('MODIFIED', thingObject('a', 'green', 103)));
				watch.write(line('DELETED', {metadata: {name: 'a', namespace: 'default', uid: 'another', resourceVersion: '99'}}));
			}
			api.put('c', 'white');
			await until(() => store.get('default/c') !== undefined);
			expect(colours()).toEqual({'default/a': 'green', 'default/c': 'white'});
			expect(went('stale')).toBe(false);
		});
	});

	describe('when something is not allowed', () => {
		const forbid = (...what: string[]) => api.obey(asking => (what.includes(asking.what) ? refuse(403) : undefined));

		test('denied names what is missing, and is asked for again until it is granted', async () => {
			api.put('a', 'red');
			forbid('list', 'stream', 'watch');
			start();
			await become('denied');
			expect(state()).toEqual({is: 'denied', verb: 'list', resource: 'things'});
			await until(() => asked().length > 4);
			api.obey(() => undefined);
			await become('live');
			expect(colours()).toEqual({'default/a': 'red'});
		});

		test('revoked while it watches, and granted again', async () => {
			await startLive();
			forbid('list', 'stream', 'watch');
			for (const watch of api.watches) watch.end();
			await become('denied');
			expect(colours()).toEqual({'default/a': 'red', 'default/b': 'blue'});
			api.remove('b');
			api.obey(() => undefined);
			await become('live');
			expect(colours()).toEqual({'default/a': 'red'});
		});

		test('where only one namespace may be read, reads it and says what is missing', async () => {
			api.put('a', 'red');
			api.put('b', 'blue', 'mine');
			api.obey(({namespace, what}) => (what !== 'other' && namespace !== 'mine' ? refuse(403) : undefined));
			start({fallback: 'mine'});
			await become('live');
			expect(colours()).toEqual({'mine/b': 'blue'});
			expect(store.reading().limitedTo).toEqual({namespace: 'mine', missing: 'list things in all namespaces'});
			api.obey(() => undefined);
			for (const watch of api.watches) watch.end();
			await until(() => store.get('default/a') !== undefined);
			await become('live');
			expect(store.reading().limitedTo).toBeUndefined();
		});

		test('denied in that namespace too: says so', async () => {
			forbid('list', 'stream', 'watch');
			start({fallback: 'mine'});
			await become('denied');
			expect(state()).toEqual({is: 'denied', verb: 'list', resource: 'things', namespace: 'mine'});
		});

		test.each([403, 405])('list without watch (%i) is polled, and watched when that is granted', async code => {
			api.put('a', 'red');
			api.obey(({what}) => (what === 'stream' || what === 'watch' ? refuse(code) : undefined));
			start();
			await become('polled');
			expect(state()).toMatchObject({is: 'polled', every: 100});
			api.put('b', 'blue');
			await until(() => store.get('default/b') !== undefined);
			api.remove('a');
			await until(() => store.get('default/a') === undefined);
			api.obey(() => undefined);
			await become('live');
		});

		test('what cannot be watched at all is only listed', async () => {
			api.put('a', 'red');
			start({watchable: false});
			await become('polled');
			await until(() => asked().length > 2);
			expect(new Set(asked())).toEqual(new Set(['list']));
			api.obey(({what}) => (what === 'list' ? refuse(503) : undefined));
			await become('stale');
			expect(colours()).toEqual({'default/a': 'red'});
			api.obey(() => undefined);
			await become('polled');
		});

		test('a resource the server does not know: stale, not gone, for discovery decides what is absent', async () => {
			await startLive({retry: {first: 60_000, most: 60_000}});
			api.obey(({what}) => (what === 'other' ? undefined : refuse(404)));
			for (const watch of api.watches) watch.end();
			await until(() => unknowns > 0);
			expect(state()).toMatchObject({is: 'stale', why: '404: refused with 404'});
			expect(colours()).toEqual({'default/a': 'red', 'default/b': 'blue'});
			api.obey(() => undefined);
			reflector?.wake();
			await become('live');
		});

		test('an answer that is no list at all does not empty the store', async () => {
			await startLive({quiet: 100});
			api.obey(({what}) => {
				if (what === 'stream') return refuse(422);
				return what === 'list' ? answer => void answer.writeHead(200, {'content-type': 'application/json'}).end('{}') : undefined;
			});
			await become('stale');
			await until(() => asked().includes('list'));
			expect(colours()).toEqual({'default/a': 'red', 'default/b': 'blue'});
			api.obey(() => undefined);
			await become('live');
		});
	});

	test('writes nothing into its store after it was stopped', async () => {
		await startLive();
		reflector?.stop();
		const {revision} = store.reading();
		api.put('a', 'green');
		await new Promise(resolve => setTimeout(resolve, 100));
		expect(store.reading().revision).toBe(revision);
		await until(() => api.watches.size === 0);
	});
});

import {expect, test} from 'vitest';
import type {Raw} from '../../source/cluster/raw.ts';
import {configMap, create, mergePatch, read, type Subject, textOf} from './subject.ts';
import {watchJson} from './watch.ts';

/** Ends a WatchList's first part: from here on everything is new. */
const initialEventsEnd = 'k8s.io/initial-events-end';

/** The query of a WatchList. */
export const watchList = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';

export function watches(subject: () => Subject): void {
	const collection = () => `${subject().home}/configmaps`;
	const versionNow = async () => textOf((await read(subject().admin, `${collection()}?limit=1`)).metadata?.resourceVersion);
	const remove = (name: string) => subject().admin.ask(`${collection()}/${name}`, {method: 'DELETE'});

	test('a watch from a version tells what happens, in order, with versions that grow', async () => {
		const {admin} = subject();
		const watch = await watchJson(admin, `${collection()}?watch=1&resourceVersion=${await versionNow()}`);
		expect(watch.status).toBe(200);
		expect(watch.headers['content-type']).toBe('application/json');
		await create(admin, collection(), configMap('told', {}, {step: '1'}));
		await mergePatch(admin, `${collection()}/told`, {data: {step: '2'}});
		await remove('told');
		const events = [await watch.next(), await watch.next(), await watch.next()];
		watch.close();
		expect(events.map(summary)).toEqual(['ADDED told 1', 'MODIFIED told 2', 'DELETED told 2']);
		expect(events[0]?.object).toMatchObject({kind: 'ConfigMap', apiVersion: 'v1'});
		const versions = events.map(versionOf);
		expect(versions).toEqual(versions.toSorted((one, other) => one - other));
		expect(new Set(versions).size).toBe(3);
	});

	test('a watch from an older version tells first what it missed', async () => {
		const {admin} = subject();
		const before = await versionNow();
		await create(admin, collection(), configMap('missed', {}, {step: '1'}));
		await remove('missed');
		const watch = await watchJson(admin, `${collection()}?watch=true&resourceVersion=${before}`);
		expect([await watch.next(), await watch.next()].map(summary)).toEqual(['ADDED missed 1', 'DELETED missed 1']);
		watch.close();
	});

	test.each(['', '&resourceVersion=0'])('a watch that names no version (%s) begins with all there is', async version => {
		const {admin} = subject();
		await create(admin, collection(), configMap('there', {set: 'there'}, {step: '1'}));
		const watch = await watchJson(admin, `${collection()}?watch=1&labelSelector=set%3Dthere${version}`);
		expect(summary(await watch.next())).toBe('ADDED there 1');
		await remove('there');
		expect(summary(await watch.next())).toBe('DELETED there 1');
		watch.close();
	});

	test('a WatchList begins with all there is, says when that was all, and goes on', async () => {
		const {admin} = subject();
		for (const name of ['first', 'second']) await create(admin, collection(), configMap(name, {set: 'begun'}, {step: '1'}));
		const watch = await watchJson(admin, `${collection()}?${watchList}&labelSelector=set%3Dbegun`);
		const initial = await watch.until(isBookmark);
		expect(initial.slice(0, -1).map(summary).toSorted()).toEqual(['ADDED first 1', 'ADDED second 1']);
		const end = initial.at(-1);
		expect(end?.object).toMatchObject({kind: 'ConfigMap', apiVersion: 'v1'});
		expect(end?.object?.metadata?.annotations).toEqual({[initialEventsEnd]: 'true'});
		expect(end?.object?.metadata).not.toHaveProperty('name');
		expect(versionOf(end)).toBeGreaterThanOrEqual(Math.max(...initial.slice(0, -1).map(versionOf)));
		await remove('first');
		expect(summary(await watch.next())).toBe('DELETED first 1');
		await remove('second');
		watch.close();
	});

	test('a WatchList of nothing is but its end', async () => {
		const watch = await watchJson(subject().admin, `${collection()}?${watchList}&labelSelector=set%3Dnone`);
		const [only] = await watch.until(() => true);
		expect(only?.type).toBe('BOOKMARK');
		expect(only?.object?.metadata?.annotations?.[initialEventsEnd]).toBe('true');
		watch.close();
	});

	test.each([
		['watch=1&sendInitialEvents=true', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'],
		[
			'watch=1&resourceVersionMatch=NotOlderThan',
			'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
		],
	])('?%s is 422', async (query, words) => {
		const reply = await subject().admin.ask(`${collection()}?${query}`);
		expect(reply.status).toBe(422);
		expect(reply.json()).toMatchObject({reason: 'Invalid', message: expect.stringContaining(words)});
	});

	test('a watch ends cleanly when its time is over, with a bookmark shortly before for whoever asked for bookmarks', async () => {
		const {admin} = subject();
		const path = `${collection()}?watch=1&timeoutSeconds=4&resourceVersion=${await versionNow()}&labelSelector=set%3Dnone`;
		const [marked, unmarked] = await Promise.all([watchJson(admin, `${path}&allowWatchBookmarks=true`), watchJson(admin, path)]);
		// Something happens that the selector hides: only the bookmark moves the version on.
		const hidden = await create(admin, collection(), configMap('hidden'));
		await remove('hidden');
		const [events, none] = await Promise.all([marked.rest(), unmarked.rest()]);
		expect(none).toEqual([]);
		expect(new Set(events.map(event => event.type))).toEqual(new Set(['BOOKMARK']));
		const last = events.at(-1);
		expect(versionOf(last)).toBeGreaterThanOrEqual(Number(hidden.metadata?.resourceVersion));
		expect(last?.object).toMatchObject({kind: 'ConfigMap', apiVersion: 'v1'});
	});

	test('an object that no longer fits the selector is deleted for whoever watches with it', async () => {
		const {admin} = subject();
		const watch = await watchJson(
			admin,
			`${collection()}?watch=1&resourceVersion=${await versionNow()}&labelSelector=mood%3Dgood`,
		);
		await create(admin, collection(), configMap('moody', {mood: 'good'}, {step: '1'}));
		await mergePatch(admin, `${collection()}/moody`, {metadata: {labels: {mood: 'bad'}}, data: {step: '2'}});
		await mergePatch(admin, `${collection()}/moody`, {metadata: {labels: {mood: 'good'}}, data: {step: '3'}});
		// The one that left is told as it was while it still fitted, with the version of its leaving.
		expect([await watch.next(), await watch.next(), await watch.next()].map(summary)).toEqual([
			'ADDED moody 1',
			'DELETED moody 1',
			'ADDED moody 3',
		]);
		watch.close();
		await remove('moody');
	});

	test('one object is watched by its name', async () => {
		const {admin} = subject();
		const watch = await watchJson(
			admin,
			`${collection()}?watch=1&resourceVersion=${await versionNow()}&fieldSelector=metadata.name%3Dwanted`,
		);
		await create(admin, collection(), configMap('unwanted', {}, {step: '1'}));
		await create(admin, collection(), configMap('wanted', {}, {step: '1'}));
		expect(summary(await watch.next())).toBe('ADDED wanted 1');
		watch.close();
		await Promise.all([remove('wanted'), remove('unwanted')]);
	});

	test('all namespaces are watched at once', async () => {
		const {admin, namespace} = subject();
		const watch = await watchJson(admin, `/api/v1/configmaps?watch=1&resourceVersion=${await versionNow()}`);
		await create(admin, collection(), configMap('anywhere'));
		const events = await watch.until(({object}) => textOf(object?.metadata?.name) === 'anywhere');
		expect(events.at(-1)?.object?.metadata?.namespace).toBe(namespace);
		watch.close();
		await remove('anywhere');
	});

	test('twenty watches are open at the same time and all are told', async () => {
		const {admin} = subject();
		const version = await versionNow();
		const open = Array.from({length: 20}, () => watchJson(admin, `${collection()}?watch=1&resourceVersion=${version}`));
		const all = await Promise.all(open);
		await create(admin, collection(), configMap('shouted', {}, {step: '1'}));
		const heard = await Promise.all(all.map(watch => watch.next()));
		for (const watch of all) watch.close();
		expect(new Set(heard.map(summary))).toEqual(new Set(['ADDED shouted 1']));
		await remove('shouted');
	});
}

export function isBookmark({type}: Raw): boolean {
	return textOf(type) === 'BOOKMARK';
}

function summary({type, object}: Raw): string {
	return `${textOf(type)} ${textOf(object?.metadata?.name)} ${textOf(object?.data?.step)}`;
}

function versionOf(event: Raw | undefined): number {
	return Number(event?.object?.metadata?.resourceVersion);
}

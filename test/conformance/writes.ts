import {expect, test} from 'vitest';
import type {Ask} from './client.ts';
import {configMap, create, eventually, makeReady, mergePatch, pod, read, type Subject, textOf} from './subject.ts';
import {watchJson} from './watch.ts';

export function writes(subject: () => Subject): void {
	const collection = () => `${subject().home}/configmaps`;
	const versionOf = async (name: string) =>
		textOf((await read(subject().admin, `${collection()}/${name}`)).metadata?.resourceVersion);
	const patch = (path: string, type: string, json: unknown) =>
		subject().admin.ask(path, {method: 'PATCH', type: `application/${type}+json`, json});

	test('what is created gets a uid, a version and a time', async () => {
		const made = await create(subject().admin, collection(), configMap('made', {}, {a: '1'}));
		expect(made).toMatchObject({
			kind: 'ConfigMap',
			apiVersion: 'v1',
			metadata: {name: 'made', namespace: subject().namespace},
			data: {a: '1'},
		});
		expect(made.metadata?.uid).toMatch(/^[\da-f-]{36}$/);
		expect(made.metadata?.resourceVersion).toMatch(/^\d+$/);
		expect(made.metadata?.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		expect(await read(subject().admin, `${collection()}/made`)).toMatchObject({
			data: {a: '1'},
			metadata: {uid: made.metadata?.uid},
		});
	});

	test('a name that is taken is 409 AlreadyExists', async () => {
		await create(subject().admin, collection(), configMap('taken'));
		const reply = await subject().admin.ask(collection(), {method: 'POST', json: configMap('taken')});
		expect(reply.status).toBe(409);
		expect(reply.json()).toMatchObject({
			reason: 'AlreadyExists',
			message: 'configmaps "taken" already exists',
			details: {name: 'taken', kind: 'configmaps'},
		});
	});

	test('a name that is none is 422 with its cause', async () => {
		const reply = await subject().admin.ask(collection(), {method: 'POST', json: configMap('Not_A_Name')});
		expect(reply.status).toBe(422);
		expect(reply.json()).toMatchObject({
			reason: 'Invalid',
			details: {name: 'Not_A_Name', kind: 'ConfigMap', causes: [{reason: 'FieldValueInvalid', field: 'metadata.name'}]},
		});
	});

	test('a generated name begins as wished and goes on with five characters', async () => {
		const made = await create(subject().admin, collection(), {metadata: {generateName: 'like-this-'}});
		expect(made.metadata?.name).toMatch(/^like-this-[a-z\d]{5}$/);
		expect(made.metadata?.generateName).toBe('like-this-');
	});

	test('what is not there is 404 to get, patch and delete', async () => {
		const path = `${collection()}/none`;
		const {admin} = subject();
		for (const reply of [
			await admin.ask(path),
			await patch(path, 'merge-patch', {}),
			await admin.ask(path, {method: 'DELETE'}),
		]) {
			expect(reply.status).toBe(404);
			expect(reply.json()).toMatchObject({
				kind: 'Status',
				apiVersion: 'v1',
				status: 'Failure',
				reason: 'NotFound',
				message: 'configmaps "none" not found',
				details: {name: 'none', kind: 'configmaps'},
				code: 404,
			});
		}
	});

	test.each([
		['POST', () => `${collection()}/some`],
		['PUT', () => '/api/v1/nodes'],
		['POST', () => '/version'],
	] satisfies Array<[Ask['method'], () => string]>)('%s where it makes no sense is 405', async (method, path) => {
		const reply = await subject().admin.ask(path(), {method, json: {}});
		expect(reply.status).toBe(405);
		expect(reply.json()).toMatchObject({
			reason: 'MethodNotAllowed',
			message: 'the server does not allow this method on the requested resource',
		});
	});

	test('a replacement must know the newest version', async () => {
		const {admin} = subject();
		const old = await create(admin, collection(), configMap('replaced', {}, {a: '1'}));
		const replace = (resourceVersion: unknown, a: string) =>
			admin.ask(`${collection()}/replaced`, {
				method: 'PUT',
				json: {...old, metadata: {...old.metadata, resourceVersion}, data: {a}},
			});
		const first = await replace(old.metadata?.resourceVersion, '2');
		expect(first.status).toBe(200);
		expect(first.json().data?.a).toBe('2');
		const second = await replace(old.metadata?.resourceVersion, '3');
		expect(second.status).toBe(409);
		expect(second.json()).toMatchObject({
			reason: 'Conflict',
			message:
				'Operation cannot be fulfilled on configmaps "replaced": the object has been modified; please apply your changes to the latest version and try again',
			details: {name: 'replaced', kind: 'configmaps'},
		});
	});

	test('a merge patch sets, and null removes', async () => {
		const {admin} = subject();
		await create(admin, collection(), configMap('merged', {one: '1', two: '2'}, {a: '1', b: '2'}));
		const merged = await mergePatch(admin, `${collection()}/merged`, {metadata: {labels: {one: null}}, data: {b: '3', c: '4'}});
		expect(merged.metadata?.labels).toEqual({two: '2'});
		expect(merged.data).toEqual({a: '1', b: '3', c: '4'});
	});

	test('a patch that names a version must name the newest', async () => {
		const {admin} = subject();
		await create(admin, collection(), configMap('guarded', {}, {a: '1'}));
		const before = await versionOf('guarded');
		const set = (a: string) => patch(`${collection()}/guarded`, 'merge-patch', {metadata: {resourceVersion: before}, data: {a}});
		expect((await set('2')).status).toBe(200);
		const refused = await set('3');
		expect(refused.status).toBe(409);
		expect(refused.json().reason).toBe('Conflict');
	});

	test('a patch that changes nothing keeps the version', async () => {
		const {admin} = subject();
		const made = await create(admin, collection(), configMap('same', {}, {a: '1'}));
		const same = await mergePatch(admin, `${collection()}/same`, {data: {a: '1'}});
		expect(same.metadata?.resourceVersion).toBe(made.metadata?.resourceVersion);
	});

	test('a JSON patch is applied as a whole or not at all', async () => {
		const {admin} = subject();
		await create(admin, collection(), configMap('stepped', {}, {a: '1', gone: 'soon'}));
		const path = `${collection()}/stepped`;
		const good = await patch(path, 'json-patch', [
			{op: 'test', path: '/data/a', value: '1'},
			{op: 'replace', path: '/data/a', value: '2'},
			{op: 'add', path: '/metadata/annotations', value: {'example.org/note': 'some'}},
			{op: 'replace', path: '/metadata/annotations/example.org~1note', value: 'other'},
			{op: 'remove', path: '/data/gone'},
		]);
		expect(good.status).toBe(200);
		expect(good.json()).toMatchObject({data: {a: '2'}, metadata: {annotations: {'example.org/note': 'other'}}});
		expect(good.json().data).not.toHaveProperty('gone');
		const bad = await patch(path, 'json-patch', [
			{op: 'replace', path: '/data/a', value: '9'},
			{op: 'test', path: '/data/a', value: 'other'},
		]);
		expect(bad.status).toBe(422);
		expect(bad.json().reason).toBe('Invalid');
		expect((await read(admin, path)).data?.a).toBe('2');
	});

	test('a strategic patch cordons a node and frees it again', async () => {
		const {admin, node} = subject();
		const path = `/api/v1/nodes/${node}`;
		const watch = await watchJson(admin, `/api/v1/nodes?watch=1&fieldSelector=metadata.name%3D${node}`);
		await watch.next();
		const cordoned = await patch(path, 'strategic-merge-patch', {spec: {unschedulable: true}});
		expect(cordoned.status).toBe(200);
		expect(cordoned.json().spec?.unschedulable).toBe(true);
		await watch.until(event => event.object?.spec?.unschedulable !== undefined);
		const freed = await patch(path, 'strategic-merge-patch', {spec: {unschedulable: null}});
		expect(freed.json().spec).not.toHaveProperty('unschedulable');
		await watch.until(event => event.object?.spec?.unschedulable === undefined);
		watch.close();
	});

	test('a patch of an unknown kind is 415', async () => {
		const reply = await subject().admin.ask(`${collection()}/made`, {method: 'PATCH', type: 'application/json', json: {}});
		expect(reply.status).toBe(415);
		expect(reply.json().reason).toBe('UnsupportedMediaType');
	});

	test('a status is patched apart: it changes nothing else, and nothing else changes it', async () => {
		const {admin, home, node} = subject();
		await create(admin, `${home}/pods`, pod('apart', node));
		const path = `${home}/pods/apart`;
		await makeReady(admin, path);
		await mergePatch(admin, `${path}/status`, {
			metadata: {labels: {ignored: 'yes'}},
			spec: {nodeName: 'other'},
			status: {message: 'through status'},
		});
		await mergePatch(admin, path, {metadata: {annotations: {kept: 'yes'}}, status: {message: 'through the object'}});
		const after = await read(admin, path);
		expect(after.status?.message).toBe('through status');
		expect(after.spec?.nodeName).toBe(node);
		expect(after.metadata?.annotations?.kept).toBe('yes');
		await admin.ask(`${path}?gracePeriodSeconds=0`, {method: 'DELETE'});
	});

	test('a dry run answers like the real thing and keeps nothing', async () => {
		const {admin} = subject();
		const dry = await create(admin, `${collection()}?dryRun=All`, configMap('dry', {}, {a: '1'}));
		expect(dry.metadata?.uid).toMatch(/./);
		expect((await admin.ask(`${collection()}/dry`)).status).toBe(404);
		await create(admin, collection(), configMap('dry', {}, {a: '1'}));
		const before = await versionOf('dry');
		const patched = await mergePatch(admin, `${collection()}/dry?dryRun=All`, {data: {a: '2'}});
		expect(patched.data?.a).toBe('2');
		const deleted = await admin.ask(`${collection()}/dry?dryRun=All`, {method: 'DELETE'});
		expect(deleted.status).toBe(200);
		const inBody = await admin.ask(`${collection()}/dry`, {
			method: 'DELETE',
			json: {kind: 'DeleteOptions', apiVersion: 'v1', dryRun: ['All']},
		});
		expect(inBody.status).toBe(200);
		expect(await versionOf('dry')).toBe(before);
	});

	test('an unknown way of dry run is 422', async () => {
		const reply = await subject().admin.ask(`${collection()}?dryRun=Some`, {method: 'POST', json: configMap('some')});
		expect(reply.status).toBe(422);
		expect(reply.json().message).toMatch(/dryRun: Unsupported value/);
	});

	test('what is deleted is named with its uid, and gone', async () => {
		const {admin} = subject();
		const made = await create(admin, collection(), configMap('deleted'));
		const reply = await admin.ask(`${collection()}/deleted`, {method: 'DELETE'});
		expect(reply.status).toBe(200);
		expect(reply.json()).toMatchObject({
			kind: 'Status',
			status: 'Success',
			details: {name: 'deleted', kind: 'configmaps', uid: made.metadata?.uid},
		});
		expect((await admin.ask(`${collection()}/deleted`)).status).toBe(404);
	});

	test('a deletion may insist on the uid', async () => {
		const {admin} = subject();
		await create(admin, collection(), configMap('insisted'));
		const reply = await admin.ask(`${collection()}/insisted`, {method: 'DELETE', json: {preconditions: {uid: 'another'}}});
		expect(reply.status).toBe(409);
		expect(reply.json()).toMatchObject({
			reason: 'Conflict',
			message: expect.stringContaining('the UID in the precondition (another) does not match'),
		});
		expect((await admin.ask(`${collection()}/insisted`)).status).toBe(200);
	});

	test('a deleted pod has its time of leaving, then it goes', async () => {
		const {admin, home, node} = subject();
		await create(admin, `${home}/pods`, pod('leaving', node));
		const watch = await watchJson(admin, `${home}/pods?watch=1&fieldSelector=metadata.name%3Dleaving`);
		const reply = await admin.ask(`${home}/pods/leaving`, {method: 'DELETE'});
		expect(reply.status).toBe(200);
		expect(reply.json().metadata?.deletionTimestamp).toMatch(/Z$/);
		const events = await watch.until(event => textOf(event.type) === 'DELETED');
		expect(
			events.some(event => textOf(event.type) === 'MODIFIED' && event.object?.metadata?.deletionTimestamp !== undefined),
		).toBe(true);
		watch.close();
	});

	test('a finalizer holds what is deleted until it is taken away', async () => {
		const {admin} = subject();
		const made = configMap('held');
		await create(admin, collection(), {...made, metadata: {...made.metadata, finalizers: ['midwatch.test/hold']}});
		const reply = await admin.ask(`${collection()}/held`, {method: 'DELETE'});
		expect(reply.status).toBe(200);
		expect((await read(admin, `${collection()}/held`)).metadata?.deletionTimestamp).toMatch(/Z$/);
		await mergePatch(admin, `${collection()}/held`, {metadata: {finalizers: null}});
		await eventually(async () => expect((await admin.ask(`${collection()}/held`)).status).toBe(404));
	});
}

import {randomBytes} from 'node:crypto';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {items} from '../../source/cluster/raw.ts';
import {create, eventually, namesOf, read, type Subject, textOf} from './subject.ts';
import {watchJson} from './watch.ts';
import {isBookmark, watchList} from './watches.ts';

const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';

/** Custom resources come and go while everything runs. The tests follow one through its life, in this order. */
export function definitions(subject: () => Subject): void {
	const group = `widgets-${randomBytes(4).toString('hex')}.example.org`;
	const definition = `${definitionsPath}/widgets.${group}`;
	const widgets = () => `/apis/${group}/v1/namespaces/${subject().namespace}/widgets`;
	const widget = (name: string, size: number) => ({apiVersion: `${group}/v1`, kind: 'Widget', metadata: {name}, spec: {size}});
	const groupsNow = async () => namesOf(await read(subject().admin, '/apis', aggregated));

	beforeAll(async () => {
		expect(await groupsNow()).not.toContain(group);
		await create(subject().admin, definitionsPath, widgetDefinition(group));
		await eventually(async () => {
			const {status} = await read(subject().admin, definition);
			const established = items(status?.conditions).find(each => textOf(each.type) === 'Established');
			expect(established?.status).toBe('True');
		});
	});

	afterAll(async () => {
		await subject().admin.ask(definition, {method: 'DELETE'});
	});

	test('discovery shows the new kind', async () => {
		const {admin} = subject();
		await eventually(async () => {
			const found = items((await read(admin, '/apis', aggregated)).items).find(each => textOf(each.metadata?.name) === group);
			const [version] = items(found?.versions);
			expect(items(version?.resources)[0]).toMatchObject({
				resource: 'widgets',
				responseKind: {group, version: 'v1', kind: 'Widget'},
				scope: 'Namespaced',
				singularResource: 'widget',
				shortNames: ['wd'],
				verbs: expect.arrayContaining(['get', 'list', 'watch', 'patch']),
			});
		});
		await eventually(async () => {
			expect(items((await read(admin, '/apis')).groups).map(each => each.name)).toContain(group);
			expect(items((await read(admin, `/apis/${group}/v1`)).resources).map(each => each.name)).toContain('widgets');
		});
	});

	test('its objects are made, listed, patched and watched', async () => {
		const {admin} = subject();
		// It is established before every handler knows it.
		await eventually(async () => expect((await admin.ask(widgets())).status).toBe(200));
		const list = await read(admin, widgets());
		expect(list).toMatchObject({kind: 'WidgetList', apiVersion: `${group}/v1`, items: []});
		const watch = await watchJson(admin, `${widgets()}?${watchList}`);
		await watch.until(isBookmark);
		const made = await create(admin, widgets(), widget('one', 1));
		expect(made.metadata?.generation).toBe(1);
		const patched = await admin.ask(`${widgets()}/one`, {
			method: 'PATCH',
			type: 'application/merge-patch+json',
			json: {spec: {size: 2}},
		});
		expect(patched.json()).toMatchObject({spec: {size: 2}, metadata: {generation: 2}});
		const status = await admin.ask(`${widgets()}/one/status`, {
			method: 'PATCH',
			type: 'application/merge-patch+json',
			json: {status: {well: true}},
		});
		// A status moves the version on and leaves the generation.
		expect(status.json()).toMatchObject({status: {well: true}, metadata: {generation: 2}});
		const events = [await watch.next(), await watch.next(), await watch.next()];
		expect(events.map(({type, object}) => [type, object?.spec?.size])).toEqual([
			['ADDED', 1],
			['MODIFIED', 2],
			['MODIFIED', 2],
		]);
		watch.close();
	});

	test('objects of a list name their own kind, unlike those of built-in kinds', async () => {
		const [one] = items((await read(subject().admin, widgets())).items);
		expect(one).toMatchObject({kind: 'Widget', apiVersion: `${group}/v1`});
	});

	test('its table has the columns of the definition', async () => {
		const list = await read(subject().admin, widgets(), table);
		expect(items(list.columnDefinitions).map(each => each.name)).toEqual(['Name', 'Size', 'Age']);
		expect(items(items(list.rows)[0]?.cells).slice(0, 2)).toEqual(['one', 2]);
	});

	test('protobuf is 406 alone, and JSON where that is allowed too', async () => {
		const {admin} = subject();
		const refused = await admin.ask(widgets(), {accept: 'application/vnd.kubernetes.protobuf'});
		expect(refused.status).toBe(406);
		expect(refused.text()).toMatch(/NotAcceptable/);
		const reply = await admin.ask(widgets(), {accept: 'application/vnd.kubernetes.protobuf,application/json'});
		expect(reply.headers['content-type']).toBe('application/json');
		expect(reply.json().kind).toBe('WidgetList');
	});

	test('a strategic patch of it is 415', async () => {
		const reply = await subject().admin.ask(`${widgets()}/one`, {
			method: 'PATCH',
			type: 'application/strategic-merge-patch+json',
			json: {spec: {size: 3}},
		});
		expect(reply.status).toBe(415);
		expect(reply.json().reason).toBe('UnsupportedMediaType');
	});

	test('when the definition goes, its objects are deleted, its watches end and its path is 404', async () => {
		const {admin} = subject();
		const watch = await watchJson(admin, `${widgets()}?${watchList}`);
		await watch.until(isBookmark);
		const removed = await admin.ask(definition, {method: 'DELETE'});
		expect(removed.status).toBe(200);
		const events = await watch.rest();
		expect(events.map(({type, object}) => `${textOf(type)} ${textOf(object?.metadata?.name)}`)).toContain('DELETED one');
		await eventually(async () => expect((await admin.ask(widgets())).status).toBe(404));
		await eventually(async () => expect(await groupsNow()).not.toContain(group));
	});
}

function widgetDefinition(group: string) {
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: `widgets.${group}`},
		spec: {
			group,
			scope: 'Namespaced',
			names: {kind: 'Widget', listKind: 'WidgetList', plural: 'widgets', singular: 'widget', shortNames: ['wd']},
			versions: [
				{
					name: 'v1',
					served: true,
					storage: true,
					schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
					subresources: {status: {}},
					additionalPrinterColumns: [
						{name: 'Size', type: 'integer', jsonPath: '.spec.size'},
						{name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp'},
					],
				},
			],
		},
	};
}

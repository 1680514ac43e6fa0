import {beforeAll, expect, test} from 'vitest';
import {items, type Raw} from '../../source/cluster/raw.ts';
import {create, eventually, mergePatch, pod, read, type Subject, textOf} from './subject.ts';
import {watchJson} from './watch.ts';
import {isBookmark, watchList} from './watches.ts';

const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
/** What kubectl sends. */
const tableOrPlain = `${table},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json`;
const partial = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
const partialList = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

export function tables(subject: () => Subject): void {
	const pods = () => `${subject().home}/pods`;
	const ours = 'labelSelector=form%3Dtable';

	beforeAll(async () => {
		const {admin, node} = subject();
		for (const name of ['shown-0', 'shown-1']) await create(admin, pods(), pod(name, node, {form: 'table'}));
	});

	test.each([table, tableOrPlain])('pods as a table, asked by %s', async accept => {
		const {admin, node} = subject();
		const reply = await admin.ask(`${pods()}?${ours}`, {accept});
		expect(reply.headers['content-type']).toBe('application/json');
		const list = reply.json();
		expect(list).toMatchObject({kind: 'Table', apiVersion: 'meta.k8s.io/v1'});
		expect(list.metadata?.resourceVersion).toMatch(/^\d+$/);
		const columns = items(list.columnDefinitions);
		expect(columns.filter(each => Number(each.priority) === 0).map(each => each.name)).toEqual([
			'Name',
			'Ready',
			'Status',
			'Restarts',
			'Age',
		]);
		expect(columns.filter(each => Number(each.priority) === 1).map(each => each.name)).toEqual([
			'IP',
			'Node',
			'Nominated Node',
			'Readiness Gates',
		]);
		expect(columns[0]).toMatchObject({name: 'Name', type: 'string', format: 'name'});
		const rows = items(list.rows);
		expect(rows.map(row => items(row.cells)[0])).toEqual(['shown-0', 'shown-1']);
		expect(items(rows[0]?.cells)[6]).toBe(node);
		expect(items(rows[0]?.cells)).toHaveLength(columns.length);
	});

	test('a row carries its metadata unless something else is wished', async () => {
		const [row] = items((await read(subject().admin, `${pods()}?${ours}`, table)).rows);
		expect(row?.object).toMatchObject({
			kind: 'PartialObjectMetadata',
			apiVersion: 'meta.k8s.io/v1',
			metadata: {name: 'shown-0', namespace: subject().namespace, labels: {form: 'table'}},
		});
		expect(row?.object).not.toHaveProperty('spec');
	});

	test('a row may carry nothing, metadata or the whole object', async () => {
		const rowWith = async (includeObject: string) => {
			const list = await read(subject().admin, `${pods()}?${ours}&includeObject=${includeObject}`, table);
			return items(list.rows)[0];
		};
		// With nothing there is not even a namespace or a uid.
		expect((await rowWith('None'))?.object).toBeNull();
		expect((await rowWith('Metadata'))?.object).toMatchObject({kind: 'PartialObjectMetadata', metadata: {name: 'shown-0'}});
		expect((await rowWith('Object'))?.object).toMatchObject({kind: 'Pod', apiVersion: 'v1', spec: {nodeName: subject().node}});
	});

	test('a table comes in chunks too', async () => {
		const page = await read(subject().admin, `${pods()}?${ours}&limit=1`, table);
		expect(items(page.rows)).toHaveLength(1);
		const next = await read(
			subject().admin,
			`${pods()}?${ours}&limit=1&continue=${encodeURIComponent(textOf(page.metadata?.continue))}`,
			table,
		);
		expect(items(items(next.rows)[0]?.cells)[0]).toBe('shown-1');
	});

	test('nodes as a table', async () => {
		const {admin, node} = subject();
		const list = await read(admin, '/api/v1/nodes', table);
		const names = items(list.columnDefinitions).map(each => textOf(each.name));
		expect(names.slice(0, 5)).toEqual(['Name', 'Status', 'Roles', 'Age', 'Version']);
		const row = items(list.rows).find(each => textOf(items(each.cells)[0]) === node);
		expect(items(row?.cells)[1]).toMatch(/^(Not)?Ready/);
	});

	test('one object as a table', async () => {
		const list = await read(subject().admin, `${pods()}/shown-1`, table);
		expect(list.kind).toBe('Table');
		expect(items(list.rows)).toHaveLength(1);
	});

	test('a WatchList of tables names the columns only once, and its bookmark has a row to drop', async () => {
		const {admin} = subject();
		const watch = await watchJson(admin, `${pods()}?${watchList}&${ours}&includeObject=None`, {accept: table});
		const initial = await watch.until(isBookmark);
		expect(initial.map(event => event.object?.kind)).toEqual(['Table', 'Table', 'Table']);
		expect(items(initial[0]?.object?.columnDefinitions).length).toBeGreaterThan(4);
		expect(initial[1]?.object?.columnDefinitions).toBeNull();
		expect(items(initial[0]?.object?.rows)).toHaveLength(1);
		// The bookmark keeps its object, whatever was wished, and an empty pod's row.
		const [junk] = items(initial[2]?.object?.rows);
		expect(items(junk?.cells)[0]).toBe('');
		expect(junk?.object?.metadata?.annotations).toEqual({'k8s.io/initial-events-end': 'true'});
		await mergePatch(admin, `${pods()}/shown-0`, {metadata: {annotations: {changed: 'yes'}}});
		const event = await watch.next();
		expect(event.type).toBe('MODIFIED');
		expect(items(items(event.object?.rows)[0]?.cells)[0]).toBe('shown-0');
		watch.close();
	});

	test('metadata alone, listed', async () => {
		const list = await read(subject().admin, `${pods()}?${ours}`, partialList);
		expect(list).toMatchObject({kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1'});
		const [first] = items(list.items);
		expect(first).toMatchObject({
			kind: 'PartialObjectMetadata',
			apiVersion: 'meta.k8s.io/v1',
			metadata: {name: 'shown-0', labels: {form: 'table'}},
		});
		expect(Object.keys(first ?? {}).toSorted()).toEqual(['apiVersion', 'kind', 'metadata']);
	});

	test('metadata alone, of one object', async () => {
		const one = await read(subject().admin, `${pods()}/shown-0`, partial);
		expect(one).toMatchObject({kind: 'PartialObjectMetadata', metadata: {name: 'shown-0'}});
		expect(one).not.toHaveProperty('spec');
	});

	test('metadata of a list must be asked for as a list', async () => {
		const reply = await subject().admin.ask(pods(), {accept: partial});
		expect(reply.status).toBe(406);
		expect(reply.json()).toMatchObject({kind: 'Status', reason: 'NotAcceptable'});
	});

	test('metadata alone, watched', async () => {
		const {admin} = subject();
		const watch = await watchJson(admin, `${pods()}?${watchList}&${ours}`, {accept: partial});
		const initial = await watch.until(isBookmark);
		expect(initial.map(event => event.object?.kind)).toEqual([
			'PartialObjectMetadata',
			'PartialObjectMetadata',
			'PartialObjectMetadata',
		]);
		expect(initial.at(-1)?.object?.metadata?.annotations).toEqual({'k8s.io/initial-events-end': 'true'});
		expect(initial[0]?.object).not.toHaveProperty('status');
		watch.close();
	});

	test('what cannot be shown is 406 and says what can', async () => {
		const reply = await subject().admin.ask(pods(), {accept: 'text/html'});
		expect(reply.status).toBe(406);
		const status: Raw = reply.json();
		expect(status.reason).toBe('NotAcceptable');
		expect(status.message).toMatch(/application\/json/);
	});

	test('a changed state shows in its row', async () => {
		const {admin} = subject();
		// A kubelet may write its own status over it at first.
		await eventually(async () => {
			await mergePatch(admin, `${pods()}/shown-1/status`, {status: {phase: 'Failed', reason: 'Evicted'}});
			const list = await read(admin, `${pods()}?${ours}`, table);
			expect(items(items(list.rows)[1]?.cells)[2]).toBe('Evicted');
		});
	});
}

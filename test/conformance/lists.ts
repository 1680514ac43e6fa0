import {beforeAll, expect, test} from 'vitest';
import {items} from '../../source/cluster/raw.ts';
import {configMap, create, mergePatch, namesOf, pod, read, type Subject, textOf} from './subject.ts';

export function lists(subject: () => Subject): void {
	const seven = 'labelSelector=set%3Dseven';
	const collection = () => `${subject().home}/configmaps`;

	beforeAll(async () => {
		const {admin, home, node} = subject();
		for (let index = 0; index < 7; index += 1) {
			await create(admin, collection(), configMap(`seven-${index}`, {set: 'seven', parity: index % 2 === 0 ? 'even' : 'odd'}));
		}
		await create(admin, `${home}/pods`, pod('listed', node, {set: 'listed'}));
	});

	test('a list has a kind, a version and its items in the order of their names, without kinds of their own', async () => {
		const list = await read(subject().admin, `${collection()}?${seven}`);
		expect(list).toMatchObject({kind: 'ConfigMapList', apiVersion: 'v1'});
		expect(list.metadata?.resourceVersion).toMatch(/^\d+$/);
		expect(namesOf(list)).toEqual([0, 1, 2, 3, 4, 5, 6].map(index => `seven-${index}`));
		expect(items(list.items)[0]).not.toHaveProperty('kind');
	});

	test('an empty list has items, and they are an empty array', async () => {
		const list = await read(subject().admin, `${collection()}?labelSelector=set%3Dnone`);
		expect(list.items).toEqual([]);
	});

	test('a list in chunks shows one version, and says how many remain', async () => {
		const {admin, home} = subject();
		// Config maps of the namespace that are not ours (kube-root-ca.crt) may be among them.
		const whole = namesOf(await read(admin, `${home}/configmaps`));
		const seen: string[] = [];
		const versions = new Set<unknown>();
		let token = '';
		do {
			const page = await read(admin, `${home}/configmaps?limit=3&continue=${encodeURIComponent(token)}`);
			seen.push(...namesOf(page));
			versions.add(page.metadata?.resourceVersion);
			token = textOf(page.metadata?.continue);
			if (token !== '') {
				expect(page.items).toHaveLength(3);
				expect(page.metadata?.remainingItemCount).toBe(whole.length - seen.length);
			} else {
				expect(page.metadata).not.toHaveProperty('remainingItemCount');
			}
		} while (token !== '');
		expect(seen).toEqual(whole);
		expect(versions.size).toBe(1);
	});

	test('a continued list does not see what was made meanwhile', async () => {
		const {admin} = subject();
		const first = await read(admin, `${collection()}?${seven}&limit=6`);
		await create(admin, collection(), configMap('seven-9', {set: 'seven'}));
		const second = await read(
			admin,
			`${collection()}?${seven}&limit=6&continue=${encodeURIComponent(textOf(first.metadata?.continue))}`,
		);
		await admin.ask(`${collection()}/seven-9`, {method: 'DELETE'});
		expect(namesOf(second)).toEqual(['seven-6']);
		expect(second.metadata?.resourceVersion).toBe(first.metadata?.resourceVersion);
	});

	test('with a selector nobody counts what remains', async () => {
		const page = await read(subject().admin, `${collection()}?${seven}&limit=3`);
		expect(page.metadata?.continue).toMatch(/./);
		expect(page.metadata).not.toHaveProperty('remainingItemCount');
	});

	test('a continue token that is none is 400', async () => {
		const reply = await subject().admin.ask(`${collection()}?limit=3&continue=nonsense`);
		expect(reply.json()).toMatchObject({kind: 'Status', status: 'Failure', reason: 'BadRequest', code: 400});
	});

	test('the limit is ignored at resource version 0', async () => {
		const page = await read(subject().admin, `${collection()}?${seven}&limit=3&resourceVersion=0`);
		expect(page.items).toHaveLength(7);
		expect(page.metadata).not.toHaveProperty('continue');
	});

	test('an exact version shows what was then; not older than it, what is now', async () => {
		const {admin} = subject();
		await create(admin, collection(), configMap('aged', {set: 'aged'}, {age: 'young'}));
		const before = textOf((await read(admin, `${collection()}?labelSelector=set%3Daged`)).metadata?.resourceVersion);
		await mergePatch(admin, `${collection()}/aged`, {data: {age: 'old'}});
		const at = (match: string) =>
			read(admin, `${collection()}?labelSelector=set%3Daged&resourceVersion=${before}&resourceVersionMatch=${match}`);
		const exact = await at('Exact');
		expect(items(exact.items)[0]?.data?.age).toBe('young');
		expect(exact.metadata?.resourceVersion).toBe(before);
		const fresh = await at('NotOlderThan');
		expect(Number(fresh.metadata?.resourceVersion)).toBeGreaterThanOrEqual(Number(before));
		const newest = await read(admin, `${collection()}?labelSelector=set%3Daged`);
		expect(items(newest.items)[0]?.data?.age).toBe('old');
	});

	test('a version of the future is 504 after a while, and worth another try', async () => {
		const reply = await subject().admin.ask(`${collection()}?resourceVersion=99999999&resourceVersionMatch=NotOlderThan`);
		expect(reply.status).toBe(504);
		expect(reply.json()).toMatchObject({
			reason: 'Timeout',
			message: expect.stringMatching(/^Timeout: Too large resource version: 99999999, current: \d+$/),
			details: {causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}], retryAfterSeconds: 1},
		});
	});

	test.each([
		['resourceVersionMatch=Exact', 422, 'resourceVersionMatch is forbidden unless resourceVersion is provided'],
		['resourceVersion=0&resourceVersionMatch=Exact', 422, 'resourceVersionMatch'],
		['resourceVersion=nonsense', 400, 'invalid resource version'],
		['limit=nonsense', 400, 'parsing "nonsense"'],
		['labelSelector=a%20in', 400, 'unable to parse requirement'],
	])('?%s is %i', async (query, status, words) => {
		const reply = await subject().admin.ask(`${collection()}?${query}`);
		expect(reply.status).toBe(status);
		expect(reply.json()).toMatchObject({kind: 'Status', message: expect.stringContaining(words)});
	});

	test.each([
		['parity=odd', ['seven-1', 'seven-3', 'seven-5']],
		['parity!=odd,set=seven', ['seven-0', 'seven-2', 'seven-4', 'seven-6']],
		['parity in (even,none),set', ['seven-0', 'seven-2', 'seven-4', 'seven-6']],
		['parity notin (even),set==seven', ['seven-1', 'seven-3', 'seven-5']],
		['set=seven,!parity', []],
	])('the label selector %s', async (selector, expected) => {
		const list = await read(subject().admin, `${collection()}?labelSelector=${encodeURIComponent(selector)}`);
		expect(namesOf(list)).toEqual(expected);
	});

	test('a field selector picks pods by node, phase and name, across namespaces', async () => {
		const {admin, namespace, node} = subject();
		const select = (selector: string) => read(admin, `/api/v1/pods?fieldSelector=${encodeURIComponent(selector)}`);
		const ours = `metadata.namespace=${namespace}`;
		expect(namesOf(await select(`spec.nodeName=${node},${ours}`))).toContain('listed');
		expect(namesOf(await select(`spec.nodeName!=${node},${ours}`))).not.toContain('listed');
		expect(namesOf(await select(`metadata.name=listed,${ours}`))).toEqual(['listed']);
		expect(namesOf(await select(`status.phase!=Pending,status.phase!=Running,${ours}`))).not.toContain('listed');
	});

	test('a field selector picks services by their type', async () => {
		const {admin, namespace} = subject();
		const services = `/api/v1/namespaces/${namespace}/services`;
		const port = {port: 80};
		await create(admin, services, {metadata: {name: 'inside'}, spec: {type: 'ClusterIP', ports: [port]}});
		await create(admin, services, {metadata: {name: 'outside'}, spec: {type: 'LoadBalancer', ports: [port]}});
		expect(namesOf(await read(admin, `${services}?fieldSelector=spec.type%3DLoadBalancer`))).toEqual(['outside']);
		expect(namesOf(await read(admin, `${services}?fieldSelector=spec.type!%3DLoadBalancer`))).toEqual(['inside']);
	});

	test('a field selector picks any object by its name or namespace, and no other field of most kinds', async () => {
		const {admin} = subject();
		expect(namesOf(await read(admin, `${collection()}?fieldSelector=metadata.name%3Dseven-4`))).toEqual(['seven-4']);
		const reply = await admin.ask(`${collection()}?fieldSelector=data.x%3Dy`);
		expect(reply.status).toBe(400);
		expect(reply.json().message).toBe('"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"');
	});

	test('a large list is compressed when asked for, a small one never', async () => {
		const {admin} = subject();
		const text = 'lorem ipsum '.repeat(5000);
		for (const name of ['large-0', 'large-1', 'large-2', 'large-3']) {
			await create(admin, collection(), configMap(name, {set: 'large'}, {text}));
		}
		const ask = (set: string, encoding: string) =>
			admin.ask(`${collection()}?labelSelector=set%3D${set}`, {headers: {'accept-encoding': encoding}});
		const compressed = await ask('large', 'gzip');
		expect(compressed.headers['content-encoding']).toBe('gzip');
		expect(compressed.body.length).toBeLessThan(text.length);
		expect(namesOf(compressed.json())).toHaveLength(4);
		expect((await ask('large', 'identity')).headers['content-encoding']).toBeUndefined();
		expect((await ask('seven', 'gzip')).headers['content-encoding']).toBeUndefined();
	});
}

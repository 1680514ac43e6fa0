import {beforeAll, expect, test} from 'vitest';
import {configMap, create, eventually, mergePatch, namesOf, read, type Subject, textOf} from './subject.ts';
import {watchJson} from './watch.ts';

/** These come last: the server forgets its history here, and may cut its connections for it. */
export function expiry(subject: () => Subject): void {
	const collection = () => `${subject().home}/configmaps`;
	const ours = 'labelSelector=set%3Dexpired';
	let old = '';
	let token = '';

	beforeAll(async () => {
		const {admin, target} = subject();
		for (const name of ['expired-0', 'expired-1', 'expired-2'])
			await create(admin, collection(), configMap(name, {set: 'expired'}));
		const page = await read(admin, `${collection()}?${ours}&limit=1`);
		old = textOf(page.metadata?.resourceVersion);
		token = encodeURIComponent(textOf(page.metadata?.continue));
		for (const step of ['1', '2', '3']) await mergePatch(admin, `${collection()}/expired-0`, {data: {step}});
		await target.compact();
		await eventually(async () => expect((await admin.ask('/readyz')).status).toBe(200));
	});

	test('a list at a forgotten version is 410', async () => {
		const reply = await subject().admin.ask(`${collection()}?${ours}&resourceVersion=${old}&resourceVersionMatch=Exact`);
		expect(reply.status).toBe(410);
		expect(reply.json()).toMatchObject({
			kind: 'Status',
			status: 'Failure',
			reason: 'Expired',
			message: 'The resourceVersion for the provided list is too old.',
			code: 410,
		});
	});

	test('a forgotten continue token is 410 and brings another, which goes on inconsistently', async () => {
		const {admin} = subject();
		const reply = await admin.ask(`${collection()}?${ours}&limit=1&continue=${token}`);
		expect(reply.status).toBe(410);
		const status = reply.json();
		expect(status).toMatchObject({
			reason: 'Expired',
			message: expect.stringContaining('The provided continue parameter is too old to display a consistent list result.'),
			code: 410,
		});
		const fresh = textOf(status.metadata?.continue);
		expect(fresh).toMatch(/./);
		const rest = await read(admin, `${collection()}?${ours}&continue=${encodeURIComponent(fresh)}`);
		expect(namesOf(rest)).toEqual(['expired-1', 'expired-2']);
		expect(Number(rest.metadata?.resourceVersion)).toBeGreaterThan(Number(old));
	});

	test('a watch from a forgotten version opens, tells of 410 in an event, and ends', async () => {
		const watch = await watchJson(subject().admin, `${collection()}?watch=1&resourceVersion=${old}`);
		expect(watch.status).toBe(200);
		const events = await watch.rest();
		expect(events).toHaveLength(1);
		expect(events[0]).toMatchObject({
			type: 'ERROR',
			object: {
				kind: 'Status',
				apiVersion: 'v1',
				status: 'Failure',
				reason: 'Expired',
				message: expect.stringMatching(/^too old resource version: \d+ \(\d+\)$/),
				code: 410,
			},
		});
	});

	test('an old version is good enough for a list not older than it', async () => {
		const list = await read(subject().admin, `${collection()}?${ours}&resourceVersion=${old}&resourceVersionMatch=NotOlderThan`);
		expect(list.items).toHaveLength(3);
	});
}

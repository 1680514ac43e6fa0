import {describe, expect, test} from 'vitest';
import {connect, negotiate} from './client.ts';
import type {Target} from './target.ts';

export function protocols(getTarget: () => Target): void {
	describe('protocols', () => {
		test('HTTP/2 is picked where both are offered, HTTP/1.1 where only that is', async () => {
			expect(await negotiate(getTarget(), ['h2', 'http/1.1'])).toBe('h2');
			expect(await negotiate(getTarget(), ['http/1.1', 'h2'])).toBe('h2');
			expect(await negotiate(getTarget(), ['http/1.1'])).toBe('http/1.1');
		});

		test('HTTP/1.1 is spoken with whoever offers nothing', async () => {
			expect(await negotiate(getTarget(), [])).toBe(false);
			const client = connect(getTarget(), 'http/1.1', getTarget().admin);
			expect((await client.ask('/version')).status).toBe(200);
			client.close();
		});

		test('fifty requests go over one HTTP/2 connection at the same time', async () => {
			const client = connect(getTarget(), 'h2', getTarget().admin);
			const replies = await Promise.all(Array.from({length: 50}, () => client.ask('/api/v1/nodes')));
			expect(new Set(replies.map(({status}) => status))).toEqual(new Set([200]));
			client.close();
		});

		test('every answer carries the time of the server', async () => {
			const client = connect(getTarget(), 'h2', getTarget().admin);
			const {headers} = await client.ask('/version');
			expect(Math.abs(Date.parse(headers.date ?? '') - Date.now())).toBeLessThan(60_000);
			client.close();
		});
	});
}

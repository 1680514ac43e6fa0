import {expect, test} from 'vitest';
import {type Found, sourcesView} from '../../source/commands/sources.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';

const now = Date.UTC(2026, 10, 21, 2, 14);
const found = (state: SourceState, more: Partial<Found> = {}): Found => ({
	system: 'Longhorn',
	what: own('volumes.longhorn.io'),
	version: 'v1beta2',
	objects: 23,
	state,
	limitedTo: undefined,
	failing: [],
	...more,
});

test.each([
	['live', found({is: 'live'}), 'ok', '23', 'live'],
	['polled', found({is: 'polled', asOf: now, every: 30_000}), 'ok', '23', 'polled every 30s'],
	[
		'stale',
		found({is: 'stale', since: now - 60_000, why: own('the manager is not running')}),
		'unknown',
		'23',
		'stale 1m: the manager is not running',
	],
	[
		'denied',
		found({is: 'denied', verb: own('list'), resource: own('volumes')}),
		'unknown',
		'–',
		'not permitted: may not list volumes',
	],
	['absent', found({is: 'absent'}), 'idle', '–', 'not installed: the API server does not serve it'],
	['loading', found({is: 'loading'}), 'unknown', '–', 'loading'],
	[
		'limited',
		found({is: 'live'}, {limitedTo: {namespace: own('apps'), missing: own('list pods')}}),
		'ok',
		'23',
		'live, only namespace apps: list pods',
	],
	[
		'a scrape of which a part fails',
		found({is: 'polled', asOf: now, every: 30_000}, {failing: [own('gpu-1')]}),
		'ok',
		'23',
		'polled every 30s, no answer: gpu-1',
	],
])('a source that is %s', (_, one, health, objects, state) => {
	const {rows, summary} = sourcesView([one], now);
	expect(rows[0]?.health).toBe(health);
	expect(rows[0]?.cells.map(({text}) => text)).toEqual(['Longhorn', 'volumes.longhorn.io', 'v1beta2', objects, state]);
	expect(summary).toBe(health === 'ok' ? '1 of 1 answer' : '0 of 1 answer');
});

test('a system is named once', () => {
	const {rows} = sourcesView([found({is: 'live'}), found({is: 'live'})], now);
	expect(rows.map(({cells}) => cells[0]?.text)).toEqual(['Longhorn', '']);
});

import {expect, test} from 'vitest';
import {nextTurn, withClock} from '../../../source/interface/shell/clock.ts';
import {freshness} from '../../../source/interface/shell/header.ts';
import {own} from '../../../source/vocabulary.ts';
import {cutOff, handSource, incident, loading, night} from '../../_helpers/sample-picture.ts';

test('nothing turns while everything is live or loading', () => {
	expect(nextTurn(loading, night)).toBe(Number.POSITIVE_INFINITY);
	const {nodes, storage, bgp, backups} = incident.panes;
	expect(nextTurn({...incident, panes: {...incident.panes, nodes, storage, bgp, backups, gpu: nodes}}, night)).toBe(
		Number.POSITIVE_INFINITY,
	);
});

test.each([0, 5_000, 14_999, 15_000, 15_001, 19_999, 59_000, 61_000, 5_000_000])(
	'the header says the same until it turns (%i ms old)',
	old => {
		const {nodes} = incident.panes;
		const panes = {...incident.panes, nodes, storage: nodes, bgp: nodes, backups: nodes, gpu: nodes};
		for (const line of [{is: 'up'}, {is: 'down', why: own('reset')}] as const) {
			const picture = {...incident, panes, line, oldest: night - old};
			const turns = nextTurn(picture, night);
			expect(turns).toBeGreaterThan(night);
			expect(freshness(picture, turns - 1)).toEqual(freshness(picture, night));
			expect(freshness(picture, turns)).not.toEqual(freshness(picture, night));
		}
	},
);

test('tells its listeners when an age turns, with one timer and only while somebody listens', async () => {
	const hand = handSource({...cutOff, oldest: night - 124_000});
	const started = Date.now();
	// Half a second before the third minute is full.
	const source = withClock({...hand, now: () => night + 55_500 + (Date.now() - started)});
	let told = 0;
	const turned = new Promise<void>(resolve => {
		const stop = source.subscribe(() => {
			told += 1;
			stop();
			resolve();
		});
	});
	await turned;
	expect(told).toBe(1);
	expect(Date.now() - started).toBeGreaterThan(300);
	hand.show(incident);
	expect(told).toBe(1);
});

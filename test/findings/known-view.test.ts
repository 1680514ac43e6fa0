import {describe, expect, test} from 'vitest';
import {knownDetail, knownViews} from '../../source/findings/known-view.ts';
import {own, viewIds} from '../../source/vocabulary.ts';
import {knownOf} from '../_helpers/known.ts';

const known = knownOf(3);
const dark = {known, why: own('known last; the API server does not answer'), now: known.seenAt + 300_000};
const views = knownViews(dark);

describe('what was known last', () => {
	test('is dated and stale in every view, and nothing in it is called well', () => {
		for (const id of viewIds) {
			expect(views[id].state).toEqual({is: 'stale', since: known.seenAt, why: dark.why});
			expect(views[id].rows.every(({health}) => health === 'unknown')).toBe(true);
			expect(views[id].empty).toBe('nothing of this is kept');
		}
	});

	test('says of each node how it was, and who held the VIP', () => {
		const texts = views.nodes.rows.map(({cells}) => cells.map(({text}) => text));
		expect(texts[0]).toEqual(['node-0', 'was not ready', '10.0.0.0']);
		expect(texts[1]).toEqual(['node-1', 'was ready', '10.0.0.1']);
		expect(views.nodes.summary).toContain('of 3 were ready, etcd was 2/3');
	});

	test('tells incidents as last seen, critical before warnings', () => {
		const [first] = views.incidents.rows;
		expect(first?.key).toBe('node-not-ready:node-0');
		expect(first?.cells[0]?.text).toMatch(/^node-0: kubelet silent, since .*, as last seen /);
	});

	test('has a detail for each of its rows, and for no other', () => {
		expect(knownDetail(views.nodes, 'node-1', dark)?.title).toBe('node-1');
		expect(knownDetail(views.nodes, 'node-9', dark)).toBeUndefined();
	});

	test('makes nothing up where nothing is kept', () => {
		const {context, server, seenAt, verdict} = known;
		const bare = knownViews({...dark, known: {context, server, seenAt, verdict}});
		for (const id of viewIds) expect(bare[id].rows).toEqual([]);
	});
});

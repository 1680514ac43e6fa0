import {describe, expect, test} from 'vitest';
import {type FindingId, findingIds} from '../../source/diagnosis.ts';
import {catalogue, clearsAfter} from '../../source/findings/catalogue.ts';
import {diagnose} from '../../source/findings/diagnose.ts';
import {noBaseline, tellFacts} from '../../source/findings/facts.ts';
import {countPods} from '../../source/findings/pods.ts';
import {defaults} from '../../source/settings.ts';
import {own, type SourceState} from '../../source/vocabulary.ts';
import {everySource} from './every-source.ts';
import {minute, second} from './symptoms.ts';

function diagnosed(state: SourceState) {
	const cluster = everySource(state);
	return diagnose(tellFacts(cluster, countPods(cluster), {settings: defaults, baseline: noBaseline}, undefined), defaults);
}

/** What no slice is ever blind for, and why. */
const nobodys: Readonly<Partial<Record<FindingId, string>>> = {
	'apiserver-unreachable': 'told by whoever looks, before there are any facts',
	'certificate-expiring': 'told by the handshake and the kubeconfig, which every connection has',
};

describe('every finding', () => {
	test('is of a slice, which says so when it cannot see', () => {
		const blind = diagnosed({is: 'denied', verb: own('list'), resource: own('all')}).flatMap(each => each.blind);
		const ids = new Set(blind.flatMap(each => each.ids));
		expect(findingIds.filter(id => !ids.has(id))).toEqual(Object.keys(nobodys));
		expect(blind.filter(({why}) => why === '')).toEqual([]);
	});

	test.each<SourceState>([{is: 'loading'}, {is: 'denied', verb: own('list'), resource: own('all')}, {is: 'absent'}])(
		'is said of nothing where all is $is',
		state => {
			expect(diagnosed(state).flatMap(({symptoms}) => symptoms)).toEqual([]);
		},
	);

	test('has words for one and for several, and stands in one of the places there are', () => {
		for (const id of findingIds) {
			const {one, many, place} = catalogue[id];
			expect(
				[one, many].every(words => /^[A-Za-z][A-Za-z -]+$/.test(words)),
				id,
			).toBe(true);
			expect(['nodes', 'storage', 'bgp', 'backups', 'gpu', 'platform'], id).toContain(place);
		}
	});
});

describe('how long a finding stands after its condition is gone', () => {
	test.each<readonly [FindingId, Parameters<typeof clearsAfter>[1], number]>([
		['webhook-down', {warning: 0}, minute],
		['session-down', {warning: 5 * minute}, 45 * second],
		['disk-full', {warning: 10 * minute}, 2 * minute],
		['disk-full', {critical: 40 * second}, 40 * second],
		['volume-faulted', {}, 30 * second],
	])('%s after %j', (id, after, expected) => {
		expect(clearsAfter(id, after, 'incident')).toBe(expected);
		expect(clearsAfter(id, after, 'risk')).toBe(0);
	});
});

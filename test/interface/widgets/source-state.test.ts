import {expect, test} from 'vitest';
import {stateTurns, stateWords} from '../../../source/interface/widgets/source-state.ts';
import {own, type SourceState} from '../../../source/vocabulary.ts';

const now = 1_000_000_000;
const minute = 60_000;

const cases: ReadonlyArray<readonly [SourceState, string | undefined, string | undefined]> = [
	[{is: 'live'}, undefined, undefined],
	[{is: 'loading'}, 'loading', 'loading'],
	[{is: 'loading', waitingFor: own('waiting for kubelogin, 3s')}, 'loading', 'waiting for kubelogin, 3s'],
	[{is: 'polled', asOf: now - 20_000, every: 30_000}, 'polled every 30s', undefined],
	[{is: 'polled', asOf: now - 3 * minute, every: 30_000}, 'polled 3m ago', 'no answer for 3m'],
	[
		{is: 'stale', since: now - 35 * minute, why: own('the connection was reset')},
		'stale 35m',
		'stale 35m: the connection was reset',
	],
	[{is: 'stale', since: 0, why: own('velero not running')}, 'stale', 'stale: velero not running'],
	[
		{is: 'denied', verb: own('list'), resource: own('volumes.longhorn.io')},
		'not permitted',
		'not permitted: may not list volumes.longhorn.io',
	],
	[
		{is: 'denied', verb: own('watch'), resource: own('pods'), namespace: own('media')},
		'not permitted',
		'not permitted: may not watch pods in media',
	],
	[{is: 'absent'}, 'not installed', 'not installed: the API server does not serve it'],
];

test.each(cases)('says %j as %j and %j', (state, badge, sentence) => {
	const words = stateWords(state, now);
	expect(words.badge).toBe(badge);
	expect(words.sentence).toBe(sentence);
});

test.each(cases)('the words of %j stay the same until they turn, and then are others', state => {
	const turns = stateTurns(state, now);
	if (turns === Number.POSITIVE_INFINITY) {
		expect(stateWords(state, now + 1000 * minute)).toEqual(state.is === 'polled' ? expect.anything() : stateWords(state, now));
		return;
	}
	expect(turns).toBeGreaterThan(now);
	expect(stateWords(state, turns - 1)).toEqual(stateWords(state, now));
	expect(stateWords(state, turns)).not.toEqual(stateWords(state, now));
});

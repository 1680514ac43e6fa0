import fc from 'fast-check';
import {expect, test} from 'vitest';
import {safeText} from '../../../source/cluster/safe-text.ts';
import {clustersNagios, nagiosLine, unreachableLine} from '../../../source/findings/check/nagios.ts';
import {expectSafe} from '../../_helpers/hostile.ts';
import {verdicts} from './verdicts.ts';

type Datum = {readonly label: string; readonly value: string};

const number = String.raw`-?\d+(?:\.\d+)?`;
const range = `@?(?:(?:${number}|~)?:)?(?:${number})?`;
const datum = new RegExp(
	`^([A-Za-z0-9_]+)=(?:U|(${number})(?:s|ms|us|%|[KMGT]?B|c)?(?:;(${range}))?(?:;(${range}))?(?:;(?:${number})?)?(?:;(?:${number})?)?)$`,
);

/** Reads a plugin's line by the grammar of the Monitoring Plugins development guidelines. */
function parsed(line: string): {readonly state: string; readonly words: string; readonly data: readonly Datum[]} {
	expect(line).not.toMatch(/[\r\n]/);
	const [text = '', perf = '', ...more] = line.split('|');
	expect(more).toEqual([]);
	const [, state = '', words = ''] = /^MIDWATCH (OK|WARNING|CRITICAL|UNKNOWN) - (.+) $/.exec(text) ?? [];
	expect(state).not.toBe('');
	const data = perf
		.trim()
		.split(' ')
		.map(each => {
			const [, label] = datum.exec(each) ?? [];
			expect(label, each).toBeDefined();
			return {label: label ?? '', value: each.slice(each.indexOf('=') + 1)};
		});
	return {state, words, data};
}

const head = {context: 'homelab', took: 310, limit: 2000, tiers: ['tier-0', "it's |mine"]};
const always = ['nodes_ready', 'etcd_spare', 'volumes_degraded', 'volumes_faulted', 'bgp_down', 'addresses_pending'];
const last = ['alerts', 'warnings', 'criticals', 'unjudged', 'time'];

test('whatever there is to say keeps to the grammar, and to its labels', () => {
	fc.assert(
		fc.property(verdicts, verdict => {
			const line = nagiosLine(verdict, {...head, context: safeText('home|"lab"\n')});
			expectSafe(line);
			expect(line).not.toMatch(/['"]/);
			const labels = parsed(line).data.map(({label}) => label);
			expect(labels.slice(0, always.length)).toEqual(always);
			expect(labels.slice(-last.length)).toEqual(last);
			expect(labels).toContain('rpo_tier0');
		}),
	);
});

test('nothing is measured of what does not answer, under the same labels', () => {
	const {state, data} = parsed(
		unreachableLine('https://10.0.0.10:6443 no answer in 2.0s (last OK 5m ago)', {...head, took: 2000}),
	);
	expect(state).toBe('UNKNOWN');
	expect(data.filter(({value}) => value !== 'U')).toEqual([{label: 'time', value: '2.00s;;;0;2'}]);
	expect(data.map(({label}) => label)).toEqual([...always, 'rpo_itsmine', 'rpo_tier0', ...last]);
});

test('several clusters are counted by their state', () => {
	const {state, words, data} = parsed(
		clustersNagios(
			[
				{context: 'prod', state: 'ok'},
				{context: 'da|ta', state: 'critical'},
			],
			'critical',
			310,
			2000,
		),
	);
	expect([state, words]).toEqual(['CRITICAL', 'prod OK, da ta CRITICAL']);
	expect(data[0]).toEqual({label: 'clusters_ok', value: '1;;;0;2'});
});

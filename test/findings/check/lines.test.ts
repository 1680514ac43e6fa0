import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Symptom} from '../../../source/diagnosis.ts';
import {clusterLine} from '../../../source/findings/check/clusters.ts';
import {checkLines, keptLine} from '../../../source/findings/check/lines.ts';
import {noMeasures} from '../../../source/findings/check/measures.ts';
import type {CheckVerdict} from '../../../source/findings/check/verdict.ts';
import {fold} from '../../../source/findings/fold.ts';
import {own, type RawName} from '../../../source/vocabulary.ts';
import {expectSafe} from '../../_helpers/hostile.ts';
import {hour, now, standing, symptom} from '../symptoms.ts';
import {verdicts} from './verdicts.ts';

const head = {context: own('homelab'), version: own('v1.35.4+k3s1'), now, took: 300};

/** A verdict on these, on a cluster of which the nodes were counted. */
function on(symptoms: readonly Symptom[], more: Partial<CheckVerdict> = {}): CheckVerdict {
	const {incidents, risks} = fold(standing(symptoms));
	const measures = {...noMeasures, nodes: {ready: 8, all: 8}, sessions: {up: 7, all: 7}};
	return {state: 'warning', incidents, risks, marks: new Map(), unjudged: [], measures, stateless: false, ...more};
}

const said = (verdict: CheckVerdict) => checkLines(verdict, head).map(line => line.slice(0, 4).trim());
const disk = (about: string, more: Partial<Symptom> = {}) => symptom('disk-full', about, {since: now - hour, ...more});
const long = own('so full that it takes more words to say than there is room for in any one line of a screen');
const proven = {evidence: [own('3 of 100 Gi free')]};
const risk = symptom('node-cordoned', 'nuc-1', {title: own('cordoned')});

describe('whatever there is to say', () => {
	test('takes at most six lines of text', () => {
		fc.assert(
			fc.property(verdicts, verdict => {
				const lines = checkLines(verdict, head);
				expect(lines.length).toBeLessThanOrEqual(6);
				expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
				expect(lines.filter(line => line.trim() === '')).toEqual([]);
				expectSafe(lines);
				expect(checkLines(verdict, head)).toEqual(lines);
				expect(clusterLine(verdict, head.context, 7, now)).not.toMatch(/\n/);
				expectSafe(keptLine(verdict));
			}),
			{numRuns: 300},
		);
	});

	test('says of every finding that it is there', () => {
		fc.assert(
			fc.property(verdicts, verdict => {
				const lines = checkLines(verdict, head);
				const told = lines.filter(line => /^(crit|warn|unkn) /.test(line)).length;
				const more = Number(/\+(\d+) more: midwatch snapshot incidents$/.exec(lines.at(-1) ?? '')?.[1] ?? 0);
				expect(told + more).toBeGreaterThanOrEqual(verdict.incidents.length);
			}),
		);
	});
});

describe('what has no room', () => {
	test('goes in this order: risks, what is well, the lines that only add', () => {
		expect(said(on([disk('a', proven), risk]))).toEqual(['WARN', 'warn', '', 'ok', 'risk']);
		const two = [disk('a', proven), disk('b', proven), risk];
		expect(said(on(two))).toEqual(['WARN', 'warn', '', 'warn', '', 'ok']);
		const three = [disk('a', proven), disk('b', proven), disk('c', proven), risk];
		expect(said(on(three))).toEqual(['WARN', 'warn', '', 'warn', 'warn', 'ok']);
		const longer = [disk('a', {title: long, ...proven}), disk('b', {title: long, ...proven}), risk];
		expect(said(on(longer))).toEqual(['WARN', 'warn', '', 'warn', '', 'ok']);
		expect(said(on([...longer, disk('c')]))).toEqual(['WARN', 'warn', '', 'warn', '', 'warn']);
	});

	test('of findings is counted', () => {
		const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(about => disk(about));
		const lines = checkLines(on(many), head);
		expect(lines).toHaveLength(6);
		expect(lines.at(-1)).toBe('      +3 more: midwatch snapshot incidents');
		expect(checkLines(on(many.slice(0, 5)), head).at(-1)).toMatch(/^warn {2}disk-full e: /);
	});

	test('of a sentence is cut once', () => {
		const [, first, second] = checkLines(on([disk('a', {title: own(`${long} ${long}`)})]), head);
		expect(first).not.toMatch(/~/);
		expect(second).toMatch(/^ {6}.*[^~ ]~$/);
		expect(second).toHaveLength(80);
	});
});

describe('the first line', () => {
	const first = (verdict: CheckVerdict, context = 'homelab') => checkLines(verdict, {...head, context: own(context)})[0];

	test('ends with the time, from the same column', () => {
		const etcd = {healthy: 3, voters: 3, mayLose: 1, needed: 2};
		const verdict = on([], {state: 'ok', measures: {...noMeasures, nodes: {ready: 8, all: 8}, etcd}});
		expect(first(verdict)).toMatch(
			/^OK {4}homelab {2}8\/8 nodes {2}etcd 3\/3, may lose 1 {2}k3s v1\.35\.4 {3}\d\d:\d\d \S+ {2}0\.3 s$/,
		);
		expect(first(verdict, 'a-longer-homelab')).not.toMatch(/k3s/);
		expect(first(verdict, 'x'.repeat(200))).toMatch(/~ {2}\d\d:\d\d/);
		expect(first(on([], {measures: noMeasures}))).toMatch(/^WARN {2}homelab {2}k3s v1\.35\.4 /);
	});

	test('says where there is no quorum', () => {
		const etcd = {healthy: 1, voters: 3, mayLose: 0, needed: 2};
		expect(first(on([], {state: 'critical', measures: {...noMeasures, etcd}}))).toContain('etcd 1/3, no quorum');
	});
});

describe('a finding', () => {
	test('is told with what people miss, then its first proof, then the command', () => {
		const lines = checkLines(
			on([
				disk('a', {
					...proven,
					apps: [own('jellyfin'), own('immich')],
					subject: {resource: 'nodes', namespace: '' as RawName, name: 'a' as RawName},
				}),
			]),
			head,
		);
		expect(lines.slice(2, 4)).toEqual(['      down: immich, jellyfin', '      3 of 100 Gi free']);
	});

	test('does not say twice what proves it', () => {
		const lines = checkLines(on([disk('a', {more: own('3 of 100 Gi free'), ...proven})]), head);
		expect(lines.join('\n').match(/3 of 100/g)).toHaveLength(1);
	});

	test('names its runbook where there is one and its command is whole in a line, else the command that proves it', () => {
		const runbooks = {'disk-full': 'disk-full'};
		const subject = {resource: 'nodes', namespace: '' as RawName, name: 'a' as RawName};
		const last = (about: string, index = {}) =>
			checkLines(on([disk(about, {subject})]), head, index)
				.map(line => line.trim())
				.find(line => /^(?:midwatch|kubectl)/.test(line));
		expect(last('a', runbooks)).toBe('midwatch runbook run disk-full --finding disk-full:a');
		expect(last('a b; rm', runbooks)).toBe("midwatch runbook run disk-full --finding 'disk-full:a b; rm'");
		expect(last('a')).toBe('kubectl describe nodes a');
		expect(last('a'.repeat(80), runbooks)).toBe('kubectl describe nodes a');
		expect(last('a\u202eb', runbooks)).toBe('kubectl describe nodes a');
	});

	test('that is looked after is told to be', () => {
		const mark = {kind: 'acknowledged' as const, note: own(''), at: now - 5 * 60_000, fingerprint: ''};
		const [, line] = checkLines(on([disk('a')], {marks: new Map([['disk-full:a', mark]])}), head);
		expect(line).toMatch(/^warn {2}disk-full a \(acknowledged 5m ago\): wrong since/);
	});
});

describe('what is well', () => {
	test('is told of systems that have something in them', () => {
		const measures = {...noMeasures, nodes: {ready: 8, all: 8}, volumes: {well: 0, all: 0, degraded: 0, faulted: 0}};
		expect(checkLines(on([disk('a')], {measures}), head).join('\n')).not.toContain('0/0');
		expect(checkLines(on([], {measures, state: 'ok'}), head).join('\n')).not.toContain('0 volumes');
	});

	test('is told of the small ones where few others are', () => {
		const measures = {...noMeasures, sessions: {up: 6, all: 7}, claimsPending: 0, certificates: 2};
		const lost = symptom('node-not-ready', 'nuc-2', {since: now - hour});
		expect(checkLines(on([lost], {measures}), head)).toContain('ok    bgp 6/7, claims, certificates');
	});
});

test('what cannot be judged is told once, and not where the reason is told', () => {
	const unjudged = [
		{what: own('longhorn'), why: own('longhorn-manager not running'), required: true},
		{what: own('gpu'), why: own('denied: list nodes'), required: true},
		{what: own('metrics'), why: own('denied'), required: false},
	];
	const down = symptom('controller-down', 'longhorn-manager', {since: now - hour});
	const lines = checkLines(on([down], {unjudged}), head);
	expect(lines.filter(line => line.startsWith('unkn'))).toEqual(['unkn  gpu: denied: list nodes']);
});

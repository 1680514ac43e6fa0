import {describe, expect, test} from 'vitest';
import type {Probe} from '../../../source/cluster/probe.ts';
import {knockable, type Unreachable, unreachableLines, unreachableWords} from '../../../source/findings/check/unreachable.ts';
import type {LastKnown} from '../../../source/last-known.ts';
import {own} from '../../../source/vocabulary.ts';
import {minute, now} from '../symptoms.ts';

const node = (at: number) => ({
	name: own(`nuc-${at}`),
	ready: true,
	addresses: [`10.0.0.${at}`, 'fd00::1'],
	bootId: own(''),
	reboots: [],
});
const known: LastKnown = {
	context: own('homelab'),
	server: own('https://10.0.0.10:6443/'),
	seenAt: now - 5 * minute,
	verdict: {state: 'ok', line: own('OK, 3/3 nodes')},
	nodes: [1, 2, 3].map(node),
	vip: {address: '10.0.0.10', holder: own('nuc-2')},
};
const knocked = (host: string, port: number, is: Probe['is']): Probe => ({host: `10.0.0.${host}`, port, is});
const at = (more: Partial<Unreachable> & {readonly server?: URL}): Unreachable => ({
	server: new URL('https://10.0.0.10:6443'),
	why: own('no answer within 2 s'),
	isHeard: false,
	probes: [],
	known,
	now,
	...more,
});
const told = (unreachable: Unreachable) => unreachableWords(unreachable).map(([label, text]) => `${label}: ${text}`);

describe('who is knocked at', () => {
	test('the server of the kubeconfig and the known nodes, at their own ports, the holder of the VIP first', () => {
		const all = knockable(new URL('https://[fd00::10]'), known);
		expect(all[0]).toEqual({host: 'fd00::10', port: 443});
		expect(all.slice(1, 4)).toEqual([6443, 10_250, 50_000].map(port => ({host: '10.0.0.2', port})));
		expect(new Set(all.slice(1).map(({host}) => host))).toEqual(new Set(['10.0.0.1', '10.0.0.2', '10.0.0.3']));
	});

	test('the server alone where nothing is known, and never all of a thousand', () => {
		expect(knockable(new URL('https://10.0.0.10:6443'), undefined)).toEqual([{host: '10.0.0.10', port: 6443}]);
		const many = {...known, nodes: Array.from({length: 1000}, (_, each) => node(each))};
		expect(knockable(new URL('https://10.0.0.10:6443'), many)).toHaveLength(1 + 64 * 3);
	});
});

describe('the sentence that fits', () => {
	const others = [knocked('1', 6443, 'answers'), knocked('3', 6443, 'answers'), knocked('2', 6443, 'silent')];

	test('a VIP without owner', () => {
		expect(told(at({probes: others}))).toEqual([
			"unkn: 10.0.0.10 is kube-vip's address; from here nuc-1:6443 and nuc-3:6443 answer, nuc-2:6443 does not: the API lives, the VIP has no owner",
			expect.stringMatching(/^last: seen .* \(5m ago\): OK, 3\/3 nodes, VIP on nuc-2$/),
			'try: midwatch --server https://nuc-1:6443         same CA, same credentials',
			'next: kubectl -s https://nuc-1:6443 -n kube-system get leases',
		]);
	});

	test('and the runbook for it, but where it is my own network', () => {
		const next = (more: Partial<Unreachable>) =>
			unreachableWords(at(more), {'apiserver-unreachable': 'vip-without-owner'})
				.filter(([label]) => label === 'next')
				.map(([, text]) => text);
		expect(next({probes: others})).toEqual(['midwatch runbook show vip-without-owner      works offline']);
		expect(next({probes: [knocked('1', 6443, 'silent')]})).toHaveLength(1);
		expect(next({probes: [knocked('10', 6443, 'offline')]})).toEqual([]);
	});

	test('this server only', () => {
		const {vip: _, ...without} = known;
		expect(told(at({server: new URL('https://10.0.0.2:6443'), probes: others, known: without}))[0]).toBe(
			'unkn: this server only: from here nuc-1:6443 and nuc-3:6443 answer, nuc-2:6443 does not; the API lives, this way to it does not',
		);
	});

	test('all of them', () => {
		const probes = [knocked('1', 6443, 'refuses'), knocked('1', 10_250, 'answers'), knocked('3', 10_250, 'silent')];
		expect(told(at({probes}))[0]).toBe(
			'unkn: all of them: nuc-1 can be reached from here, but no API server answers, so it is not the network',
		);
	});

	test('all of them, or my own network', () => {
		const probes = [knocked('1', 6443, 'silent'), knocked('3', 10_250, 'unreachable')];
		expect(told(at({probes}))[0]).toMatch(
			/^unkn: none of 2 known nodes answers from here: all of them are gone, or it is my own/,
		);
	});

	test('my own network', () => {
		expect(told(at({probes: [knocked('10', 6443, 'offline'), knocked('1', 6443, 'offline')]}))[0]).toMatch(
			/it is my own network/,
		);
	});

	test('none where nobody knocked: what the line says', () => {
		expect(told(at({}))[0]).toBe('unkn: no answer within 2 s');
		expect(told(at({known: undefined}))).toEqual([
			'unkn: no answer within 2 s',
			'last: never seen before from here, so there is nothing to compare with',
		]);
	});
});

test('takes at most six lines of eighty columns, however long the names', () => {
	const name = own('n'.repeat(253));
	const many = {
		...known,
		nodes: [1, 2, 3, 4, 5].map(each => ({...node(each), name})),
		verdict: {state: 'critical' as const, line: name},
	};
	const probes = [1, 2, 3, 4, 5].map(each => knocked(`${each}`, 6443, 'answers'));
	const lines = unreachableLines(
		at({known: many, probes, server: new URL(`https://${'h'.repeat(63)}.example:6443`)}),
		name,
		2000,
	);
	expect(lines.length).toBeLessThanOrEqual(6);
	expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
});

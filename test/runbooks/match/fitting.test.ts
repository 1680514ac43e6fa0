import {expect, test} from 'vitest';
import {fitting} from '../../../source/runbooks/match/fitting.ts';
import {parseRunbooks} from '../../../source/runbooks/parse/parse.ts';
import type {Runbook} from '../../../source/runbooks/runbook.ts';

function runbook(file: string, ...lines: readonly string[]): Runbook {
	const [first] = parseRunbooks(lines.join('\n'), file, 'user').runbooks;
	if (first === undefined) throw new Error('no runbook');
	return first;
}

const declared = runbook(
	'node-failure.md',
	'---',
	'findings: [node-not-ready]',
	'alerts: KubeNodeNotReady',
	'---',
	'# Node failure',
	'1. look',
);
const upstream = runbook('kubenodenotready.md', '# KubeNodeNotReady', '', '## Diagnosis', '', '1. look');
const one = runbook('jellyfin.md', '---', 'findings: ["critical-workload-down:media/jellyfin"]', '---', '1. look');

test.each([
	['a finding by its id', declared, {finding: {name: 'node-not-ready:nuc-2'}}],
	['a finding without a subject', declared, {finding: {name: 'node-not-ready'}}],
	['a finding with its subject', one, {finding: {name: 'critical-workload-down:media/jellyfin'}}],
	['an alert by its name', declared, {alert: {name: 'KubeNodeNotReady', labels: {}}}],
	['an alert that is the title', upstream, {alert: {name: 'KubeNodeNotReady', labels: {}}}],
	[
		'the end of the address that an alert gives',
		upstream,
		{alert: {name: 'NodeGone', labels: {}, runbookUrl: 'https://runbooks.example/runbooks/kubernetes/kubenodenotready/'}},
	],
	[
		'the anchor of the address',
		declared,
		{alert: {name: 'NodeGone', labels: {}, runbookUrl: 'https://wiki.example/page#node-failure'}},
	],
	[
		'the file of the address',
		declared,
		{alert: {name: 'x', labels: {}, runbookUrl: 'https://git.example/blob/main/node-failure.md?raw=1'}},
	],
	['a label', declared, {alert: {name: 'x', labels: {runbook: 'node-failure'}}}],
])('%s is matched', (_, book, occasion) => {
	expect(fitting(book, occasion)).toBeGreaterThan(0);
});

test.each([
	['another finding', declared, {finding: {name: 'node-cordoned:nuc-2'}}],
	['a finding whose id only begins alike', declared, {finding: {name: 'node-not-ready-yet:nuc-2'}}],
	['another subject', one, {finding: {name: 'critical-workload-down:media/immich'}}],
	['another alert', upstream, {alert: {name: 'KubeNodeUnreachable', labels: {}}}],
	['an address that leads elsewhere', upstream, {alert: {name: 'x', labels: {}, runbookUrl: 'https://example.invalid/'}}],
	['an address that is none', upstream, {alert: {name: 'x', labels: {}, runbookUrl: ':::'}}],
])('%s is not', (_, book, occasion) => {
	expect(fitting(book, occasion)).toBe(0);
});

test('what names the subject is better than what names the finding', () => {
	const any = runbook('any.md', '---', 'findings: critical-workload-down', '---', '1. look');
	const occasion = {finding: {name: 'critical-workload-down:media/jellyfin'}};
	expect(fitting(one, occasion)).toBeGreaterThan(fitting(any, occasion));
});

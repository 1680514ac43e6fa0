import {describe, expect, test} from 'vitest';
import type {Moment} from '../../../source/diagnosis.ts';
import type {Happening, Json} from '../../../source/journal/entry.ts';
import type {ListedRun} from '../../../source/journal/view.ts';
import {markdown} from '../../../source/runbooks/parse/markdown.ts';
import {reportMarkdown} from '../../../source/runbooks/report/markdown.ts';
import {type Beside, type Report, reportOf} from '../../../source/runbooks/report/report.ts';
import {planOf} from '../../../source/runbooks/session/written-plan.ts';
import {own} from '../../../source/vocabulary.ts';
import {expectSafe, poison} from '../../_helpers/hostile.ts';
import {began} from '../../journal/home.ts';
import {nodeFailure, runbookOf} from '../session/walking.ts';

const runbook = runbookOf(nodeFailure);
const start = Date.parse('2026-11-26T02:14:00Z');
const beginning: Happening = {
	...began,
	what: 'runbook',
	title: 'runbook node-failure',
	plan: planOf(runbook, {NODE: 'nuc-2'}, 'node-not-ready:nuc-2'),
};

/** A run of these, one every ten seconds. */
function run(...happenings: readonly Happening[]): ListedRun {
	const entries = [beginning, ...happenings].map((happening, at) => ({...happening, seq: at + 1, at: start + at * 10_000}));
	return {run: '20261126-021400-runbook-node-failure-k3f9', state: 'done', entries, damage: []};
}
const intent = (step: string, script: string): Happening => ({
	is: 'intent',
	step,
	title: script,
	detail: {is: 'shell', script, class: 'reading'},
});
const outcome = (step: string, result: 'done' | 'failed' | 'skipped', text: string, detail: Json = {}): Happening => ({
	is: 'outcome',
	step,
	result,
	text,
	detail,
});
const ended: Happening = {is: 'ended', result: 'done', text: '1 done'};

function reported(of: ListedRun, beside: Partial<Beside> = {}): Report {
	const report = reportOf(of, {runbook, output: new Map(), moments: undefined, ...beside});
	if (report === undefined) throw new Error('it is no walk');
	return report;
}

const walked = run(
	intent('diagnosis-1', 'kubectl get nodes'),
	outcome('diagnosis-1', 'failed', 'exit code 1', {from: 1000, until: 3500, exit: 1, folder: '/run/1'}),
	{
		is: 'noted',
		step: 'diagnosis-1',
		text: 'edited',
		detail: {is: 'edited', script: 'kubectl get node nuc-2', class: 'reading', why: ''},
	},
	intent('diagnosis-1', 'kubectl get node nuc-2'),
	outcome('diagnosis-1', 'done', 'exit code 0', {from: 5000, until: 5100, exit: 0}),
	{is: 'noted', step: 'diagnosis-1', text: 'it was the cable'},
	{is: 'noted', step: 'mitigation-2', text: 'went to it', detail: {is: 'moved'}},
	outcome('mitigation-2', 'skipped', 'nobody is there', {byHand: true}),
	{
		is: 'noted',
		text: 'x',
		detail: {is: 'finding', finding: 'node-not-ready:nuc-2', since: start - 120_000, clearedAt: start + 480_000},
	},
	ended,
);

describe('as data', () => {
	test('each step with its tries, as they were run', () => {
		const {steps} = reported(walked, {output: new Map([['/run/1', ['one', 'two']]])});
		expect(steps.map(({number, result, byHand}) => [number, result, byHand])).toEqual([
			[1, 'done', false],
			[2, 'open', false],
			[3, 'open', false],
			[4, 'skipped', true],
			[5, 'open', false],
		]);
		expect(steps[0]).toMatchObject({
			phase: 'Diagnosis',
			notes: ['it was the cable'],
			attempts: [
				{command: 'kubectl get nodes', edited: false, result: 'failed', seconds: 2.5, exit: 1, output: ['one', 'two']},
				{command: 'kubectl get node nuc-2', edited: true, result: 'done', seconds: 0.1, exit: 0, output: []},
			],
		});
		expect(steps[3]).toMatchObject({text: 'nobody is there', attempts: [], notes: []});
	});

	test('how long it took to acknowledge and to recover', () => {
		expect(reported(walked).seconds).toEqual({walked: 100, toAcknowledge: 120, toRecover: 600});
		expect(reported(run(ended)).seconds).toEqual({walked: 10});
	});

	test('what was begun and has no end is unknown', () => {
		expect(reported(run(intent('diagnosis-1', 'kubectl get nodes'))).steps[0]).toMatchObject({
			result: 'unknown',
			attempts: [{result: 'unknown'}],
		});
	});

	test("the timeline is ours and the cluster's, in order, from a quarter of an hour before it began", () => {
		const moment = (at: number, text: string): Moment => ({
			at,
			how: 'recorded',
			about: own('nuc-2'),
			text: own(text),
			isChange: false,
		});
		const moments = [
			moment(start - 60 * 60_000, 'too early'),
			moment(start + 15_000, 'rebooted'),
			moment(start + 999_000, 'too late'),
		];
		const {timeline, clusterTold} = reported(walked, {moments});
		expect(timeline.filter(({by}) => by === 'cluster').map(({text}) => text)).toEqual(['nuc-2: rebooted']);
		expect(timeline.map(({at}) => at)).toEqual(timeline.map(({at}) => at).toSorted());
		expect(clusterTold).toBe(true);
	});

	test('where the runbook is gone, the steps that were touched are told', () => {
		expect(reported(walked, {runbook: undefined}).steps.map(({id, title}) => [id, title])).toEqual([
			['diagnosis-1', 'kubectl get node nuc-2'],
			['mitigation-2', 'mitigation-2'],
		]);
	});

	test('a run of something else has none', () => {
		const {entries, ...rest} = walked;
		const other = {...rest, entries: entries.map(entry => (entry.is === 'began' ? {...entry, what: 'drain' as const} : entry))};
		expect(reportOf(other, {runbook, output: new Map(), moments: []})).toBeUndefined();
	});
});

describe('as Markdown', () => {
	test('it says what, how long, what was done, and what was not', () => {
		const text = reportMarkdown(reported(walked));
		expect(text).toMatch(/^# Node failure: node-not-ready:nuc-2$/m);
		expect(text).toMatch(/^- time to acknowledge: 2m$/m);
		expect(text).toMatch(/^- time to recover: 10m$/m);
		expect(text).toMatch(/^try 1, 2026-11-26 02:14:10 UTC, reading, \*\*failed\*\*: exit code 1, 2\.5 s$/m);
		expect(text).toMatch(/^try 2, .*, edited, \*\*done\*\*/m);
		expect(text).toContain('```sh\nkubectl get node nuc-2\n```');
		expect(text).toMatch(/^### Not begun$/m);
		expect(text).toContain('The cluster was not asked or did not answer');
	});

	test('nothing that was said, run or printed is more than text in it', () => {
		const hostile = `${poison}\n\`\`\`\n# not a heading\n<script>alert(1)</script> [link](javascript:x) ![](http://x) | a | b |`;
		const report = reported(
			run(
				intent('diagnosis-1', `echo '${hostile}'`),
				outcome('diagnosis-1', 'failed', hostile, {folder: '/run/1'}),
				{is: 'noted', text: hostile},
				{is: 'noted', step: 'diagnosis-1', text: hostile},
				outcome('mitigation-1', 'skipped', hostile, {byHand: true}),
				{...ended, text: hostile},
			),
			{
				output: new Map([['/run/1', hostile.split('\n')]]),
				moments: [{at: start, how: 'recorded', about: own(''), text: own('*b* | c'), isChange: false}],
			},
		);
		const text = reportMarkdown(report);
		expectSafe(text.replaceAll('\n', ''));
		const tree = markdown(text, false);
		const found: string[] = [];
		const visit = (node: {readonly type: string; readonly depth?: number; readonly children?: readonly object[]}) => {
			found.push(node.type);
			for (const child of node.children ?? []) visit(child as Parameters<typeof visit>[0]);
		};
		visit(tree);
		expect(found.filter(type => ['html', 'link', 'image', 'definition', 'emphasis', 'delete'].includes(type))).toEqual([]);
		expect(JSON.stringify(tree.children.filter(({type}) => type === 'heading'))).not.toContain('not a heading');
	});
});

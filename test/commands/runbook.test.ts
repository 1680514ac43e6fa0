import {mkdir} from 'node:fs/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {poison} from '../_helpers/hostile.ts';
import {type Home, newHome} from './program.ts';

let home: Home;
beforeAll(async () => {
	home = await newHome();
	await mkdir(`${home.folder}/.config/midwatch/runbooks`, {recursive: true});
	await home.put('.config/midwatch/runbooks/web.md', web);
});
afterAll(() => home[Symbol.asyncDispose]());

/** What a heading can hold of it. */
const inLine = poison.replaceAll(/[\r\n]/g, '');

const web = `---
findings: [critical-workload-down]
---
# Web is down ${inLine}

## Diagnosis

1. Look:

   \`\`\`sh
   kubectl --context other -n <namespace> get pods
   \`\`\`

2. Think.

## Mitigation

\`\`\`midwatch
drain $NODE
\`\`\`

\`\`\`
nothing that is known
\`\`\`
`;

const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/;

test('runbooks are listed without a cluster, those first that fit', async () => {
	const {code, stdout, stderr} = await home.run('runbook', 'list', '--finding', 'node-not-ready:nuc-2');
	const lines = stdout.trimEnd().split('\n');
	expect(lines[0]).toMatch(/^Runbooks · \d+ runbooks, 1 fit$/);
	expect(lines[2]).toMatch(/^▲ node-failure +Node failure +\d+ +shipped +on a scenario$/);
	expect(stdout).toMatch(/^· web +Web is down x +3 +yours$/m);
	expect(stdout).not.toMatch(control);
	expect([code, stderr]).toEqual([0, '']);
});

test('as data', async () => {
	const {stdout} = await home.run('runbook', '-o', 'json', '--finding', 'critical-workload-down:apps/web');
	const {schema, runbooks} = JSON.parse(stdout);
	expect(schema).toBe('midwatch.runbooks/1');
	expect(runbooks[0]).toMatchObject({id: 'web', origin: 'user', trusted: true, fits: true, steps: 3});
	expect(stdout).not.toMatch(control);
});

test('a runbook is shown with its steps, what they are, and where they name another cluster', async () => {
	const {code, stdout} = await home.run('runbook', 'show', 'web');
	expect(stdout).toContain(
		[
			'## Diagnosis',
			'',
			'  1  Look  (reading)',
			'       kubectl --context other -n "$NAMESPACE" get pods',
			'       ! kubectl names the context other',
			'',
			'  2  Think.  (by hand)',
		].join('\n'),
	);
	expect(stdout).toMatch(/^ {7}midwatch drain \$NODE$/m);
	expect(stdout).toMatch(/^ {5}nothing that is known$/m);
	expect(stdout).toMatch(/^ {2}NAMESPACE {2}stands for <namespace>$/m);
	expect(stdout).not.toMatch(control);
	expect(code).toBe(0);
});

test('a runbook as data is whole', async () => {
	const {stdout} = await home.run('runbook', 'show', 'node-failure', '-o', 'json');
	expect(JSON.parse(stdout)).toMatchObject({
		schema: 'midwatch.runbook/1',
		id: 'node-failure',
		phases: expect.arrayContaining([expect.objectContaining({kind: 'diagnosis', level: 2})]),
	});
});

test('lint says of each line what becomes of it, and what is odd', async () => {
	const file = await home.put('odd.md', web);
	const {code, stdout} = await home.run('runbook', 'lint', file);
	expect(stdout).toMatch(/^odd · Web is down x · 3 steps$/m);
	expect(stdout).toMatch(/^ {7}8-12 {2}step 1 {2}reading {2}kubectl --context other -n "\$NAMESPACE" get pods$/m);
	expect(stdout).toMatch(/^ {9}14 {2}step 2 {2}by hand {2}Think\.$/m);
	expect(stdout).toMatch(/^ {6}18-20 {2}step 3 {2}midwatch {2}drain \$NODE$/m);
	expect(stdout).toMatch(/^ {6}22-24 {2}prose/m);
	expect(stdout).toMatch(/^▲ line 22: a block without a label stays prose/m);
	expect(code).toBe(1);
});

test('lint finds nothing odd in what is well', async () => {
	const file = await home.put('well.md', '# Well\n\n1. `kubectl get pods`\n');
	const {code, stdout} = await home.run('runbook', 'lint', file, '-o', 'json');
	expect(JSON.parse(stdout)).toMatchObject({
		schema: 'midwatch.lint/1',
		exit: 0,
		oddities: [],
		fates: [{from: 3, to: 3, step: 1}],
	});
	expect(code).toBe(0);
});

describe('bad input gets one sentence', () => {
	test.each<[string, (home: Home) => Promise<readonly string[]>, number, RegExp]>([
		[
			'a missing file',
			async () => ['lint', '/nowhere/x.md'],
			2,
			/^\/nowhere\/x\.md is not there; look for a mistake in its name\.$/,
		],
		['a folder', async () => ['lint', '/tmp'], 2, /^\/tmp is a folder; name a file in it\.$/],
		[
			'a binary file',
			async ({put}) => ['lint', await put('x.md', '# x\0y')],
			2,
			/x\.md is no text; a runbook is Markdown in UTF-8\.$/,
		],
		[
			'10 MB',
			async ({put}) => ['lint', await put('big.md', 'x\n'.repeat(5_000_000))],
			2,
			/big\.md has 10\.0 MB, and a runbook may have 1 MB; take it apart\.$/,
		],
		['an unknown id', async () => ['show', 'node-failre'], 2, /^There is no runbook "node-failre"; did you mean node-failure\?$/],
		['no id', async () => ['show'], 2, /^Say which RUNBOOK.*$/],
		['an unknown verb', async () => ['frob'], 2, /^WHAT is one of list, show, lint/],
	])('%s', async (_, words, code, sentence) => {
		const ended = await home.run('runbook', ...(await words(home)));
		expect(ended.stderr.trimEnd()).toMatch(sentence);
		expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
		expect([ended.code, ended.stdout]).toEqual([code, '']);
	});

	test('front matter that is no YAML', async () => {
		const file = await home.put('yaml.md', '---\nalerts: [a\n---\n# x\n\n1. look\n');
		const {code, stdout} = await home.run('runbook', 'lint', file);
		expect(stdout).toMatch(/^▲ line \d+: the front matter is no YAML \(.+\); nothing of it counts until it is mended$/m);
		expect(code).toBe(1);
	});
});

import {afterEach, beforeEach, expect, test} from 'vitest';
import {beginRun} from '../../source/journal/runs.ts';
import {began} from '../journal/home.ts';
import {type Home, newHome} from './program.ts';
import {type Served, serve} from './served.ts';

let home: Home;
let cluster: Served;
beforeEach(async () => {
	[home, cluster] = await Promise.all([newHome(), serve('node-lost')]);
});
afterEach(async () => {
	await cluster[Symbol.asyncDispose]();
	await home[Symbol.asyncDispose]();
});

const run = (...words: readonly string[]) => home.run(...words, '--kubeconfig', cluster.kubeconfig);

const markdown = `---
findings: [node-not-ready]
parameters:
  NODE:
    type: node
---
# Node gone

\`\`\`sh
echo "<$NODE>"
\`\`\`

\`\`\`sh
sleep 3
\`\`\`
`;

test('values come from the finding; since when it is there is written down, and the report says how soon somebody was at it', async () => {
	const file = await home.put('node.md', markdown);
	const {code, stdout} = await run('runbook', 'run', file, '--finding', 'node-not-ready:nuc-2', '--yes-reading');
	expect(stdout).toContain('  | <nuc-2>');
	expect(code).toBe(0);
	const {stdout: report} = await run('runbook', 'report', 'last');
	expect(report).toMatch(/^# Node gone: node-not-ready:nuc-2$/m);
	expect(report).toMatch(/^- time to acknowledge: 3[4-9]m$/m);
	expect(report).toMatch(/^- time to recover: not known$/m);
	// What the cluster recorded stands among what was done.
	expect(report).toMatch(/^\| \S+ \S+ UTC \| cluster \| nuc-2.*$/m);
});

test('a report is made also where the cluster does not answer any more', async () => {
	const file = await home.put('node.md', markdown);
	await run('runbook', 'run', file, '--finding', 'node-not-ready:nuc-2');
	await cluster.close();
	const {code, stdout} = await home.run('runbook', 'report', 'last');
	expect(stdout).toContain('The cluster was not asked or did not answer');
	expect(code).toBe(0);
});

test('the targets tell how long recoveries took on this cluster', async () => {
	const environment = {XDG_STATE_HOME: `${home.folder}/.local/state`};
	const {href: server} = new URL(cluster.server);
	for (const of of [server, 'https://10.9.9.9:6443/']) {
		const place = {context: cluster.contextName, server: of, authority: ''};
		const journal = await beginRun(environment, {place, what: 'runbook', subject: 'node'});
		const detail = {
			is: 'finding',
			finding: 'node-not-ready:nuc-2',
			since: 1_000_000,
			clearedAt: of === server ? 1_600_000 : 9_000_000,
		};
		await journal.write({...began, what: 'runbook', server: of});
		await journal.write({is: 'noted', text: 'cleared', detail});
		await journal.close();
	}
	const {stdout} = await run('risks');
	expect(stdout).toMatch(/time to recover from node-not-ready +10m on average, 1 time +/m);
});

import {describe, expect, test} from 'vitest';
import {parseRunbooks} from '../../../source/runbooks/parse/parse.ts';
import {doing, stepsIn, stepsOf} from './told.ts';

const block = (label: string, ...lines: readonly string[]) => stepsIn(`\`\`\`${label}`, ...lines, '```');

describe('a block', () => {
	test.each(['sh', 'bash', 'shell', 'zsh', 'console', 'shell-session', 'Bash', 'sh title="x"', '{.bash}', 'ShellSession'])(
		'labelled %s is a step',
		label => {
			expect(block(label, 'kubectl get pods')).toEqual(['kubectl get pods']);
		},
	);

	test.each(['yaml', 'json', 'text', 'output', 'sql', 'powershell', 'promql', 'diff'])('labelled %s is none', label => {
		expect(block(label, 'kubectl get pods')).toEqual([]);
	});

	test.each([
		'kubectl get pods',
		'# first\nhelm list',
		'NODE=nuc-2\nkubectl get node "$NODE"',
		'sudo systemctl status k3s',
		'for n in a b; do\n  kubectl get node $n\ndone',
		'find /var/log -name x',
		'cat /proc/loadavg',
		'time kubectl get pods | wc -l',
	])('without a label is a step where it begins as a command: %s', script => {
		expect(block('', ...script.split('\n'))).toEqual([script]);
	});

	test.each([
		'Everything is well.',
		'find the sticker',
		'time is short',
		'cat in the hat',
		'top of the rack',
		'NAME   READY',
		'{"kubectl": 1}',
		'kubectl: command not found',
		'curl: (7) Failed to connect',
		'0/8 nodes are available',
		'which node is it?',
		'# only a comment',
	])('without a label is none where it does not: %s', text => {
		expect(block('', text)).toEqual([]);
	});

	test('that is indented is as good as a fence', () => {
		expect(stepsIn('Look:', '', '    kubectl get pods', '', 'Done.')).toEqual(['kubectl get pods']);
	});

	test('of several commands is one step, exactly as it is written', () => {
		const script = ['kubectl get pods \\', '  -n apps', '', '# now the nodes', 'kubectl get nodes   # all'].join('\n');
		expect(block('sh', ...script.split('\n'))).toEqual([script]);
	});

	test('with Windows line ends is a script without them', () => {
		expect(stepsIn('```sh\r', 'kubectl get pods\r', 'kubectl get nodes\r', '```\r')).toEqual([
			'kubectl get pods\nkubectl get nodes',
		]);
	});
});

describe('prompts', () => {
	test.each([
		['$ kubectl get pods\nNAME\nweb-0', 'kubectl get pods', 'NAME\nweb-0'],
		['# systemctl restart k3s\n# systemctl status k3s\nactive', 'systemctl restart k3s\nsystemctl status k3s', 'active'],
		['root@nuc-2:~# df -h\n/dev/sda', 'df -h', '/dev/sda'],
		['[me@nuc-2 ~]$ uptime\n 02:14 up', 'uptime', ' 02:14 up'],
		['% kubectl get pods', 'kubectl get pods', ''],
		['$ kubectl get pods \\\n>   -n apps\nNAME', 'kubectl get pods \\\n  -n apps', 'NAME'],
		['$ cat <<EOF\n> a\n> EOF\na', 'cat <<EOF\na\nEOF', 'a'],
		['$ cat <<EOF\nb\nEOF\nb', 'cat <<EOF\nb\nEOF', 'b'],
		['$ for i in 1 2; do\n>   echo $i\n> done\n1\n2', 'for i in 1 2; do\n  echo $i\ndone', '1\n2'],
		['$ kubectl get pods\n# a comment of the author\nNAME', 'kubectl get pods', '# a comment of the author\nNAME'],
		['$ echo one\none\n\n$ echo two\ntwo', 'echo one\necho two', 'one\n\ntwo'],
		['output first\n$ kubectl get pods', 'kubectl get pods', 'output first'],
	])('%j', (text, script, output) => {
		const [step] = stepsOf(parseRunbooks(`\`\`\`console\n${text}\n\`\`\``, 'x.md', 'user'));
		expect(step?.doing).toMatchObject({
			script,
			output: output.trim() === output ? output : expect.stringContaining(output.trim()),
		});
	});

	test('a session that only shows output is none', () => {
		expect(block('console', 'router# show bgp summary', 'Neighbor  V  AS')).toEqual([]);
	});
});

test('a table below a command without a prompt is what it printed', () => {
	const parsed = parseRunbooks(
		['```', 'kubectl get pods', 'NAME    READY   STATUS', 'web-0   1/1     Running', 'kubectl get nodes', '```'].join('\n'),
		'x.md',
		'user',
	);
	expect(stepsOf(parsed).map(doing)).toEqual(['kubectl get pods\nkubectl get nodes']);
	expect(parsed.oddities).toMatchObject([{line: 3}]);
});

describe('an ordered item', () => {
	test('is a step by hand', () => {
		expect(stepsIn('1. Look at the lamp.', '2. Turn it off.')).toEqual(['by hand', 'by hand']);
	});

	test('is a command where kubectl stands in it', () => {
		expect(stepsIn('1. See the pods: `kubectl get pods`', '2. **Then** `$ kubectl get nodes`.')).toEqual([
			'kubectl get pods',
			'kubectl get nodes',
		]);
	});

	test('is no command where it names kubectl only', () => {
		expect(stepsIn('1. Is `kubectl` there?', '2. On the node: `systemctl restart k3s`.')).toEqual(['by hand', 'by hand']);
	});

	test.each(['Do not run', 'Never use', 'Look at it instead of', 'Don’t try'])('is no command after "%s"', words => {
		const parsed = parseRunbooks(`1. ${words} \`kubectl delete pod web-0\`.`, 'x.md', 'user');
		expect(stepsOf(parsed).map(doing)).toEqual(['by hand']);
		expect(parsed.oddities).toEqual([{line: 1, text: 'kubectl delete pod web-0 stays prose: one is told not to run it'}]);
	});

	test('has the command of the sentence that follows', () => {
		expect(stepsIn('1. Do not hurry. Run `kubectl get pods`.')).toEqual(['kubectl get pods']);
	});

	test('gives its text to the command below it', () => {
		const [step] = stepsOf(parseRunbooks('1. What is **there**?\n\n   ```sh\n   kubectl get pods\n   ```\n', 'x.md', 'user'));
		expect(step).toMatchObject({title: 'What is there?', range: {from: 1, to: 5}});
	});

	test.each(['## Common Causes', '## Meaning', '## Impact', '## References', '## Table of contents'])(
		'is prose below %s',
		heading => {
			expect(stepsIn(heading, '', '1. one', '2. two')).toEqual([]);
		},
	);

	test('that only leads elsewhere in the file is prose', () => {
		expect(stepsIn('1. [Diagnosis](#diagnosis)', '2. [Mitigation](#mitigation)', '', '## Diagnosis', '', '1. look')).toEqual([
			'by hand',
		]);
	});
});

test('a bullet is prose, whatever it says', () => {
	expect(stepsIn('- run `kubectl get pods`', '- look')).toEqual([]);
	expect(parseRunbooks('## Diagnosis\n\n- run `kubectl get pods`', 'x.md', 'user').oddities).toContainEqual({
		line: 3,
		text: 'kubectl get pods stays prose: the items of its list have no numbers; number them if they are steps',
	});
});

test('steps are numbered over the whole runbook, and named by their phase', () => {
	const parsed = parseRunbooks(
		['## Diagnosis', '1. a', '2. b', '## Fix', '1. c', '### More to find out', '1. d'].join('\n'),
		'x.md',
		'user',
	);
	expect(stepsOf(parsed).map(({id, number, title}) => [id, number, title])).toEqual([
		['diagnosis-1', 1, 'a'],
		['diagnosis-2', 2, 'b'],
		['mitigation-1', 3, 'c'],
		['mitigation-2', 4, 'd'],
	]);
});

describe('a midwatch block', () => {
	test('holds command lines of ours and what is waited for', () => {
		const steps = stepsOf(
			parseRunbooks(
				[
					'```midwatch',
					'# empty it',
					'midwatch drain $NODE --yes',
					'uncordon "$NODE"',
					'',
					'wait 1m30s',
					'wait csi-driver-missing:$DRIVER on $NODE',
					'wait until kubectl get node "$NODE"',
					'```',
				].join('\n'),
				'x.md',
				'user',
			),
		);
		expect(steps.map(step => step.doing)).toEqual([
			{
				is: 'midwatch',
				commands: [
					['drain', '$NODE', '--yes'],
					['uncordon', '$NODE'],
				],
			},
			{is: 'wait', until: {is: 'time', ms: 90_000}},
			{is: 'wait', until: {is: 'cleared', finding: 'csi-driver-missing:$DRIVER on $NODE'}},
			{is: 'wait', until: {is: 'condition', command: ['kubectl', 'get', 'node', '$NODE']}},
		]);
		expect(steps.map(({parameters}) => parameters)).toEqual([['NODE'], [], ['DRIVER', 'NODE'], ['NODE']]);
	});

	test.each([
		'drain a; drain b',
		'drain a | tee x',
		'drain $(cat x)',
		'drain a > x',
		'NODE=a drain',
		'drain "a',
		'drain a &',
		'wait',
		'wait for ever',
		'wait 10',
	])('%s has to be edited', line => {
		const parsed = parseRunbooks(`\`\`\`midwatch\n${line}\n\`\`\``, 'x.md', 'user');
		const [step] = stepsOf(parsed);
		const isRefused = step?.toEdit !== undefined || (step?.doing.is === 'midwatch' && line === 'wait');
		expect(isRefused).toBe(true);
	});
});

test('a file without a step says so', () => {
	expect(parseRunbooks('# Nothing\n\nJust text.', 'x.md', 'user').oddities).toEqual([
		{line: 1, text: 'there is no step in it: no ordered item and no command'},
	]);
	expect(parseRunbooks('', 'x.md', 'user').oddities).toHaveLength(1);
});

test('what a step sets is not there in the next, and that is said', () => {
	const {oddities, runbooks} = parseRunbooks(
		'```sh\nPOD=$(kubectl get pods -o name)\n```\n\nthen\n\n```sh\nkubectl logs "$POD"\n```',
		'x.md',
		'user',
	);
	expect(oddities).toMatchObject([
		{line: 7, text: expect.stringMatching(/^POD is set in line 1, but every step has a shell of its own/)},
	]);
	expect(runbooks[0]?.parameters).toMatchObject([{name: 'POD'}]);
});

test('a step that has to be edited is of the class that it would be then', () => {
	const [step] = stepsOf(
		parseRunbooks("```sh\nkubectl -n <ns> delete pod $(kubectl get pod -o json | jq '.<name>')\n```", 'x.md', 'user'),
	);
	expect(step).toMatchObject({doing: {class: 'destructive'}, toEdit: expect.stringContaining('<name>')});
});

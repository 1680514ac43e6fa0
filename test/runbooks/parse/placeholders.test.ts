import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fill, variableName} from '../../../source/runbooks/parse/placeholders.ts';

test.each([
	['kubectl get node <node>', 'kubectl get node "$NODE"'],
	['kubectl -n <namespace> logs <pod-name>', 'kubectl -n "$NAMESPACE" logs "$POD_NAME"'],
	['kubectl get node/<node name>', 'kubectl get node/"$NODE_NAME"'],
	['kubectl get pods -l "app=<app>"', `kubectl get pods -l "app=\${APP}"`],
	['kubectl get pod {{ $labels.pod }}', 'kubectl get pod "$POD"'],
	['kubectl get pod {{ .Labels.pod }}-0', 'kubectl get pod "$POD"-0'],
	['kubectl get pod "{{$labels.pod}}"', `kubectl get pod "\${POD}"`],
	['kubectl cordon NODE_NAME', 'kubectl cordon "$NODE_NAME"'],
	['kubectl -n NAMESPACE get pods', 'kubectl -n "$NAMESPACE" get pods'],
	['kubectl get pods --field-selector=spec.nodeName=YOUR_NODE', 'kubectl get pods --field-selector=spec.nodeName="$NODE"'],
	['POD=<pod>; kubectl logs "$POD"', 'POD="$POD"; kubectl logs "$POD"'],
	['for n in <node> other; do kubectl get node "$n"; done', 'for n in "$NODE" other; do kubectl get node "$n"; done'],
	['kubectl get pods > <file>', 'kubectl get pods > "$FILE"'],
	['ls <path>', 'ls "$PARAM_PATH"'],
	['echo $(kubectl get node <node>)', 'echo $(kubectl get node "$NODE")'],
])('%s becomes %s', (written, script) => {
	expect(fill(written)).toMatchObject({script});
	expect(fill(written).toEdit).toBeUndefined();
});

test.each([
	['kubectl get pod -o jsonpath=\'{.items[?(@.name=="<pod>")]}\'', 'no value can be put'],
	['cat <<EOF\nname: <name>\nEOF', 'no value can be put'],
	['kubectl get pods # of <node>', 'no value can be put'],
	['<command> get pods', 'no value can be put'],
	['echo $((<count> + 1))', 'no value can be put'],
	['sh -c "ls <dir>"', 'taken for code by sh'],
	['kubectl exec web-0 -- bash -c "ls <dir>"', 'taken for code by bash'],
	['ssh <node> uptime', 'taken for code by ssh'],
	['psql -c "select \'<name>\'"', 'taken for code by psql'],
	['watch "kubectl get pod <pod>"', 'taken for code by watch'],
	['eval "kubectl get <x>"', 'taken for code by eval'],
	['jq ".<field>"', 'taken for code by jq'],
	['sort <in>out', 'two redirections'],
	[`echo "\${X:-<y>}"`, 'no value can be put'],
])('%s has to be edited: %s', (written, why) => {
	const {script, toEdit} = fill(written);
	expect(toEdit).toContain(why);
	expect(script).toBe(written);
});

test.each([
	'kubectl get pods -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName',
	"docker ps --format '{{.Names}}'",
	"kubectl get pods -o go-template='{{ range .items }}{{ end }}'",
	'cat < in > out',
	'grep NODE file',
	'diff <(kubectl get nodes) <(cat old)',
	'[[ 1 < 2 ]]',
	'kubectl get node "$NODE"',
])('%s has none', written => {
	expect(fill(written)).toMatchObject({script: written, names: new Map()});
	expect(fill(written).toEdit).toBeUndefined();
});

test.each([
	['node', 'NODE'],
	['your-namespace', 'NAMESPACE'],
	['the pod name', 'POD_NAME'],
	['name of the claim', 'CLAIM'],
	['path', 'PARAM_PATH'],
	['user', 'PARAM_USER'],
	['env', 'PARAM_ENV'],
	['kubeconfig', 'PARAM_KUBECONFIG'],
	['1st', 'P_1ST'],
])('%s is the variable %s', (placeholder, name) => {
	expect(variableName(placeholder)).toBe(name);
});

const scripts = fc
	.array(
		fc.constantFrom(
			'printf "%s\\n" ',
			'<x>',
			' <x>',
			'"<x>"',
			"'a'",
			' b',
			'"c <x> d"',
			'\\ ',
			'-<x>',
			'; printf "%s\\n" e',
			' && printf "%s\\n" f',
		),
		{
			minLength: 1,
			maxLength: 6,
		},
	)
	.map(parts => `printf "%s\\n" ${parts.join('')}`);
const hostile = fc.constantFrom(
	'; touch hacked',
	'$(touch hacked)',
	'`touch hacked`',
	'"; touch hacked; "',
	"'; touch hacked; '",
	'a b',
	'*',
	'--x',
	'\n touch hacked',
	'$HOME',
	'\\',
	'!x',
);

test('a value is one word, or part of one, and never anything else, in the shell', () => {
	fc.assert(
		fc.property(scripts, hostile, (written, value) => {
			const {script, toEdit} = fill(written);
			if (toEdit !== undefined || !script.includes('X')) return;
			const run = (x: string) =>
				execFileSync('/bin/sh', ['-c', script], {
					env: {X: x, PATH: '/nowhere'},
					encoding: 'utf8',
					stdio: ['ignore', 'pipe', 'ignore'],
				});
			const marked = run('MARK');
			expect(run(value)).toBe(marked.replaceAll('MARK', () => value));
		}),
		{numRuns: 60},
	);
});

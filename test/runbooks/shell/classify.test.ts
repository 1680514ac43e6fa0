import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {CommandClass} from '../../../source/runbooks/runbook.ts';
import {classify} from '../../../source/runbooks/shell/classify.ts';
import {changing, destructive, reading, unknown} from './command-lines.ts';

const tables: ReadonlyArray<readonly [CommandClass, readonly string[]]> = [
	['reading', reading],
	['changing', changing],
	['destructive', destructive],
	['unknown', unknown],
];

describe.each(tables)('%s', (of, lines) => {
	test.each(lines)('%s', line => {
		expect(classify(line)).toMatchObject({class: of});
	});
});

test('the table holds 200 command lines and more, none of them twice', () => {
	const all = tables.flatMap(([, lines]) => lines);
	expect(all.length).toBeGreaterThanOrEqual(200);
	expect(new Set(all).size).toBe(all.length);
});

const wrapped: ReadonlyArray<readonly [string, (line: string) => string]> = [
	['in a substitution', line => `echo "$(${line})"`],
	['in backquotes', line => `echo \`${line.replaceAll(/[`\\$]/g, String.raw`\$&`)}\``],
	['after a reading one', line => `kubectl get pods; ${line}`],
	['behind a pipe', line => `kubectl get pods | { ${line}; }`],
	['in a subshell', line => `(${line})`],
	['in a loop', line => `for i in 1 2; do ${line}; done`],
	['in a condition', line => `if true; then ${line}; fi`],
	['in a function', line => `check() { ${line}; }; check`],
	['in the background', line => `{ ${line}; } &`],
	['after a failure', line => `kubectl get pods || { ${line}; }`],
	['in a process substitution', line => `diff <(${line}) /dev/null`],
	['in a here-document', line => `bash <<'MIDWATCH_END'\n${line}\nMIDWATCH_END`],
	['under a time limit', line => `timeout 5 bash -c ${quoted(line)}`],
	['in a container', line => `kubectl exec web-0 -- sh -c ${quoted(line)}`],
	['in an expansion', line => `echo "\${NOTHING:-$(${line})}"`],
	['in a case', line => `case "$1" in a) ${line} ;; esac`],
];

const quoted = (line: string): string => `'${line.replaceAll("'", String.raw`'\''`)}'`;

describe('nesting hides nothing', () => {
	// What is not closed by itself may well be closed by what is around it.
	const anyOf = (lines: readonly string[]) => fc.constantFrom(...lines.filter(line => !/<<|#|\n| \)$|pods "$|then$/.test(line)));
	test.each(wrapped)('%s', (_, wrap) => {
		fc.assert(
			fc.property(anyOf([...changing, ...destructive, ...unknown]), line => classify(wrap(line)).class !== 'reading'),
			{numRuns: 150},
		);
		fc.assert(
			fc.property(anyOf(destructive), line => classify(wrap(line)).class === 'destructive'),
			{numRuns: 100},
		);
	});
});

test('whatever a script is, it gets a class', () => {
	fc.assert(
		fc.property(
			fc.string({maxLength: 200, unit: fc.constantFrom(...'kubectl get -n;|&<>$(){}[]`"\'\\\n#=*! '.split(''))}),
			script => {
				expect(['reading', 'changing', 'destructive', 'unknown']).toContain(classify(script).class);
			},
		),
		{numRuns: 2000},
	);
});

test.each([
	['kubectl get pods -A | grep -v Running', 'kubectl, grep'],
	['kubectl -n rook-ceph exec deploy/rook-ceph-tools -- ceph status', 'kubectl, ceph'],
	['sudo bash -c "systemctl restart k3s"', 'sudo, bash, systemctl'],
])('%s runs %s', (line, programs) => {
	expect(classify(line).programs.join(', ')).toBe(programs);
});

test.each([
	['kubectl delete pod web-0', 'kubectl delete destroys, or cannot be taken back'],
	['kubectl get secret db -o yaml', 'kubectl get prints Secrets'],
	['kubectl get pods > pods.txt', 'it writes pods.txt'],
	['ssh nuc-2 uptime', 'ssh runs it on another host'],
	['frobnicate --all', 'frobnicate is not known here'],
	['$CMD get pods', 'what $CMD runs is not known here'],
	['if true; then', 'it is no complete shell script'],
	['kubectl drain nuc-2 --force', 'kubectl drain --force destroys, or cannot be taken back'],
])('%s: %s', (line, why) => {
	expect(classify(line).why).toBe(why);
});

test('a script of a thousand lines is classed in a moment', () => {
	const script = Array.from({length: 1000}, (_, at) => `kubectl -n "ns-${at}" get pods -o wide | grep -c Running`).join('\n');
	const before = performance.now();
	expect(classify(script).class).toBe('reading');
	expect(performance.now() - before).toBeLessThan(1000);
});

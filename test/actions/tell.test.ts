import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {planLines} from '../../source/actions/tell.ts';
import {widthOf} from '../../source/interface/widgets/width.ts';
import {own, type RawName} from '../../source/vocabulary.ts';
import {concern, plan} from './plans.ts';

const full = plan({
	action: 'drain',
	title: own('drain nuc-2'),
	command: ['midwatch', 'drain', 'nuc-2', '--context', 'home lab'],
	likewise: ['kubectl', 'drain', 'nuc-2', '--ignore-daemonsets', '--context', 'home lab'],
	steps: [own('cordon nuc-2'), own('evict 12 pods, at most 4 at a time, and follow each until it is gone')],
	concerns: [
		concern('tells', '9 pods of DaemonSets stay'),
		concern('blocks', 'apps/web-0 cannot be evicted: its budget web allows none, 2 of 2 pods are needed', {
			wayOut: own('scale web up by one, or raise maxUnavailable of the budget web'),
		}),
		concern('overrides', 'nuc-2 holds the last copy of apps/vaultwarden-data', {
			wayOut: own('wait for the rebuild on nuc-1'),
		}),
	],
	confirm: {ask: 'name', name: 'nuc-2' as RawName, why: own('the last copy of a volume is on it')},
});

test('reads from the heaviest concern to what will be asked, at 60 columns', () => {
	expect(planLines(full, 60).join('\n')).toBe(`drain nuc-2

Not unless a name is typed
  - nuc-2 holds the last copy of apps/vaultwarden-data
    way out: wait for the rebuild on nuc-1

Keeps it waiting
  - apps/web-0 cannot be evicted: its budget web allows
    none, 2 of 2 pods are needed
    way out: scale web up by one, or raise maxUnavailable of
    the budget web

Good to know
  - 9 pods of DaemonSets stay

What will be done
  1. cordon nuc-2
  2. evict 12 pods, at most 4 at a time, and follow each
     until it is gone

The same as a command
  midwatch drain nuc-2 --context 'home lab'
  kubectl drain nuc-2 --ignore-daemonsets --context \\
    'home lab'

It asks for nuc-2 to be typed: the last copy of a volume is
on it`);
});

test('a way out that is the same for several is told once, below them', () => {
	const wayOut = own('make room elsewhere first');
	const alike = ['a', 'b'].map(name => concern('hurts', `${name} will be pending`, {wayOut}));
	const lines = planLines(
		plan({concerns: [alike[0], concern('hurts', 'c is down meanwhile'), alike[1]].flatMap(each => each ?? [])}),
		80,
	);
	expect(lines.slice(2, 7)).toEqual([
		'Lost or down by it',
		'  - a will be pending',
		'  - b will be pending',
		'    way out: make room elsewhere first',
		'  - c is down meanwhile',
	]);
});

test.each([40, 60, 80, 120])('no line is wider than %i columns', width => {
	for (const line of planLines(full, width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
});

test('says that nothing is to do, and that it cannot be done', () => {
	expect(planLines(plan({steps: [], done: own('n1 is cordoned already')}), 80).at(-1)).toBe(
		'Nothing to do: n1 is cordoned already',
	);
	const refused = planLines(plan({concerns: [concern('refuses', 'n1 is a stranger')]}), 80);
	expect(refused).toContain('Refused');
	expect(refused.at(-1)).toBe('It cannot be done like this.');
});

test('a shell takes a command as it stands, over several lines and with anything in a name', () => {
	const words = ['printf', '%s\\n', '--', '--flags', "it's", '$(id)', '; rm -rf /', '`id`', '*', 'a'.repeat(50)];
	const lines = planLines(plan({command: words}), 40);
	const from = lines.indexOf(own('The same as a command')) + 1;
	const command = lines.slice(from, lines.indexOf(own(''), from)).join('\n');
	expect(execFileSync('sh', ['-c', command], {encoding: 'utf8'}).split('\n').slice(0, -1)).toEqual(words.slice(2));
});

test('no command is made of a name that hides something', () => {
	const lines = planLines(plan({command: ['midwatch', 'cordon', 'a\u001b[2J\u202eb']}), 80).join('\n');
	expect(lines).toContain('no command is made of it: a name in it has characters that cannot be seen');
	expect(lines).not.toContain('\u001b');
});

import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {commands} from '../../source/commands/table.ts';
import {findingIds} from '../../source/diagnosis.ts';
import {libraryTexts} from '../../source/files/library.ts';
import {catalogue} from '../../source/findings/catalogue.ts';
import {lint} from '../../source/runbooks/lint.ts';
import {shippedFor} from '../../source/runbooks/match/shipped.ts';
import {parseRunbooks} from '../../source/runbooks/parse/parse.ts';
import type {CommandClass} from '../../source/runbooks/runbook.ts';
import {stepsOf} from '../../source/runbooks/session/steps.ts';
import {elsewhere} from '../../source/runbooks/shell/elsewhere.ts';
import {walks} from '../control-plane/library/walks.ts';
import {shells} from './execute/running.ts';

const library = Object.entries(await libraryTexts()).map(([file, text]) => ({
	file,
	parsed: parseRunbooks(text, file, 'library'),
}));
/** The commands of a runbook, by the ids of their steps. */
const commandsOf = ({parsed}: (typeof library)[number]) =>
	parsed.runbooks.flatMap(stepsOf).flatMap(({id, doing}) => (doing.is === 'shell' ? [{id, ...doing}] : []));

/** What those that do not only read are; all others do. */
const changing: Readonly<Record<string, Readonly<Record<string, CommandClass>>>> = {
	'bgp-session-down.md': {'mitigation-1': 'changing', 'mitigation-4': 'destructive'},
	'ceph-degraded.md': {'mitigation-2': 'destructive', 'mitigation-3': 'changing'},
	'certificate-renewal.md': {'mitigation-2': 'changing', 'mitigation-3': 'changing'},
	'claim-pending.md': {'mitigation-4': 'changing'},
	'csi-driver-missing.md': {'mitigation-3': 'destructive'},
	'flux-blocked.md': {'mitigation-3': 'changing', 'mitigation-4': 'changing'},
	'gpu-missing.md': {'mitigation-1': 'destructive'},
	'node-failure.md': {'mitigation-4': 'changing', 'mitigation-7': 'changing'},
	'node-memory-high.md': {'mitigation-2': 'changing'},
	'pods-pending.md': {'mitigation-2': 'changing'},
	'velero-backup-failed.md': {'mitigation-2': 'changing'},
	'vip-without-owner.md': {'mitigation-1': 'destructive'},
};

/** Incidents without a runbook: what they say themselves, or the finding that causes them, leads further than a page could. */
const without = [
	'apiserver-slow',
	'apiservice-unavailable',
	'attachment-stuck',
	'claim-lost',
	'controller-down',
	'core-service-down',
	'critical-workload-down',
	'disk-full',
	'etcd-not-voter',
	'pods-failing',
	'webhook-down',
];

const verbs = commands.map(({name}) => name).filter(name => name !== '');

/** How far a runbook was tried: it is walked in a test, or it is not. */
function verification(id: string): string {
	const [first, ...more] = walks.filter(({runbook}) => runbook === id);
	if (first === undefined) return 'not yet';
	return [first, ...more].some(({fakes}) => fakes !== undefined) ? 'with fakes' : `on scenario ${first.scenario}`;
}

test.each(library)('$file has nothing odd', ({parsed}) => {
	expect(lint(parsed, verbs).oddities).toEqual([]);
});

test.each(library)(
	'$file is one runbook with findings that there are, said how far it was verified, and with phases',
	({parsed}) => {
		const [runbook, ...others] = parsed.runbooks;
		if (runbook === undefined) throw new Error('no runbook');
		expect(others).toEqual([]);
		for (const finding of runbook.findings) expect(findingIds).toContain(finding);
		expect(runbook.verified).toBe(verification(runbook.id));
		expect(runbook.phases.map(({kind}) => kind)).toEqual(expect.arrayContaining(['meaning', 'verification']));
		for (const {name, about} of runbook.parameters) expect([name, about !== '']).toEqual([name, true]);
		for (const step of stepsOf(runbook)) expect(step.toEdit).toBeUndefined();
	},
);

test('the table of findings names the first runbook that says it is for them', () => {
	const all = library.flatMap(({parsed}) =>
		parsed.runbooks.flatMap(({id, findings}) => findings.map(finding => [finding, id] as const)),
	);
	expect(shippedFor).toEqual(Object.fromEntries(all.toReversed()));
});

test.each(library)('of $file, what changes something is known as such, and nothing else', runbook => {
	const classes = commandsOf(runbook).map(({id, class: of}) => [id, of] as const);
	const expected = changing[runbook.file] ?? {};
	expect(Object.fromEntries(classes)).toEqual({...Object.fromEntries(classes.map(([id]) => [id, 'reading'])), ...expected});
});

test.each(library)('the commands of $file are for every shell, and for the cluster one is on', runbook => {
	for (const {id, script} of commandsOf(runbook)) {
		for (const shell of shells) {
			const {status, stderr} = spawnSync(shell, ['-n', '-c', script], {encoding: 'utf8'});
			expect([id, shell, status, stderr]).toEqual([id, shell, 0, '']);
		}
		// zsh ends at a pattern that fits no file, where others leave it as it is.
		expect([id, script.replaceAll(/'[^']*'|"[^"]*"/g, '')]).toEqual([id, expect.not.stringMatching(/[[\]*?]/)]);
		if (runbook.file !== 'vip-without-owner.md') expect([id, elsewhere(script)]).toEqual([id, []]);
	}
});

test('every incident has a runbook, or has none on purpose', () => {
	const incidents = findingIds.filter(id => catalogue[id].class === 'incident');
	expect(incidents.filter(id => shippedFor[id] === undefined).toSorted()).toEqual(without);
});

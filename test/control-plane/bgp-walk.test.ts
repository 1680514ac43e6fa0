import {expect, test} from 'vitest';
import {openPty} from '../_helpers/pty.ts';
import {buildControlPlane} from './build.ts';
import {launching, newHome} from './midwatch.ts';

const [command, ...words] = launching;

/** What somebody has who is told of it at night (ms). */
const patience = 120_000;

test('a session that is down: from the finding to the report by keys alone, at 80×24, within two minutes', {
	timeout: 240_000,
}, async () => {
	await using home = newHome();
	const begin = Date.now();
	await using pty = openPty({
		command,
		arguments: [...words, 'demo', '--scenario', 'bgp-down'],
		columns: 80,
		rows: 24,
		environment: {HOME: home.path, PATH: `${await buildControlPlane()}:${process.env.PATH}`},
	});
	await pty.shows('nuc-3/10.0.0.1: no longer configured');
	await pty.shows('r runbook bgp-session-down');
	pty.press('r');
	await pty.shows(/▸▲ bgp-session-down/);
	pty.press('enter');
	await pty.shows('NODE: "nuc-3", from the finding');
	pty.press('enter');
	await pty.shows('Step 1 of 10, reading');
	await pty.shows('kubectl get node "$NODE" --show-labels');
	// All that reads in the diagnosis, with one key.
	pty.press('a');
	await pty.shows('Step 5 of 10, changes something', 30_000);
	pty.press('enter');
	await pty.shows(/type yes to run step 5:/);
	pty.type('yes\r');
	await pty.shows('node/nuc-3 labeled', 30_000);
	await pty.shows('done: exit code 0');
	await pty.shows('Step 6 of 10, by hand');
	pty.press('enter');
	await pty.shows('Step 7 of 10');
	for (const [step, after] of [
		[7, 8],
		[8, 9],
	] as const) {
		pty.press('s');
		await pty.shows(`why is step ${step} skipped?`);
		pty.type('the label was it\r');
		await pty.shows(`Step ${after} of 10`);
	}
	await pty.shows('enter waits for it.');
	pty.press('enter');
	await pty.shows('waiting: session-down:nuc-3/10.0.0.1 is cleared');
	await pty.shows('Step 10 of 10, reading', patience);
	pty.press('enter');
	await pty.shows('10.0.0.1 established advertises');
	await pty.shows('All steps were seen to');
	await pty.shows(/session-down:nuc-3\/10\.0\.0\.1 is cleared since \d\d:\d\d/);
	pty.press('enter');
	await pty.shows('done: 8 done, 2 skipped');
	pty.press('R');
	await pty.shows('┏ Report');
	await pty.shows('# ');
	pty.press('y');
	await pty.shows(/copied: midwatch runbook report \d+-\d+-runbook-bgp-session-down-\w+/);
	expect(Date.now() - begin).toBeLessThan(patience);
	pty.press('q', 'q');
	await pty.hides('no longer configured');
	pty.press('q');
	expect(await pty.exited).toEqual({code: 0, signal: 0});
});

import {expect, test} from 'vitest';
import {evidenceLine} from '../../source/workloads/said.ts';

const volume = 'MountVolume.SetUp failed for volume "pvc-cd27506b-1f0e-4b39-8a53-0c8a2b8f5a11" : ';

test.each([
	['what is short stays as it is', 'exit 1: no such table', 'exit 1: no such table'],
	['the volume of a mount is told elsewhere', `FailedMount: ${volume}timed out`, 'FailedMount: timed out'],
	[
		'of what is nested deeply the innermost',
		`FailedMount: ${volume}mount failed: exit status 32 Mounting arguments: ${'x'.repeat(80)} Output: mount.nfs: Connection timed out\n`,
		'mount.nfs: Connection timed out',
	],
	['what is long by itself is cut', 'y'.repeat(200), `${'y'.repeat(99)}…`],
])('%s', (_, said, line) => {
	expect(evidenceLine(said)).toBe(line);
});

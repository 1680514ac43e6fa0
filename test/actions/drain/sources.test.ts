import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {addressKind} from '../../../source/actions/drain/sources/address.ts';
import {electionKind, isHeld} from '../../../source/actions/drain/sources/election.ts';
import {drainPolicyKind} from '../../../source/actions/drain/sources/longhorn-setting.ts';
import {transferKinds} from '../../../source/actions/drain/sources/transfer.ts';
import type {Kind} from '../../../source/cluster/kind.ts';
import type {StoredRecord} from '../../../source/vocabulary.ts';
import {damaged, expectSafe, poisoned, project} from '../../_helpers/hostile.ts';
import {service} from '../../bgp/objects.ts';
import {election, now, seconds} from '../../nodes/objects.ts';

const upload = {
	metadata: {namespace: 'velero', name: 'tier-0-x7k', uid: 'x'},
	spec: {node: 'nuc-2', pod: {namespace: 'apps', name: 'web-0'}, sourceNamespace: 'apps', sourcePVC: 'data'},
	status: {phase: 'InProgress', node: 'nuc-2', progress: {bytesDone: 42, totalBytes: 100}, volumeName: 'pvc-1'},
};
const setting = {metadata: {namespace: 'longhorn-system', name: 'node-drain-policy', uid: 'x'}, value: 'always-allow'};
const objects: ReadonlyArray<readonly [Kind<StoredRecord>, object]> = [
	[electionKind, election('plndr-cp-lock')],
	[addressKind, service('apps/web', '10.0.0.5')],
	[drainPolicyKind, setting],
	...transferKinds.map(kind => [kind, upload] as const),
];

describe('what is read for a drain alone', () => {
	test.each(objects.map(([kind, object]) => [kind.id, kind, object] as const))(
		'%s: nothing breaks what reads it',
		(_, kind, object) => {
			expect(project(kind, object)).toBeDefined();
			fc.assert(fc.property(damaged(object), broken => void project(kind, broken)));
		},
	);

	test('its texts are only text', () => {
		expectSafe(project(drainPolicyKind, poisoned(setting))?.value);
		for (const kind of transferKinds) expectSafe(project(kind, poisoned(upload))?.what);
	});

	test('a transfer that is over is left out, one of a phase of tomorrow is not', () => {
		const [kind] = transferKinds;
		const at = (phase: string) => kind && project(kind, {...upload, status: {phase}});
		for (const phase of ['Completed', 'Failed', 'Canceled']) expect(at(phase)).toBeUndefined();
		for (const phase of ['', 'New', 'Accepted', 'Prepared', 'InProgress', 'Canceling', 'Resting'])
			expect(at(phase)).toBeDefined();
	});

	test('a lease is held until it expires, or is given up', () => {
		const of = (fields: Parameters<typeof election>[1]) => {
			const record = project(electionKind, election('plndr-cp-lock', fields));
			return record !== undefined && isHeld(record, now);
		};
		expect(of({})).toBe(true);
		expect(of({renewed: 15 * seconds})).toBe(true);
		expect(of({renewed: 16 * seconds})).toBe(false);
		expect(of({holder: ''})).toBe(false);
	});
});

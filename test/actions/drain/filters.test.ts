import {expect, test} from 'vitest';
import {type DaemonSets, filtered} from '../../../source/actions/drain/filters.ts';
import {type DrainOptions, usualDrain} from '../../../source/actions/request.ts';
import {own, type SafeText} from '../../../source/vocabulary.ts';
import {ago, now, seconds} from '../../nodes/objects.ts';
import {type PodFields, pod} from './objects.ts';

const daemonSets: DaemonSets = new Map<string, 'there' | 'gone' | {readonly unread: SafeText}>([
	['default/agent', 'there'],
	['default/orphaned', 'gone'],
	['default/hidden', {unread: own('403: forbidden')}],
]);
const ofAgent = 'apps/v1 DaemonSet agent';
const scratch = {volumes: [{name: 'scratch', emptyDir: {medium: 'Memory'}}]};
const finished = {status: {phase: 'Succeeded'}};

/** `goes`, `goes losing …`, `stays: …`, `refused without …: …`. */
function said(fields: PodFields, options: Partial<DrainOptions> = {}): string {
	const of = filtered(pod('default/web-0', fields), {...usualDrain, ...options}, daemonSets, now);
	if (of.is === 'goes') return of.loses.length === 0 ? 'goes' : `goes losing ${of.loses.join('; ')}`;
	if (of.is === 'stays') return `stays: ${of.why}`;
	return `refused without ${of.flag ?? 'anything that helps'}: ${of.why}`;
}

test('a pod with a controller and no data of its own goes, whatever the controller is', () => {
	expect(said({})).toBe('goes');
	expect(said({controller: 'postgresql.cnpg.io/v1 Cluster db'})).toBe('goes');
});

test('without a controller it is refused; --force loses it, and what is finished is no loss', () => {
	expect(said({controller: ''})).toBe('refused without --force: has no controller: nothing would create it again');
	expect(said({controller: ''}, {force: true})).toBe('goes losing the pod itself');
	expect(said({controller: '', ...finished})).toBe('goes');
	expect(said({metadata: {ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'x', uid: 'x'}]}})).toMatch(
		/^refused/,
	);
});

test('emptyDir data, in memory too, is refused; with the option it is lost, and what is finished has none', () => {
	expect(said({spec: scratch})).toBe('refused without --delete-emptydir-data: has emptyDir data (scratch)');
	expect(said({spec: scratch}, {deleteEmptyDirData: true})).toBe('goes losing emptyDir scratch');
	expect(said({spec: scratch, ...finished})).toBe('goes');
	expect(
		said({
			spec: {
				volumes: [
					{name: 'root', hostPath: {path: '/'}},
					{name: 'data', persistentVolumeClaim: {claimName: 'x'}},
				],
			},
		}),
	).toBe('goes');
});

test('data comes before the controller: a bare pod with both is refused for its data first', () => {
	expect(said({controller: '', spec: scratch})).toMatch(/^refused without --delete-emptydir-data/);
	expect(said({controller: '', spec: scratch}, {deleteEmptyDirData: true})).toMatch(/^refused without --force/);
	expect(said({controller: '', spec: scratch}, {deleteEmptyDirData: true, force: true})).toBe(
		'goes losing the pod itself; emptyDir scratch',
	);
});

test('pods of a DaemonSet stay, with data or without; they are refused where that was asked for, and go when they are finished', () => {
	expect(said({controller: ofAgent, spec: scratch})).toBe('stays: is of DaemonSet agent');
	expect(said({controller: ofAgent}, {ignoreDaemonSets: false})).toBe(
		'refused without --ignore-daemonsets: is of DaemonSet agent',
	);
	expect(said({controller: ofAgent, ...finished}, {ignoreDaemonSets: false})).toBe('goes');
	expect(said({controller: 'apps.kruise.io/v1alpha1 DaemonSet agent'})).toBe('goes');
});

test('a DaemonSet that is gone is refused without --force; one that cannot be looked up with any option', () => {
	const orphaned = {controller: 'apps/v1 DaemonSet orphaned'};
	expect(said(orphaned)).toBe('refused without --force: its DaemonSet orphaned does not exist any more');
	expect(said(orphaned, {force: true})).toBe('goes');
	const hidden = {controller: 'apps/v1 DaemonSet hidden'};
	expect(said(hidden, {force: true, deleteEmptyDirData: true})).toBe(
		'refused without anything that helps: its DaemonSet hidden cannot be looked up: 403: forbidden',
	);
});

test('a static pod stays, before its data and its controller are asked for', () => {
	const metadata = {annotations: {'kubernetes.io/config.mirror': ''}, ownerReferences: []};
	expect(said({metadata, spec: scratch})).toMatch(/^stays: is a static pod/);
});

test('what was deleted longer ago than it is waited for stays, before anything else is asked', () => {
	const deleted = {controller: '', metadata: {deletionTimestamp: ago(31 * seconds), ownerReferences: []}};
	expect(said(deleted, {skipWaitForDeleteTimeout: 30 * seconds})).toMatch(/^stays: was deleted more than 30 s ago/);
	expect(said(deleted, {skipWaitForDeleteTimeout: 31 * seconds})).toMatch(/^refused/);
	expect(said(deleted)).toMatch(/^refused/);
});

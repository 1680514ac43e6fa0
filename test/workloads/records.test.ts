import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {readMessage} from '../../source/cluster/encoding/protobuf-reader.ts';
import type {Kind} from '../../source/cluster/kind.ts';
import type {Raw} from '../../source/cluster/raw.ts';
import {recordOf} from '../../source/cluster/reflector/projection.ts';
import {encode} from '../../source/demo/server/protobuf/encode.ts';
import type {StoredRecord} from '../../source/vocabulary.ts';
import {warningKind} from '../../source/workloads/event.ts';
import {daemonSetKind, deploymentKind, jobKind, replicaSetKind, statefulSetKind} from '../../source/workloads/index.ts';
import {subjectOf, workloadOf} from '../../source/workloads/owner.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {damaged, expectSafe, poisoned, project} from '../_helpers/hostile.ts';
import {reading} from '../_helpers/reading.ts';
import {
	ago,
	condition,
	daemonSet,
	deployment,
	job,
	minute,
	now,
	pod,
	podOf,
	replicaSet,
	statefulSet,
	warning,
} from './objects.ts';

const refused = condition('ReplicaFailure', 'True', 3 * minute, 'FailedCreate', 'exceeded quota');

describe('what keeps pods', () => {
	test('a Deployment tells how many, since when too few, and what is refused', () => {
		const conditions = [condition('Available', 'False', 4 * minute), refused];
		expect(project(deploymentKind, deployment('a/b', {wanted: 3, made: 2, ready: 1, conditions}))).toMatchObject({
			kind: 'Deployment',
			wanted: 3,
			made: 2,
			ready: 1,
			shortSince: now - 4 * minute,
			refused: {message: 'exceeded quota', since: now - 3 * minute},
		});
		const well = [condition('Available', 'True', 4 * minute), {...refused, status: 'False'}];
		expect(project(deploymentKind, deployment('a/b', {conditions: well}))).toMatchObject({shortSince: 0, refused: undefined});
	});

	test('one replica is wanted where nobody says, and none is there before anybody counted', () => {
		expect(project(deploymentKind, {metadata: {name: 'b'}})).toMatchObject({wanted: 1, made: 0, ready: 0});
		expect(project(daemonSetKind, {metadata: {name: 'b'}})).toMatchObject({wanted: 0, made: 0, ready: 0});
	});

	test('a StatefulSet and a DaemonSet tell how many', () => {
		expect(project(statefulSetKind, statefulSet('a/b', {wanted: 3, ready: 2}))).toMatchObject({
			kind: 'StatefulSet',
			wanted: 3,
			ready: 2,
		});
		expect(project(daemonSetKind, daemonSet('a/b', {wanted: 8, made: 7, ready: 6}))).toMatchObject({
			wanted: 8,
			made: 7,
			ready: 6,
		});
	});

	test('a job tells who made it, and why it is given up', () => {
		const failed = condition('Failed', 'True', minute, 'BackoffLimitExceeded', 'too often');
		expect(project(jobKind, job('a/b-29400000', [failed], 'b'))).toMatchObject({
			cronJob: 'b',
			failed: {reason: 'BackoffLimitExceeded', message: 'too often', at: now - minute},
		});
		expect(project(jobKind, job('a/b', [condition('Complete', 'True', 1)]))).toMatchObject({cronJob: '', failed: undefined});
	});

	test('a ReplicaSet reads the same out of protobuf as out of JSON', () => {
		const object = replicaSet('a/b-7d4b9', 'b', {wanted: 2, ready: 1, revision: 7, image: 'x:1', conditions: [refused]});
		const bytes = encode(replicaSetKind.protobuf ?? {}, object);
		const raw = readMessage(replicaSetKind.protobuf ?? {}, {bytes, start: 0, end: bytes.length});
		const record = recordOf(replicaSetKind, 'v1', raw);
		expect(record).toMatchObject({
			ownerName: 'b',
			revision: 7,
			images: ['x:1'],
			wanted: 2,
			ready: 1,
			refused: {message: 'exceeded quota'},
		});
		expect(record).toEqual(recordOf(replicaSetKind, 'v1', object as unknown as Raw));
	});
});

describe('a warning', () => {
	test('of the old form tells when it came first and last, and how often', () => {
		expect(project(warningKind, warning('Pod a/b', 'FailedMount', 'timed out', {count: 14, firstAgo: 9 * minute}))).toMatchObject(
			{
				isWarning: true,
				reason: 'FailedMount',
				message: 'timed out',
				kind: 'Pod',
				about: {namespace: 'a', name: 'b', uid: 'uid-a/b'},
				firstAt: now - 9 * minute,
				lastAt: now - 1000,
				count: 14,
				from: 'kubelet',
				host: 'nuc-1',
			},
		);
	});

	test('of the new form has its time and its series instead', () => {
		const event = {
			metadata: {name: 'b.1', namespace: 'a', creationTimestamp: ago(9 * minute)},
			type: 'Warning',
			eventTime: ago(8 * minute),
			series: {count: 5, lastObservedTime: ago(minute)},
			reportingComponent: 'default-scheduler',
		};
		expect(project(warningKind, event)).toMatchObject({
			firstAt: now - 8 * minute,
			lastAt: now - minute,
			count: 5,
			from: 'default-scheduler',
		});
		const {eventTime: _, series: __, ...bare} = event;
		expect(project(warningKind, bare)).toMatchObject({firstAt: now - 9 * minute, lastAt: now - 9 * minute, count: 1});
	});
});

describe('the workload of a pod', () => {
	const sets = [replicaSet('a/web-7d4b9', 'web'), replicaSet('a/alone-7d4b9', '')];
	const jobs = [job('a/trim-29400000', [], 'trim'), job('a/once-29400000', [])];
	const known = {replicaSets: reading(replicaSetKind, sets), jobs: reading(jobKind, jobs)};
	const unknown = {replicaSets: reading(replicaSetKind, []), jobs: reading(jobKind, [])};
	const of = (object: object, owners = known) => {
		const record = project(podKind, object);
		const workload = record && workloadOf(record, owners);
		return `${workload?.kind} ${workload?.name} ${(workload && subjectOf(workload)?.resource) ?? 'no resource'}`;
	};

	test.each([
		['ReplicaSet', 'web-7d4b9', 'Deployment web deployments.apps', 'Deployment web deployments.apps'],
		['ReplicaSet', 'alone-7d4b9', 'ReplicaSet alone-7d4b9 replicasets.apps', 'Deployment alone deployments.apps'],
		['ReplicaSet', 'plain', 'ReplicaSet plain replicasets.apps', 'ReplicaSet plain replicasets.apps'],
		['Job', 'trim-29400000', 'CronJob trim cronjobs.batch', 'CronJob trim cronjobs.batch'],
		['Job', 'once-29400000', 'Job once-29400000 jobs.batch', 'CronJob once cronjobs.batch'],
		['StatefulSet', 'pg', 'StatefulSet pg statefulsets.apps', 'StatefulSet pg statefulsets.apps'],
		['Node', 'nuc-1', 'Pod x pods', 'Pod x pods'],
		['Cluster', 'pg', 'Cluster pg no resource', 'Cluster pg no resource'],
		['constructor', 'pg', 'constructor pg no resource', 'constructor pg no resource'],
	])('kept by %s %s', (kind, owner, read, guessed) => {
		expect(of(podOf('a/x', kind, owner))).toBe(read);
		expect(of(podOf('a/x', kind, owner), unknown)).toBe(guessed);
	});

	test('is itself where nothing keeps it', () => {
		expect(of(pod('a/x', {metadata: {ownerReferences: []}}))).toBe('Pod x pods');
	});
});

describe('hostile objects', () => {
	const of =
		<R extends StoredRecord>(kind: Kind<R>) =>
		(object: object) =>
			project(kind, object);
	// Names stay as they are, for keys and paths; where they are shown they are made safe.
	const names = new Set(['namespace', 'name', 'uid', 'ownerName', 'cronJob', 'about', 'host']);
	const printable = (record: object | undefined) => Object.entries(record ?? {}).filter(([field]) => !names.has(field));

	test.each([
		[of(deploymentKind), deployment('a/b', {conditions: [refused]})],
		[of(replicaSetKind), replicaSet('a/b', 'c', {conditions: [refused]})],
		[of(statefulSetKind), statefulSet('a/b')],
		[of(daemonSetKind), daemonSet('a/b')],
		[of(jobKind), job('a/b', [condition('Failed', 'True', 1, 'x', 'y')], 'c')],
		[of(warningKind), warning('Pod a/b', 'FailedMount', 'no')],
	])('have nothing printable that a terminal could take for more, and never break the projection', (record, object) => {
		expectSafe(printable(record(poisoned(object))));
		fc.assert(fc.property(damaged(object), each => expectSafe(printable(record(each)))));
	});
});

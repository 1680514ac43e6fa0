import {describe, expect, test} from 'vitest';
import {logChoice, logPath} from '../../source/workloads/logs.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {project} from '../_helpers/hostile.ts';
import {ago, crashing, type PodFields, pod, running} from './objects.ts';

const record = (fields: PodFields, path = 'media/jellyfin-0') => {
	const made = project(podKind, pod(path, fields));
	if (made === undefined) throw new Error(`${path} was left out`);
	return made;
};

describe('the log that tells why', () => {
	const sidecar = {
		name: 'proxy',
		restartCount: 2,
		lastState: {terminated: {exitCode: 1, finishedAt: ago(1000)}},
		state: {running: {}},
	};

	test.each<[string, PodFields, {container: string; previous: boolean}]>([
		['the first container of a pod that is well', {}, {container: 'main', previous: false}],
		['the run that ended of one in a crash loop', crashing(), {container: 'main', previous: true}],
		[
			'the run that ended just now and is still there',
			{ready: false, status: {containerStatuses: [{...running, state: {terminated: {exitCode: 1, reason: 'Error'}}}]}},
			{container: 'main', previous: false},
		],
		['the container that ended last', {status: {containerStatuses: [running, sidecar]}}, {container: 'proxy', previous: false}],
		['whichever there is', {spec: {containers: []}}, {container: '', previous: false}],
	])('is that of %s', (_, fields, choice) => {
		expect(logChoice(record(fields))).toEqual(choice);
	});

	test('is asked for by its path', () => {
		expect(logPath(record({}), {container: 'main', previous: true}, false)).toBe(
			'/api/v1/namespaces/media/pods/jellyfin-0/log?container=main&previous=true&tailLines=50',
		);
		expect(logPath(record({}), {container: '', previous: false}, true)).toBe(
			'/api/v1/namespaces/media/pods/jellyfin-0/log?follow=true&tailLines=50',
		);
	});

	test.each(['a?b/c', 'media/..', 'media/a b'])('leads nowhere else, whatever a name holds: %s', path => {
		expect(logPath(record({}, path), {container: 'main', previous: false}, false)).toBeUndefined();
	});

	test('asks for nothing else, whatever a container is called', () => {
		expect(logPath(record({}), {container: 'x&follow=true', previous: false}, false)).toMatch(/container=x%26follow%3Dtrue&tail/);
	});
});

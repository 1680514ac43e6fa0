import {expect, test} from 'vitest';
import {localServices} from '../../../../source/actions/drain/checks/local-services.ts';
import {answeredOn, down, established, nodeConfig, service} from '../../../bgp/objects.ts';
import {lease, minutes, node} from '../../../nodes/objects.ts';
import {drained, told} from './sight.ts';

const nodes = ['nuc-1', drained, 'nuc-3'].map(name => node(name));
const local = service('apps/web', '10.0.0.5', {spec: {externalTrafficPolicy: 'Local'}});
const router = '10.0.0.1';
const sessions = (...up: readonly string[]) =>
	['nuc-1', 'nuc-2', 'nuc-3'].map(name => nodeConfig(name, {[router]: up.includes(name) ? established() : down()}));

test('a service whose endpoints are all on the node does not answer for a while', () => {
	expect(told(localServices, {nodes, services: [local], endpoints: [answeredOn('apps/web', 'nuc-2')]})).toEqual([
		'hurts: apps/web (externalTrafficPolicy Local) has all its endpoints on nuc-2: 10.0.0.5 does not answer until one is ready elsewhere',
	]);
});

test('one with endpoints elsewhere, or elsewhere alone, goes on', () => {
	for (const endpoints of [[answeredOn('apps/web', 'nuc-2', 'nuc-3')], [answeredOn('apps/web', 'nuc-3')], []])
		expect(told(localServices, {nodes, services: [local], endpoints})).toEqual([]);
	const both = [answeredOn('apps/web', 'nuc-2', 'nuc-3')];
	expect(told(localServices, {nodes, services: [local], endpoints: both, sessions: sessions('nuc-2', 'nuc-3')})).toEqual([]);
});

test('one that any node carries is not asked where its endpoints are', () => {
	expect(
		told(localServices, {nodes, services: [service('apps/web', '10.0.0.5')], endpoints: [answeredOn('apps/web', 'nuc-2')]}),
	).toEqual([]);
});

test('endpoints on nodes without a session carry nothing', () => {
	const endpoints = [answeredOn('apps/web', 'nuc-2', 'nuc-3')];
	const words = [expect.stringContaining('but only nuc-2 of their nodes has a BGP session: 10.0.0.5 is advertised no more')];
	expect(told(localServices, {nodes, services: [local], endpoints, sessions: sessions('nuc-1', 'nuc-2')})).toEqual(words);
	// The last word of an agent on a lost node is not taken.
	const leases = [lease('nuc-1'), lease('nuc-2'), lease('nuc-3', 10 * minutes)];
	expect(told(localServices, {nodes, leases, services: [local], endpoints, sessions: sessions('nuc-2', 'nuc-3')})).toEqual(words);
});

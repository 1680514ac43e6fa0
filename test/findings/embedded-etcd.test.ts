import {expect, test} from 'vitest';
import {embeddedEtcd} from '../../source/findings/embedded-etcd.ts';
import {told} from '../nodes/cluster.ts';
import {ago, days, node, now} from '../nodes/objects.ts';

const server = (name: string, args: readonly string[], age = 100 * days, kubeletVersion = 'v1.35.4+k3s1') =>
	node(name, {
		labels: {'node-role.kubernetes.io/etcd': 'true', 'node-role.kubernetes.io/control-plane': 'true'},
		info: {kubeletVersion},
		metadata: {creationTimestamp: ago(age), annotations: {'k3s.io/node-args': JSON.stringify(['server', ...args])}},
	});
const etcdOf = (...nodes: readonly object[]) => embeddedEtcd(told({nodes}).nodes);

test('is there since its oldest server, and saves itself when they were told to', () => {
	const servers = [server('a', [], 90 * days), server('b', ['--etcd-snapshot-schedule-cron', '0 3 * * *'], 99 * days)];
	expect(etcdOf(...servers, node('worker'))).toEqual({since: now - 99 * days, cron: '0 3 * * *'});
	expect(etcdOf(server('a', []))).toEqual({since: now - 100 * days, cron: undefined});
});

test('is not where no server of k3s shows it, nor where nobody wants its snapshots', () => {
	expect(etcdOf(node('a'))).toBeUndefined();
	expect(etcdOf(server('a', [], days, 'v1.35.4'))).toBeUndefined();
	expect(etcdOf(server('a', ['--etcd-disable-snapshots']))).toBeUndefined();
});

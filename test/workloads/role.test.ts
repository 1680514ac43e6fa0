import {expect, test} from 'vitest';
import type {PodRecord} from '../../source/workloads/pod.ts';
import {podKind} from '../../source/workloads/pod.ts';
import {missedAs} from '../../source/workloads/role.ts';
import {project} from '../_helpers/hostile.ts';
import {pod} from './objects.ts';

const record = (path: string, labels: object): PodRecord | undefined => project(podKind, pod(path, {metadata: {labels}}));

test.each([
	['kube-system/coredns-5c', {'k8s-app': 'kube-dns'}, 'core-service-down:coredns'],
	['vcluster/coredns-5c', {'k8s-app': 'kube-dns'}, undefined],
	['kube-system/etcd-nuc-1', {component: 'etcd', tier: 'control-plane'}, 'core-service-down:etcd'],
	['kube-system/cilium-5c', {'k8s-app': 'cilium'}, 'core-service-down:cilium on nuc-1'],
	['kube-system/calico-node-5c', {'k8s-app': 'calico-node'}, 'core-service-down:calico on nuc-1'],
	['longhorn-system/longhorn-manager-5c', {app: 'longhorn-manager'}, 'controller-down:longhorn-manager'],
	['kube-system/metrics-server-5c', {'k8s-app': 'metrics-server'}, undefined],
	['media/jellyfin-0', {app: 'jellyfin'}, undefined],
])('%s is missed as such', (path, labels, name) => {
	const of = record(path, labels);
	expect(of).toBeDefined();
	expect(of && missedAs(of)).toBe(name);
});

import {expect, it} from 'vitest';
import {configMaps} from '../../../source/demo/objects/corefile.ts';
import {endpointSlices} from '../../../source/demo/objects/endpoints.ts';
import {minutesBefore, podOf, start, troubled} from './started.ts';

it('has no CoreDNS, and applications that fail on their lookups', () => {
	const {stage} = start('dns-down');
	expect(troubled(stage)).toEqual([
		'apps/nextcloud CrashLoopBackOff',
		'auth/authentik-server CrashLoopBackOff',
		'auth/oauth2-proxy running',
		'kube-system/coredns CrashLoopBackOff',
		'kube-system/coredns CrashLoopBackOff',
		'network/cloudflared running',
		'network/cloudflared running',
		'photos/immich-server CrashLoopBackOff',
	]);
	const last = (namespace: string, workload: string) =>
		podOf(stage, namespace, workload).status?.containerStatuses?.[0]?.lastState?.terminated?.message;
	expect(last('kube-system', 'coredns')).toContain("Unknown directive 'forwrad'");
	expect(last('auth', 'authentik-server')).toContain('on 10.43.0.10:53: server misbehaving');
	expect(last('photos', 'immich-server')).toContain('10.43.0.10:53: i/o timeout');
	const [slice] = endpointSlices
		.all(stage.store, 'kube-system')
		.filter(({metadata}) => metadata.labels?.['kubernetes.io/service-name'] === 'kube-dns');
	expect(slice?.endpoints.map(({conditions}) => conditions.ready)).toEqual([false, false]);
});

it('tells when the Corefile was edited, and is well again when that is taken back', () => {
	const {stage, advance} = start('dns-down');
	const where = {metadata: {name: 'coredns', namespace: 'kube-system'}};
	const [entry] = (configMaps.get(stage.store, 'coredns', 'kube-system')?.metadata.managedFields ?? []) as Array<{time: string}>;
	expect(minutesBefore(entry?.time)).toBe(17);
	configMaps.change(stage.store, where, draft => {
		draft.data = {Corefile: (draft.data?.Corefile ?? '').replace('forwrad', 'forward')};
	});
	advance(700);
	expect(troubled(stage)).toEqual([]);
});

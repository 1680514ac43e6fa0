import {expect, it} from 'vitest';
import {conditionOf, nodes} from '../../../source/demo/objects/node.ts';
import {eventsOf, minutesBefore, podOf, start, troubled} from './started.ts';

const stuck = [
	'apps/vaultwarden ContainerCreating',
	'home/home-assistant ContainerCreating',
	'monitoring/grafana ContainerCreating',
];

it('leaves pods that were made since without their volumes, and everything else green', () => {
	const {stage} = start('csi-broken');
	expect(troubled(stage)).toEqual(stuck);
	const told = eventsOf(stage, 'FailedMount');
	expect(told).toHaveLength(3);
	for (const {message, count, lastTimestamp, source} of told) {
		expect(message).toMatch(/^MountVolume.MountDevice failed for volume "pvc-[0-9a-f-]{36}" : kubernetes.io\/csi: /);
		expect(message).toContain('driver name driver.longhorn.io not found in the list of registered CSI drivers');
		expect(count).toBeGreaterThan(8);
		expect(minutesBefore(lastTimestamp)).toBeLessThan(4);
		expect(source).toEqual({component: 'kubelet', host: 'nuc-3'});
	}
});

it('says what was changed: the arguments of k3s, a kubelet that started, a plugin that looks elsewhere', () => {
	const {stage} = start('csi-broken');
	const args = (name: string) => nodes.get(stage.store, name)?.metadata.annotations?.['k3s.io/node-args'];
	expect(args('nuc-3')).toContain('"--kubelet-arg","root-dir=/data/kubelet"');
	expect(args('nuc-2')).not.toContain('root-dir');
	const [started] = eventsOf(stage, 'Starting');
	expect(started).toMatchObject({involvedObject: {kind: 'Node', name: 'nuc-3'}, message: 'Starting kubelet.'});
	expect(minutesBefore(started?.lastTimestamp)).toBe(50);
	const node = nodes.get(stage.store, 'nuc-3');
	expect(minutesBefore(node && conditionOf(node, 'Ready')?.lastTransitionTime)).toBe(50);
	expect(podOf(stage, 'longhorn-system', 'longhorn-csi-plugin').spec.volumes).toContainEqual({
		name: 'registration-dir',
		hostPath: {path: '/var/lib/kubelet/plugins_registry', type: 'DirectoryOrCreate'},
	});
	const registered = stage.store.get({group: 'storage.k8s.io', plural: 'csinodes', namespace: '', name: 'nuc-3'});
	expect(registered?.spec).toMatchObject({drivers: [{name: 'driver.longhorn.io'}]});
});

it('goes on: what is restarted next hangs as well', () => {
	const {stage, advance} = start('csi-broken');
	advance(300);
	expect(troubled(stage)).toEqual(['ai/open-webui ContainerCreating', ...stuck]);
});

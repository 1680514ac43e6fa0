import type {Scenario, Stage} from '../model.ts';
import {leases} from '../objects/lease.ts';
import {pods} from '../objects/pod.ts';
import {microStamp} from '../objects/time.ts';
import {workloadOf} from '../players/owned.ts';
import {lived} from './lived.ts';

/** Every kube-vip has given up its lease and hangs: nobody answers at the shared address, while all servers live. */
export const vipLost: Scenario = {
	id: 'vip-lost',
	title: 'The address of the API server has no owner',
	description:
		'kube-vip has hung on every server for four minutes: nobody holds 10.0.0.10, though each server still answers by its own address',
	worlds: ['homelab'],
	steps: lived([{at: -240, what: 'kube-vip hangs on every server', act: hang}]),
};

function hang(stage: Stage, at: number): void {
	const hung = new Set(
		pods.all(stage.store, 'kube-system').flatMap(pod => (workloadOf(pod) === 'kube-vip' ? [pod.metadata.uid] : [])),
	);
	stage.ailments.add({is: 'hung', since: at, hits: ({metadata}) => hung.has(metadata.uid)});
	for (const lease of leases.all(stage.store, 'kube-system').filter(({metadata}) => metadata.name.startsWith('plndr-'))) {
		leases.change(stage.store, lease, draft => {
			draft.spec = {...draft.spec, renewTime: microStamp(at)};
		});
	}
}

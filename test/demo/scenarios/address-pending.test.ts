import {expect, it} from 'vitest';
import {nodeConfigs} from '../../../source/demo/objects/cilium/node-config.ts';
import {pools} from '../../../source/demo/objects/cilium/pool.ts';
import {services} from '../../../source/demo/objects/service.ts';
import {minutesBefore, start, troubled} from './started.ts';

it('has one session down, and a service without an address', () => {
	const {stage, advance} = start('address-pending');
	const states = () =>
		nodeConfigs.all(stage.store).map(({metadata, status}) => [metadata.name, status?.bgpInstances?.[0]?.peers[0]?.peeringState]);
	expect(states().filter(([, state]) => state !== 'established')).toEqual([['nuc-2', 'active']]);
	const waiting = services.get(stage.store, 'audiobookshelf', 'media');
	expect(waiting?.status?.loadBalancer).toEqual({});
	expect(waiting?.status?.conditions).toMatchObject([
		{type: 'cilium.io/IPAMRequestSatisfied', status: 'False', reason: 'out_of_ips'},
	]);
	const [{lastTransitionTime = ''} = {}] = (waiting?.status?.conditions ?? []) as Array<{lastTransitionTime?: string}>;
	expect(minutesBefore(lastTransitionTime)).toBe(20);
	const [pool] = pools.all(stage.store);
	expect(pool?.status?.conditions).toContainEqual(expect.objectContaining({type: 'cilium.io/IPsAvailable', message: '0'}));
	expect(troubled(stage)).toEqual([]);
	advance(600);
	expect(states().filter(([, state]) => state !== 'established')).toEqual([['nuc-2', 'active']]);
});

it('tells by who wrote last when the session went down and when the pool was cut', () => {
	const {stage} = start('address-pending');
	const written = (fields: unknown) => minutesBefore((fields as Array<{time: string}> | undefined)?.[0]?.time);
	expect(written(nodeConfigs.get(stage.store, 'nuc-2')?.metadata.managedFields)).toBe(25);
	expect(written(pools.all(stage.store)[0]?.metadata.managedFields)).toBe(45);
});

it('gives the address once there is one', () => {
	const {stage, advance} = start('address-pending');
	pools.change(stage.store, {metadata: {name: 'homelab'}}, draft => {
		draft.spec = {...draft.spec, blocks: [{start: '10.0.10.10', stop: '10.0.10.29'}]};
	});
	advance(10);
	expect(services.get(stage.store, 'audiobookshelf', 'media')?.status?.loadBalancer?.ingress).toMatchObject([{ip: '10.0.10.19'}]);
});

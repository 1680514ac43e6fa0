import type {Scenario, Stage} from '../model.ts';
import {pools} from '../objects/cilium/pool.ts';
import {writtenBy} from '../objects/object.ts';
import {service, tcp} from '../objects/service.ts';
import {workload} from '../objects/workload.ts';
import {app} from '../worlds/build/row.ts';
import {lived} from './lived.ts';
import {setSession} from './session.ts';

const host = 'nuc-2';
const wanting = {namespace: 'media', name: 'audiobookshelf'};

/** One session is down; a new service waits for an address from a pool that somebody has made too small. */
export const addressPending: Scenario = {
	id: 'address-pending',
	title: 'A service gets no address',
	description: `the session of ${host} has been down for 25 minutes; media/audiobookshelf waits for an address, the pool was cut to nine`,
	worlds: ['homelab'],
	steps: lived([
		{at: -2700, what: 'the pool is cut to the addresses that are taken', act: cut},
		{at: -1500, what: `the session of ${host} goes down`, act: (stage, at) => setSession(stage, host, 'active', at)},
		{at: -1200, what: 'audiobookshelf is installed', act: install},
	]),
};

function cut({store}: Stage, at: number): void {
	pools.change(store, {metadata: {name: 'homelab'}}, draft => {
		draft.metadata.generation = 2;
		draft.metadata.managedFields = [writtenBy('kubectl-edit', at, 'spec', 'cilium.io/v2')];
		draft.spec = {...draft.spec, blocks: [{start: '10.0.10.10', stop: '10.0.10.18'}]};
	});
}

function install({store}: Stage, at: number): void {
	const {namespace, name} = wanting;
	const row = app(namespace, name, 'ghcr.io/advplyr/audiobookshelf:2.31.0', [''], '50m', '256Mi', {port: 13_378});
	store.put(workload(row, at));
	const selector = {'app.kubernetes.io/name': name};
	const ports = [tcp(80, 'http', 13_378)];
	// The address only makes it a LoadBalancer: whether it gets one is up to the pool.
	const made = service({namespace, name, ports, selector, clusterIp: '10.43.19.7', address: '10.0.10.19', createdAt: at});
	store.put({...made, status: {loadBalancer: {}}});
}

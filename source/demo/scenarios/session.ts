import type {Stage} from '../model.ts';
import {ciliumWrites, nodeConfigs} from '../objects/cilium/node-config.ts';

/** Sets the state of a node's sessions; one that is down has no routes and no start. */
export function setSession({store}: Stage, node: string, peeringState: string, at: number): void {
	nodeConfigs.change(store, {metadata: {name: node}}, draft => {
		for (const instance of draft.status?.bgpInstances ?? []) {
			instance.peers = instance.peers.map(({name, peerAddress, peerASN}) => ({name, peerAddress, peerASN, peeringState}));
		}
		ciliumWrites(draft, at);
	});
}

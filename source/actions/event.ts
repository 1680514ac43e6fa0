import {write} from '../cluster/write.ts';
import type {RawName} from '../vocabulary.ts';
import type {Hands} from './hands.ts';

/** What is told of a node, for whoever asks later who did that and why. */
export type Told = {
	readonly node: {readonly name: RawName; readonly uid: string};
	readonly reason: 'Cordoned' | 'Uncordoned' | 'DrainStarted' | 'DrainEnded';
	readonly message: string;
};

/**
 * Leaves an Event on a node, where events of cluster-scoped objects are looked for: in `default`. It says who did something;
 * nothing depends on it, so where it may not be written it is not, and nobody hears of that. Never rejects.
 */
export async function leaveEvent({transport, now, by}: Hands, {node, reason, message}: Told): Promise<void> {
	const at = new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z');
	const body = {
		apiVersion: 'v1',
		kind: 'Event',
		metadata: {generateName: `${node.name.slice(0, 200)}.`, namespace: 'default'},
		involvedObject: {apiVersion: 'v1', kind: 'Node', name: node.name, uid: node.uid},
		type: 'Normal',
		reason,
		message: message.slice(0, 1024),
		count: 1,
		firstTimestamp: at,
		lastTimestamp: at,
		source: {component: 'midwatch', host: by.slice(0, 128)},
		reportingComponent: 'midwatch',
		reportingInstance: by.slice(0, 128),
	};
	try {
		await write(transport, {method: 'POST', path: '/api/v1/namespaces/default/events', body, within: 3000});
	} catch {
		// See above.
	}
}

import type {Cluster} from '../../source/cluster/cluster.ts';
import type {SourceState} from '../../source/vocabulary.ts';
import {now} from './symptoms.ts';

/** A cluster of which every source is like this. */
export function everySource(state: SourceState, server = 'https://127.0.0.1:6443'): Cluster {
	const reading = {state, records: new Map<string, never>(), revision: 0};
	return {
		source: ({id}: {readonly id: string}) => ({id, reading: () => reading, onRecord: () => () => {}}),
		onChange: () => () => {},
		now: () => now,
		transport: {
			server: new URL(server),
			call: () => Promise.reject(new Error('nobody is asked')),
			open: () => {},
			line: () => ({is: 'up', heardAt: now, roundTrips: [], latency: 'unknown', skew: 0}),
			certificates: () => [],
			onLine: () => () => {},
			onDrain: () => () => {},
			close: () => {},
		},
		version: () => undefined,
		close: () => {},
	};
}

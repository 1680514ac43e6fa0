import {keyOf, type RawName, type Reading} from '../vocabulary.ts';
import type {EndpointsRecord} from '../workloads/endpoints.ts';

/** A service, by name. */
export type ServiceName = {readonly namespace: RawName; readonly name: RawName};

/** Who answers for a service now. */
export type Answering = ServiceName & {
	/** How many lists there are of them; none where there is no such service, or nobody looks for what answers for it. */
	readonly slices: number;
	/** How many endpoints take requests, of how many. */
	readonly ready: number;
	readonly total: number;
	readonly unready: EndpointsRecord['unready'];
	/** When the list of them last changed, epoch ms; 0 where that was not noted. */
	readonly changedAt: number;
};

/** Who answers for a service; undefined where that cannot be told. */
export type Answers = (service: ServiceName) => Answering | undefined;

/** Who answers for these services, few of all there are: for one without a slice, nobody. One pass over the slices. */
export function answersFor(wanted: readonly ServiceName[], {state, records, limitedTo}: Reading<EndpointsRecord>): Answers {
	if (state.is === 'loading' || state.is === 'denied' || state.is === 'absent' || limitedTo !== undefined) return () => undefined;
	const slices = new Map<string, EndpointsRecord[]>(wanted.map(({namespace, name}) => [keyOf(namespace, name), []]));
	for (const slice of records.values()) slices.get(keyOf(slice.namespace, slice.service))?.push(slice);
	return ({namespace, name}) => ({namespace, name, ...together(slices.get(keyOf(namespace, name)) ?? [])});
}

function together(slices: readonly EndpointsRecord[]): Omit<Answering, keyof ServiceName> {
	return {
		slices: slices.length,
		ready: slices.reduce((sum, {ready}) => sum + ready, 0),
		total: slices.reduce((sum, {total}) => sum + total, 0),
		unready: slices.flatMap(({unready}) => unready),
		changedAt: Math.max(0, ...slices.map(({changedAt}) => changedAt)),
	};
}

import {keyOf, type RawName, type Tally} from '../vocabulary.ts';
import type {EventRecord} from './event.ts';
import {withoutHash} from './owner.ts';

/** Where the events about an object are found; those about a ReplicaSet under the name of its Deployment. */
export function warningsKey(kind: string, namespace: RawName, name: RawName): string {
	return keyOf(namespace, `${kind}/${kind === 'ReplicaSet' ? withoutHash(name) : name}`);
}

/** The events about each object. */
export const warningsTally: Tally<EventRecord, readonly EventRecord[]> = {
	key: ({kind, about}) => warningsKey(kind, about.namespace, about.name),
	empty: [],
	add: (events, event) => [...events, event],
	remove: (events, event) => events.filter(each => each !== event),
};

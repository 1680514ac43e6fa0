import type {KubeObject, Stage} from '../model.ts';
import {type EventRow, event} from '../objects/event.ts';
import {shelf} from '../objects/shelf.ts';
import {hour, instantOf} from '../objects/time.ts';
import type {Player} from './player.ts';

type EventObject = KubeObject & {count?: number; firstTimestamp?: string; lastTimestamp?: string};

const events = shelf<EventObject>('', 'events');

/** Records an event; the same one again only counts up. */
export function record(stage: Stage, row: EventRow): void {
	const made: EventObject = event(row);
	const before = events.get(stage.store, made.metadata.name, made.metadata.namespace);
	const again = before ? {count: (before.count ?? 1) + 1, firstAt: instantOf(before.firstTimestamp)} : {};
	stage.store.put(event({...row, ...again}));
}

/** As `record`, but says nothing while the last time is less than `seconds` ago. */
export function recordRarely(stage: Stage, seconds: number, row: EventRow): void {
	const made: EventObject = event(row);
	const before = events.get(stage.store, made.metadata.name, made.metadata.namespace);
	if (row.at - instantOf(before?.lastTimestamp) >= seconds * 1000) record(stage, row);
}

/** The API server forgets events after an hour. */
export const expiry: Player = {
	name: 'expiry of events',
	every: 60,
	act: ({store}, now) => {
		for (const each of events.all(store))
			if (each.lastTimestamp && instantOf(each.lastTimestamp) < now - hour) events.remove(store, each);
	},
};

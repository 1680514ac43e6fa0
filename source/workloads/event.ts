import type {Kind} from '../cluster/kind.ts';
import {instant, name, number, type Raw, text} from '../cluster/raw.ts';
import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';

/** What the cluster noted down of an object; kept by the API server for an hour unless told otherwise. */
export type EventRecord = StoredRecord & {
	readonly isWarning: boolean;
	readonly reason: SafeText;
	readonly message: SafeText;
	/** What it is about. */
	readonly kind: SafeText;
	readonly about: {readonly namespace: RawName; readonly name: RawName; readonly uid: string};
	/** Epoch ms of the first and of the last time, and how often. */
	readonly firstAt: number;
	readonly lastAt: number;
	readonly count: number;
	/** Who noted it: `kubelet`, `default-scheduler`; and on which node, `''` where that is not said. */
	readonly from: SafeText;
	readonly host: RawName;
};

function project(raw: Raw, identity: StoredRecord): EventRecord {
	const {involvedObject, source, series} = raw;
	const noted = instant(raw.eventTime) || identity.createdAt;
	const firstAt = instant(raw.firstTimestamp) || noted;
	return {
		...identity,
		isWarning: name(raw.type) === 'Warning',
		reason: text(raw.reason, 128),
		message: text(raw.message, 512),
		kind: text(involvedObject?.kind, 64),
		about: {namespace: name(involvedObject?.namespace), name: name(involvedObject?.name), uid: name(involvedObject?.uid)},
		firstAt,
		lastAt: instant(series?.lastObservedTime) || instant(raw.lastTimestamp) || firstAt,
		count: number(series?.count) ?? number(raw.count) ?? 1,
		from: text(source?.component, 64) || text(raw.reportingComponent, 64),
		host: name(source?.host),
	};
}

const events = {group: '', versions: ['v1'], plural: 'events', kind: 'Event', namespaced: true, project} as const;

/** What went wrong, anywhere. */
export const warningKind: Kind<EventRecord> = {...events, id: 'events/warnings', fieldSelector: 'type=Warning'};

/** Whatever happened to nodes: they are few, and what was done to one explains much. */
export const nodeEventKind: Kind<EventRecord> = {...events, id: 'events/nodes', fieldSelector: 'involvedObject.kind=Node'};

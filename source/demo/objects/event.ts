import type {KubeObject} from '../model.ts';
import {uidOf} from './identity.ts';
import {object} from './object.ts';
import {stamp} from './time.ts';

export type EventRow = {
	readonly about: KubeObject;
	readonly type: 'Normal' | 'Warning';
	readonly reason: string;
	readonly message: string;
	readonly from: string;
	readonly at: number;
	readonly host?: string;
	readonly count?: number;
	readonly firstAt?: number;
};

/** An event as the old recorder writes it. Its name follows from its text, so that a repetition meets the first one. */
export function event(row: EventRow): KubeObject {
	const {about, type, reason, message, at, count = 1, firstAt = at} = row;
	const {name, namespace = '', uid = ''} = about.metadata;
	const ending = uidOf(uid, reason, message).replaceAll('-', '').slice(0, 16);
	return object(
		'v1',
		'Event',
		{
			name: `${name}.${ending}`,
			namespace: namespace || 'default',
			createdAt: firstAt,
			uid: uidOf('Event', namespace, name, ending),
		},
		{
			involvedObject: {apiVersion: about.apiVersion, kind: about.kind, name, uid, ...(namespace ? {namespace} : {})},
			type,
			reason,
			message,
			source: {component: row.from, ...(row.host ? {host: row.host} : {})},
			firstTimestamp: stamp(firstAt),
			lastTimestamp: stamp(at),
			count,
			eventTime: null,
			reportingComponent: row.from,
			reportingInstance: row.host ?? '',
		},
	);
}

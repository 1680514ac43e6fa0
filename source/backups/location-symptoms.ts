import {nameOf, type Symptom} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {inLines, join, shownName} from '../words.ts';
import {holdsData} from './beside-data.ts';
import {placeOf} from './host.ts';
import type {LocationFact} from './location.ts';
import {locationPatience} from './verdict.ts';

/** What a location is judged by beside itself: the servers that hold the data, and their other names. */
export type Beside = {readonly servers: ReadonlySet<string>; readonly aliases: Settings['aliases']};

const about = ({shown, record}: LocationFact) => ({
	about: shown,
	...(record && {
		subject: {resource: record.resource, namespace: record.namespace, name: record.name},
	}),
});

/** `tier-0`, `tier-0 and tier-1`, `tier-0, tier-1 and tier-2`. */
function listOf(names: readonly SafeText[]): SafeText {
	const last = names.at(-1) ?? own('');
	return names.length < 2 ? last : say`${join(names.slice(0, -1))} and ${last}`;
}

const where = ({record}: LocationFact): SafeText =>
	record === undefined ? own('') : join([record.provider, record.bucket, record.host]);

/** What would explain that a location does not answer. */
function causesOf({record}: LocationFact, {servers, aliases}: Beside): readonly string[] {
	if (record === undefined) return [];
	const {host, message} = record;
	return [
		...(holdsData(host, servers, aliases) ? [nameOf('storage-server-down', aliases[host] ?? host)] : []),
		...(/\blookup\b/.test(message) ? [nameOf('core-service-down', 'coredns')] : []),
	];
}

function unavailable(location: LocationFact, beside: Beside): Symptom | undefined {
	const {record, feeds} = location;
	if (record !== undefined && record.phase !== 'Unavailable') return undefined;
	const fed = feeds.filter(({paused}) => !paused);
	const [warning, critical] = locationPatience;
	return {
		...about(location),
		id: 'location-unavailable',
		after: fed.length === 0 ? {warning} : {warning, critical},
		since: record?.syncedAt ?? 0,
		title: own(record === undefined ? 'does not exist' : ''),
		more: fed.length === 0 ? own('feeds no schedule that runs') : say`feeds ${listOf(fed.map(shownName))}`,
		evidence: [...inLines(record?.message ?? own('')), where(location)].filter(line => line !== ''),
		causes: causesOf(location, beside),
		...(fed.length === 0 ? {class: 'risk'} : {}),
	};
}

function sameFailureDomain(location: LocationFact, {servers, aliases}: Beside): Symptom | undefined {
	const {record, feeds} = location;
	if (record === undefined || feeds.length === 0) return undefined;
	const {host} = record;
	const isInside = placeOf(host) === 'cluster';
	if (!isInside && !holdsData(host, servers, aliases)) return undefined;
	return {
		...about(location),
		id: 'backup-same-failure-domain',
		after: {warning: 0},
		since: 0,
		title: isInside ? say`${host} is a service of this cluster` : say`${host} holds the data as well`,
		evidence: [where(location), say`feeds ${listOf(feeds.map(shownName))}`],
		causes: [],
	};
}

/** What is wrong with a location. */
export function locationSymptoms(location: LocationFact, beside: Beside): readonly Symptom[] {
	return [unavailable(location, beside), sameFailureDomain(location, beside)].filter(symptom => symptom !== undefined);
}

import {type Discovered, discover, servedVersion} from '../cluster/discovery.ts';
import type {Kind, System} from '../cluster/kind.ts';
import {safeText} from '../cluster/safe-text.ts';
import {scrapes, systems} from '../findings/systems.ts';
import {stateWords} from '../interface/widgets/source-state.ts';
import {
	type Health,
	own,
	type PaneView,
	type Reading,
	type SafeText,
	type SourceState,
	type StoredRecord,
	say,
} from '../vocabulary.ts';
import {isKnown, join, unknown} from '../words.ts';
import type {Once} from './once.ts';

/** One source: a resource at the version it is read at, or something that is scraped. */
export type Found = {
	readonly system: string;
	readonly what: SafeText;
	/** `''` where it is not served, or that could not be found out. */
	readonly version: string;
	readonly objects: number;
	readonly state: SourceState;
	/** The only namespace of it that may be read, and what is missing for the others. */
	readonly limitedTo: Reading<unknown>['limitedTo'];
	/** Targets of a scrape that do not answer as they should. */
	readonly failing: readonly SafeText[];
};

/** Whoever may not discover still sees which sources answer. */
const discovered = ({cluster, nothing}: Once): Promise<Discovered | undefined> =>
	nothing ? Promise.resolve(undefined) : discover(cluster.transport).catch(() => undefined);

/** `nodes`, `leases.coordination.k8s.io in kube-system`, `pods (app=nvidia-dcgm-exporter)`. */
const nameOf = ({plural, group, namespace, labelSelector, fieldSelector}: Kind<StoredRecord>): SafeText => {
	const full = group === '' ? plural : `${plural}.${group}`;
	const chosen = [labelSelector, fieldSelector].filter(each => each !== undefined).join(',');
	return own(`${full}${namespace === undefined ? '' : ` in ${namespace}`}${chosen === '' ? '' : ` (${chosen})`}`);
};

/** Everything that is read of a cluster, with what came of it. */
export async function sourcesOf(seen: Once): Promise<readonly Found[]> {
	const {cluster} = seen;
	const served = await discovered(seen);
	const versionOf = (kind: Kind<StoredRecord>): string => {
		const as = served && servedVersion(served, kind);
		return as?.is === 'served' ? as.version : '';
	};
	const kindsOf = ({title, kinds}: System) =>
		kinds.map((kind): Found => {
			const {state, records, limitedTo} = cluster.source(kind).reading();
			return {system: title, what: nameOf(kind), version: versionOf(kind), objects: records.size, state, limitedTo, failing: []};
		});
	const scraped = scrapes.map((scrape): Found => {
		const {state, records, parts = new Map<string, SourceState>()} = cluster.source(scrape).reading();
		const failing = [...parts].filter(([, {is}]) => is !== 'polled').map(([key]) => safeText(key));
		return {system: 'Metrics', what: own(scrape.id), version: '', objects: records.size, state, limitedTo: undefined, failing};
	});
	return [...systems.flatMap(kindsOf), ...scraped];
}

const healthOf: Readonly<Record<SourceState['is'], Health>> = {
	live: 'ok',
	polled: 'ok',
	loading: 'unknown',
	stale: 'unknown',
	denied: 'unknown',
	absent: 'idle',
};

function stateText({state, limitedTo, failing}: Found, now: number): SafeText {
	const {badge, sentence} = stateWords(state, now);
	const limit = limitedTo && say`only namespace ${limitedTo.namespace}: ${limitedTo.missing}`;
	return join([sentence ?? badge ?? own(state.is), limit, failing.length === 0 ? undefined : say`no answer: ${join(failing)}`]);
}

/** The sources as a table, each system named once. */
export function sourcesView(found: readonly Found[], now: number): PaneView {
	const seen = found.filter(({state: {is}}) => is === 'live' || is === 'polled').length;
	return {
		summary: own(`${seen} of ${found.length} answer`),
		state: {is: 'live'},
		columns: [
			{id: 'system', title: 'SYSTEM', priority: 0},
			{id: 'what', title: 'READ FROM', priority: 0},
			{id: 'version', title: 'VERSION', priority: 0},
			{id: 'objects', title: 'OBJECTS', align: 'right', priority: 0},
			{id: 'state', title: 'STATE', priority: 0},
		],
		rows: found.map((one, at) => ({
			key: `${one.system}/${one.what}`,
			health: healthOf[one.state.is],
			cells: [
				{text: own(found[at - 1]?.system === one.system ? '' : one.system)},
				{text: one.what},
				{text: own(one.version)},
				{text: isKnown(one.state) ? own(`${one.objects}`) : unknown},
				{text: stateText(one, now)},
			],
		})),
		notes: [],
		empty: own(''),
	};
}

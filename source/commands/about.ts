import {stat} from 'node:fs/promises';
import {askJson} from '../cluster/ask.ts';
import {type Discovered, discover, servedVersion} from '../cluster/discovery.ts';
import type {Kind, System} from '../cluster/kind.ts';
import type {ClusterTarget, UserCredentials} from '../cluster/kubeconfig/target.ts';
import {latencyOf} from '../cluster/line/line.ts';
import {safeText} from '../cluster/safe-text.ts';
import type {Transport} from '../cluster/transport.ts';
import {configurationFile} from '../files/configuration.ts';
import {lastKnownFile} from '../files/places.ts';
import {scrapes, systems} from '../findings/systems.ts';
import {clockTime} from '../findings/tell.ts';
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
import {age, join} from '../words.ts';
import {readArguments} from './arguments.ts';
import {json} from './data.ts';
import {lookOnce, type Once} from './once.ts';
import {blindLines, glyphsFor, headLine, plainTable, plainText} from './plain.ts';
import {chooseTarget} from './target.ts';

declare const MIDWATCH_VERSION: string;

/** One source: a resource at the version it is read at, or something that is scraped. */
type Found = {
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

/** How the user is known to the server: the way, never what proves it. */
function credentialWords({exec, authProvider, tokenFile, token, certificate, basic, impersonate}: UserCredentials): SafeText {
	const ways = [
		exec && say`credential plugin ${safeText(exec.command)}`,
		authProvider && own('auth provider'),
		tokenFile && say`token file ${safeText(tokenFile)}`,
		token && own('token'),
		certificate && own('client certificate'),
		basic && own('user name and password'),
	];
	const way = ways.find(each => each !== undefined && each !== '') || own('none');
	return Object.keys(impersonate).length === 0 ? way : say`${way}, impersonating`;
}

/** Whoever may not discover still sees which sources answer. */
const discovered = ({cluster, nothing}: Once): Promise<Discovered | undefined> =>
	nothing ? Promise.resolve(undefined) : discover(cluster.transport).catch(() => undefined);

/** `nodes`, `leases.coordination.k8s.io in kube-system`, `pods (app=nvidia-dcgm-exporter)`. */
const nameOf = ({plural, group, namespace, labelSelector, fieldSelector}: Kind<StoredRecord>): SafeText => {
	const full = group === '' ? plural : `${plural}.${group}`;
	const chosen = [labelSelector, fieldSelector].filter(each => each !== undefined).join(',');
	return own(`${full}${namespace === undefined ? '' : ` in ${namespace}`}${chosen === '' ? '' : ` (${chosen})`}`);
};

function foundOf({cluster}: Once, served: Discovered | undefined): readonly Found[] {
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
function foundView(found: readonly Found[], now: number): PaneView {
	const seen = found.filter(({state: {is}}) => is === 'live' || is === 'polled').length;
	const isKnown = ({is}: SourceState) => is === 'live' || is === 'polled' || is === 'stale';
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
				{text: own(isKnown(one.state) ? `${one.objects}` : '–')},
				{text: stateText(one, now)},
			],
		})),
		notes: [],
		empty: own(''),
	};
}

/** How long one small request takes, in milliseconds; undefined where it is not answered. */
async function roundTrip(transport: Transport): Promise<number | undefined> {
	const from = performance.now();
	try {
		await askJson(transport, {path: '/version'});
		return performance.now() - from;
	} catch {
		return undefined;
	}
}

const isThere = (file: string): Promise<boolean> =>
	stat(file).then(
		() => true,
		() => false,
	);

/** What is known of the way to the cluster and of what is kept here about it. Times are epoch ms. */
async function surroundings({cluster, keeping: {place, known, marks}, nothing}: Once, target: ClusterTarget) {
	const trip = nothing ? undefined : await roundTrip(cluster.transport);
	const {protocol, readyz} = cluster.transport.line();
	const [configuration, lastKnown] = [configurationFile(process.env), lastKnownFile(process.env, place)];
	const kinds = [...marks().values()].map(({kind}) => kind);
	return {
		midwatch: MIDWATCH_VERSION,
		version: safeText(cluster.version() ?? ''),
		protocol: protocol ?? '',
		latency: latencyOf(trip === undefined ? [] : [trip]),
		milliseconds: trip === undefined ? undefined : Math.max(1, Math.round(trip)),
		ready: readyz?.ok,
		certificates: cluster.transport.certificates().map(({what, expiresAt}) => ({what, expiresAt})),
		credentials: credentialWords(target.user),
		kubeconfig: target.source,
		user: safeText(target.userName),
		namespace: safeText(target.namespace),
		configuration: {file: safeText(configuration, 4096), isThere: await isThere(configuration)},
		lastKnown: {file: safeText(lastKnown, 4096), seenAt: known?.seenAt},
		acknowledged: kinds.filter(kind => kind === 'acknowledged').length,
		accepted: kinds.filter(kind => kind === 'accepted').length,
	};
}

type Surroundings = Awaited<ReturnType<typeof surroundings>>;

function serverWords({version, protocol, latency, milliseconds, ready}: Surroundings): SafeText {
	const trip = milliseconds === undefined ? undefined : own(`${latency} (${milliseconds} ms)`);
	const readiness = ready === undefined ? undefined : own(ready ? 'ready' : 'not ready');
	return join([version === '' ? own('version not known') : version, own(protocol), trip, readiness]);
}

function labelledLines(about: Surroundings, now: number): string {
	const {certificates, configuration, lastKnown, acknowledged, accepted} = about;
	const lines: ReadonlyArray<readonly [string, SafeText]> = [
		['midwatch', own(about.midwatch)],
		['API server', serverWords(about)],
		...certificates.map(({what, expiresAt}) => {
			const left = expiresAt > now ? say`in ${age(now, expiresAt)}` : own('expired');
			return ['certificate', say`${own(what)}: until ${clockTime(expiresAt, now)} (${left})`] as const;
		}),
		['credentials', say`${about.credentials}, user ${about.user}, namespace ${about.namespace}`],
		['kubeconfig', about.kubeconfig],
		['configuration', say`${configuration.file}${own(configuration.isThere ? '' : ' (not there: everything at its default)')}`],
		[
			'last known',
			lastKnown.seenAt === undefined
				? say`${lastKnown.file} (not there: never checked)`
				: say`${lastKnown.file}, of ${clockTime(lastKnown.seenAt, now)} (${age(lastKnown.seenAt, now)} ago)`,
		],
		['marks', own(`${acknowledged} acknowledged, ${accepted} accepted`)],
	];
	const width = Math.max(...lines.map(([label]) => label.length));
	return lines.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n');
}

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());

function dataOf({head}: Once, about: Surroundings, found: readonly Found[]): object {
	return {
		schema: 'midwatch.about/1',
		...head,
		...about,
		certificates: about.certificates.map(({what, expiresAt}) => ({what, expires: iso(expiresAt)})),
		lastKnown: {file: about.lastKnown.file, seen: iso(about.lastKnown.seenAt)},
		sources: found,
	};
}

/** `midwatch about`: prints what was found on a cluster, at which versions, and which of it answers. Never a secret. */
export async function run(argv: readonly string[]): Promise<number> {
	const {flags} = await readArguments('about', argv);
	const target = await chooseTarget(flags, 3);
	return lookOnce(target, flags, async seen => {
		const found = foundOf(seen, await discovered(seen));
		const about = await surroundings(seen, target);
		const glyphs = glyphsFor(flags);
		const parts = () => [
			headLine(seen.head, glyphs),
			labelledLines(about, seen.now),
			...(seen.nothing ? blindLines(seen.blind, glyphs) : [plainTable('Sources', foundView(found, seen.now), glyphs, seen.now)]),
		];
		process.stdout.write(flags.output === 'json' ? json(dataOf(seen, about, found)) : plainText(parts(), glyphs));
		return seen.head.exit;
	});
}

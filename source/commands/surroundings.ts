import {stat} from 'node:fs/promises';
import {askJson} from '../cluster/ask.ts';
import type {ClusterTarget, UserCredentials} from '../cluster/kubeconfig/target.ts';
import {latencyOf} from '../cluster/line/line.ts';
import {safeText} from '../cluster/safe-text.ts';
import type {Transport} from '../cluster/transport.ts';
import {configurationFile} from '../files/configuration.ts';
import {lastKnownFile} from '../files/places.ts';
import {clockTime} from '../findings/tell.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {age, join} from '../words.ts';
import {placeOf} from './background.ts';
import type {Once} from './once.ts';

declare const MIDWATCH_VERSION: string;

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
export async function surroundingsOf({cluster, keeping: {known, marks}, nothing}: Once, target: ClusterTarget) {
	const trip = nothing ? undefined : await roundTrip(cluster.transport);
	const {protocol, readyz} = cluster.transport.line();
	const [configuration, lastKnown] = [configurationFile(process.env), lastKnownFile(process.env, await placeOf(target))];
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

export type Surroundings = Awaited<ReturnType<typeof surroundingsOf>>;

function serverWords({version, protocol, latency, milliseconds, ready}: Surroundings): SafeText {
	const trip = milliseconds === undefined ? undefined : own(`${latency} (${milliseconds} ms)`);
	const readiness = ready === undefined ? undefined : own(ready ? 'ready' : 'not ready');
	return join([version === '' ? own('version not known') : version, own(protocol), trip, readiness]);
}

/** The same as lines, each with its label. `now` is epoch ms. */
export function surroundingLines(about: Surroundings, now: number): string {
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

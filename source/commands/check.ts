import {setTimeout} from 'node:timers/promises';
import type {Cluster} from '../cluster/cluster.ts';
import {listContexts} from '../cluster/kubeconfig/load.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {type Probe, probe} from '../cluster/probe.ts';
import {safeText} from '../cluster/safe-text.ts';
import {keepLastKnown} from '../files/last-known.ts';
import {clusterLine, clustersLine, contextLine} from '../findings/check/clusters.ts';
import {checkData} from '../findings/check/json.ts';
import {whenWords} from '../findings/check/layout.ts';
import {checkLines, headLine, stateWords} from '../findings/check/lines.ts';
import {clustersNagios, nagiosLine, unreachableLine} from '../findings/check/nagios.ts';
import {knockable, unreachableLines} from '../findings/check/unreachable.ts';
import {
	type Asked,
	type CheckVerdict,
	exitOf,
	type State,
	unseenVerdict,
	verdictOf,
	worstState,
} from '../findings/check/verdict.ts';
import {keptOf} from '../findings/keep.ts';
import {unseen} from '../findings/unseen.ts';
import {truncate} from '../interface/widgets/width.ts';
import type {LastKnown} from '../last-known.ts';
import {shippedFor} from '../runbooks/match/shipped.ts';
import {own, type SafeText} from '../vocabulary.ts';
import {age, whyUnread} from '../words.ts';
import {readArguments} from './arguments.ts';
import {type Keeping, keepingOf} from './background.ts';
import {Complaint} from './complaint.ts';
import {json} from './data.ts';
import {settled} from './settle.ts';
import {chooseTarget} from './target.ts';
import {readCluster, watchWorld} from './watch.ts';

type Flags = Readonly<Record<string, string | number | boolean | undefined>>;

/** Milliseconds: the whole look, one from a login message, and when to knock at a server that has said nothing. */
const usual = 2000;
const atLogin = 1000;
const knockAfter = 800;
const knockFor = 1000;
/** What gives up by itself after a second (an exporter) has then been heard to. */
const forOptional = 1050;

/** What one look came to: a verdict, or why there is none. */
type Look = {
	readonly target: ClusterTarget;
	readonly context: SafeText;
	readonly now: number;
	readonly version: SafeText;
	readonly known: LastKnown | undefined;
} & (
	| {readonly is: 'judged'; readonly verdict: CheckVerdict}
	| {readonly is: 'unreachable'; readonly why: SafeText; readonly isHeard: boolean; readonly probes: readonly Probe[]}
);

type Plan = {readonly asked: Asked; readonly patience: number; readonly login: boolean};

const list = (flag: Flags[string]): readonly string[] =>
	typeof flag === 'string'
		? flag
				.split(',')
				.map(part => part.trim())
				.filter(part => part !== '')
		: [];

function planOf(flags: Flags): Plan {
	const login = flags.login === true;
	const seconds = flags.timeout === undefined ? undefined : Number(flags.timeout);
	return {
		asked: {optional: list(flags.optional), ignore: list(flags.ignore), risks: flags.risks === true},
		patience: seconds === undefined ? (login ? atLogin : usual) : Math.min(seconds * 1000, 86_400_000),
		login,
	};
}

/** Knocks at the server and the known nodes while nothing at all has come from the server. */
async function knocking(
	cluster: Cluster,
	target: ClusterTarget,
	known: LastKnown | undefined,
	patience: number,
): Promise<readonly Probe[]> {
	const within = Math.min(knockFor, patience - knockAfter);
	if (within <= 0) return [];
	await setTimeout(knockAfter, undefined, {ref: false});
	if (cluster.transport.line().heardAt > 0) return [];
	return probe(knockable(target.server, known), within);
}

/** Why nothing was seen: in the words of the line, or of the first source where the line is well. */
function whyOf(cluster: Cluster, patience: number): SafeText {
	const {is, why} = cluster.transport.line();
	const refused = unseen(cluster).blind.find(({state}) => state.is !== 'loading');
	const told = is === 'up' && refused !== undefined ? whyUnread(refused.state) : why;
	return told ?? own(`no answer within ${patience / 1000} s`);
}

/** What was seen is kept at most once a minute: whoever asks more often, asks for the same. Milliseconds. */
const keptEvery = 60_000;

async function look(target: ClusterTarget, {asked, patience, login}: Plan, keeping: Keeping): Promise<Look> {
	const {known, settings, place} = keeping;
	const watched = watchWorld(readCluster(target, false, {once: true, outline: true}), keeping);
	try {
		const {cluster} = watched.world;
		const probing = login ? Promise.resolve([]) : knocking(cluster, target, known, patience);
		await settled(watched, {whole: patience, hopeless: login ? patience : knockAfter, optional: forOptional});
		const context = safeText(target.contextName);
		const now = cluster.now();
		const seen = {target, context, now, version: safeText(cluster.version() ?? ''), known};
		if (unseen(cluster).nothing) {
			const isHeard = cluster.transport.line().heardAt > 0;
			return {...seen, is: 'unreachable', why: whyOf(cluster, patience), isHeard, probes: await probing};
		}
		watched.world.renew();
		const world = watched.world.current();
		const optional = [...asked.optional, ...settings.optional];
		const verdict = verdictOf(world, {...asked, optional}, settings.stateless);
		if (known === undefined || Math.abs(now - known.seenAt) >= keptEvery)
			await keepLastKnown(process.env, place, keptOf(world, cluster, context, known));
		return {...seen, is: 'judged', verdict};
	} finally {
		watched.close();
	}
}

const stateOf = (seen: Look): State => (seen.is === 'judged' ? seen.verdict.state : 'unknown');

function textOf(seen: Look, brief: boolean, took: number): readonly string[] {
	const {context, now} = seen;
	if (seen.is === 'judged') {
		const head = {context, version: seen.version, now, took};
		return brief ? [headLine(seen.verdict, head)] : checkLines(seen.verdict, head, shippedFor);
	}
	const lines = unreachableLines({...seen, server: seen.target.server}, context, took, shippedFor);
	return brief ? lines.slice(0, 1) : lines;
}

function lineOf(seen: Look, within: number): string {
	if (seen.is === 'judged') return clusterLine(seen.verdict, seen.context, within, seen.now);
	const {known, now, why} = seen;
	const last = known === undefined ? '' : `; last seen ${whenWords(known.seenAt, now)}`;
	return contextLine('unknown', seen.context, within, `${why}${last}`);
}

function nagiosOf(looks: readonly Look[], took: number, limit: number): string {
	const [first] = looks;
	if (first === undefined || looks.length > 1) {
		const all = looks.map(seen => ({context: seen.context, state: stateOf(seen)}));
		return clustersNagios(all, worstState(all.map(({state}) => state)), took, limit);
	}
	const {context, target, known, now} = first;
	const head = {context, took, limit, tiers: [...(known?.tiers?.keys() ?? [])]};
	if (first.is === 'judged') return nagiosLine(first.verdict, head);
	const last = known === undefined ? '' : ` (last ${stateWords[known.verdict.state]} ${age(known.seenAt, now)} ago)`;
	const what = first.isHeard ? 'lets us see nothing' : `no answer in ${(took / 1000).toFixed(1)}s`;
	return unreachableLine(`${target.server.href.replace(/\/$/, '')} ${what}${last}`, head);
}

function dataOf(seen: Look, took: number): object {
	const {context, version, now, target} = seen;
	const verdict = seen.is === 'judged' ? seen.verdict : unseenVerdict(seen.why);
	return checkData(verdict, target.server.href, {context, version, now, took});
}

/** The contexts that are asked for: the current one, those named, or all. */
async function targetsOf(flags: Flags): Promise<readonly ClusterTarget[]> {
	const named = list(flags.context);
	if (flags['all-contexts'] !== true && named.length < 2) return [await chooseTarget(flags, 3)];
	const {kubeconfig} = flags;
	const wish = {env: process.env, ...(typeof kubeconfig === 'string' ? {path: kubeconfig} : {})};
	const contexts = flags['all-contexts'] === true ? (await listContexts(wish)).map(({name}) => name as string) : named;
	return Promise.all(contexts.map(context => chooseTarget({...flags, context}, 3)));
}

/** What is known beforehand. A verdict without what its user declared and accepted would be another one. */
async function keepings(targets: readonly ClusterTarget[]): Promise<readonly Keeping[]> {
	const read = await Promise.all(targets.map(target => keepingOf(target, process.env))).catch((error: unknown) => {
		throw new Complaint((error as {sentence?: string}).sentence ?? (error as Error).message, 3);
	});
	const complaint = read.flatMap(({complaints}) => complaints)[0];
	if (complaint !== undefined) throw new Complaint(complaint, 3);
	return read;
}

/** `midwatch check`: looks once, says what is wrong in a few lines, and ends with what a monitoring system understands. */
export async function run(argv: readonly string[]): Promise<number> {
	const {flags} = await readArguments('check', argv);
	const plan = planOf(flags);
	const targets = await targetsOf(flags);
	const keeping = await keepings(targets);
	const looks = await Promise.all(
		targets.flatMap((target, at) => (keeping[at] === undefined ? [] : [look(target, plan, keeping[at])])),
	);
	const took = performance.now();
	const state = worstState(looks.map(stateOf));
	process.stdout.write(`${printed(looks, flags, plan, took)}\n`);
	return exitOf[state];
}

/** What is printed, no line wider than a screen: wide characters count twice there. */
const columns = 80;

function printed(looks: readonly Look[], flags: Flags, plan: Plan, took: number): string {
	if (flags.output === 'nagios') return nagiosOf(looks, took, plan.patience);
	const [only] = looks;
	const isAlone = looks.length === 1 && only !== undefined;
	if (flags.output === 'json') return json(isAlone ? dataOf(only, took) : looks.map(seen => dataOf(seen, took))).trimEnd();
	const lines = isAlone ? textOf(only, flags.brief === true, took) : linesOf(looks, flags.brief === true, took);
	return lines.map(line => truncate(line, columns, '~')).join('\n');
}

function linesOf(looks: readonly Look[], brief: boolean, took: number): readonly string[] {
	const within = Math.max(...looks.map(({context}) => context.length));
	const now = Math.max(...looks.map(seen => seen.now));
	const head = clustersLine(worstState(looks.map(stateOf)), looks.length, {now, took});
	return brief ? [head] : [head, ...looks.map(seen => lineOf(seen, within))];
}

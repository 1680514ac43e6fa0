import {listContexts} from '../cluster/kubeconfig/load.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {type Probe, probe} from '../cluster/probe.ts';
import {safeText} from '../cluster/safe-text.ts';
import {keepLastKnown} from '../files/last-known.ts';
import {checkData} from '../findings/check/json.ts';
import {
	checkLines,
	clusterLine,
	clustersLine,
	headLine,
	justified,
	timeWords,
	whenWords,
	wrapped,
} from '../findings/check/lines.ts';
import {nagiosLine, nagiosText, unreachableLine} from '../findings/check/nagios.ts';
import {knockable, unreachableWords} from '../findings/check/unreachable.ts';
import {type Asked, type CheckVerdict, exitOf, type State, verdictOf, worstState} from '../findings/check/verdict.ts';
import {keptOf} from '../findings/keep.ts';
import {unseen} from '../findings/unseen.ts';
import type {LastKnown} from '../last-known.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {readArguments} from './arguments.ts';
import {type Keeping, keepingOf} from './background.ts';
import {Complaint} from './complaint.ts';
import {settled} from './settle.ts';
import {chooseTarget} from './target.ts';
import {type Watched, watchCluster} from './watch.ts';

type Flags = Readonly<Record<string, string | number | boolean | undefined>>;

/** Milliseconds: the whole look, one from a login message, and when to knock at a server that has said nothing. */
const usual = 2000;
const atLogin = 1000;
const knockAfter = 800;
const knockFor = 1000;

/** What one look came to: a verdict, or why there is none. */
type Look = {
	readonly target: ClusterTarget;
	readonly context: SafeText;
	readonly now: number;
	readonly version: SafeText;
	readonly known: LastKnown | undefined;
} & (
	| {readonly is: 'judged'; readonly verdict: CheckVerdict}
	| {readonly is: 'unreachable'; readonly why: SafeText; readonly probes: readonly Probe[]}
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
	{world: {cluster}}: Watched,
	target: ClusterTarget,
	known: LastKnown | undefined,
): Promise<readonly Probe[]> {
	await new Promise(resolve => setTimeout(resolve, knockAfter));
	if (cluster.transport.line().heardAt > 0) return [];
	return probe(knockable(target.server, known), knockFor);
}

/** Why nothing was seen, in the words of the line. */
function whyOf({world: {cluster}}: Watched, patience: number): SafeText {
	return cluster.transport.line().why ?? own(`no answer within ${patience / 1000} s`);
}

async function look(target: ClusterTarget, {asked, patience, login}: Plan, keeping: Keeping): Promise<Look> {
	const {known, settings, place} = keeping;
	const watched = watchCluster(target, false, keeping);
	try {
		const probing = login ? Promise.resolve([]) : knocking(watched, target, known);
		await settled(watched, {whole: patience, hopeless: login ? patience : knockAfter});
		const {cluster} = watched.world;
		const {nothing} = unseen(cluster);
		const context = safeText(target.contextName);
		const seen = {target, context, now: cluster.now(), version: safeText(cluster.version() ?? ''), known};
		if (nothing) return {...seen, is: 'unreachable', why: whyOf(watched, patience), probes: await probing};
		const world = watched.world.current();
		const optional = [...asked.optional, ...settings.optional];
		const verdict = verdictOf(world, {...asked, optional}, settings.stateless);
		await keepLastKnown(process.env, place, keptOf(world, cluster, context, known));
		return {...seen, is: 'judged', verdict};
	} finally {
		watched.close();
	}
}

const stateOf = (seen: Look): State => (seen.is === 'judged' ? seen.verdict.state : 'unknown');

const noMeasures: CheckVerdict['measures'] = {
	nodes: undefined,
	etcd: undefined,
	volumes: undefined,
	sessions: undefined,
	addressesPending: undefined,
	gpus: undefined,
	tiers: [],
};

const labelled = (label: string, text: string): readonly string[] =>
	wrapped(text, 74, 2).map((line, at) => `${(at === 0 ? label : '').padEnd(6)}${line}`);

function unreachableLines(seen: Look & {is: 'unreachable'}, took: number, login: boolean): readonly string[] {
	const {target, context, why, probes, known, now} = seen;
	const server = safeText(target.server.href.replace(/\/$/, ''));
	const head = justified(`UNKN  ${context}  ${server} gave no answer`, timeWords({now, took}));
	const reason = labelled('unkn', why);
	if (login)
		return known === undefined
			? [head, ...reason]
			: [head, ...labelled('last', say`seen ${whenWords(known.seenAt, now)}: ${known.verdict.line}`)];
	const words = unreachableWords({server: target.server, why, probes, known, now});
	return [head, ...reason, ...words.flatMap(([label, text]) => labelled(label, text))].slice(0, 6);
}

function textOf(seen: Look, {brief, login}: {readonly brief: boolean; readonly login: boolean}, took: number): readonly string[] {
	if (seen.is === 'unreachable') {
		const lines = unreachableLines(seen, took, login);
		return brief ? lines.slice(0, 1) : lines;
	}
	const {verdict, context, version, now} = seen;
	const head = {context, version, now, took};
	return brief ? [headLine(verdict, head)] : checkLines(verdict, head);
}

function lineOf(seen: Look, width: number): string {
	if (seen.is === 'judged') return clusterLine(seen.verdict, seen.context, width, seen.now);
	const {known, now, why} = seen;
	const last = known === undefined ? '' : `; last seen ${whenWords(known.seenAt, now)}`;
	return `UNKN  ${seen.context.padEnd(width)}  ${why}${last}`.slice(0, 80);
}

function nagiosOf(looks: readonly Look[], took: number, limit: number): string {
	const [first] = looks;
	if (first === undefined) return '';
	if (looks.length > 1) {
		const words = looks.map(seen => `${seen.context} ${stateOf(seen)}`).join(', ');
		const state = worstState(looks.map(stateOf));
		const label = {ok: 'OK', warning: 'WARNING', critical: 'CRITICAL', unknown: 'UNKNOWN'}[state];
		return `MIDWATCH ${label} - ${nagiosText(words)} | time=${(took / 1000).toFixed(2)}s;;;0;${Math.round(limit / 1000)}`;
	}
	const {context} = first;
	if (first.is === 'judged') return nagiosLine(first.verdict, {context, took, limit});
	const {target, known, now} = first;
	const last = known === undefined ? '' : ` (last ${known.verdict.state} ${whenWords(known.seenAt, now)})`;
	const words = `${target.server.href.replace(/\/$/, '')} no answer in ${(took / 1000).toFixed(1)}s${last}`;
	return unreachableLine(words, [...(known?.tiers?.keys() ?? [])], {context, took, limit});
}

function dataOf(seen: Look, took: number): unknown {
	const {context, version, now, target} = seen;
	if (seen.is === 'judged') return checkData(seen.verdict, target.server.href, {context, version, now, took});
	const verdict = {
		state: 'unknown' as const,
		incidents: [],
		risks: [],
		marks: new Map(),
		unjudged: [{what: own('apiserver-unreachable'), why: seen.why, required: true}],
		measures: noMeasures,
		stateless: false,
	};
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

async function keepings(targets: readonly ClusterTarget[]): Promise<readonly Keeping[]> {
	try {
		return await Promise.all(targets.map(target => keepingOf(target, process.env)));
	} catch (error) {
		throw new Complaint((error as {sentence?: string}).sentence ?? (error as Error).message, 3);
	}
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
	for (const complaint of new Set(keeping.flatMap(({complaints}) => complaints))) process.stderr.write(`${complaint}\n`);
	return exitOf[state];
}

function printed(looks: readonly Look[], flags: Flags, plan: Plan, took: number): string {
	if (flags.output === 'nagios') return nagiosOf(looks, took, plan.patience);
	const [only] = looks;
	if (flags.output === 'json') {
		const safely = (_: string, value: unknown) =>
			typeof value === 'string' ? safeText(value) : value instanceof Map ? Object.fromEntries(value) : value;
		return JSON.stringify(looks.length === 1 && only ? dataOf(only, took) : looks.map(seen => dataOf(seen, took)), safely, 2);
	}
	if (looks.length === 1 && only) return textOf(only, {brief: flags.brief === true, login: plan.login}, took).join('\n');
	const width = Math.max(...looks.map(({context}) => context.length));
	const now = Math.max(...looks.map(seen => seen.now));
	const head = clustersLine(worstState(looks.map(stateOf)), looks.length, {now, took});
	return (flags.brief === true ? [head] : [head, ...looks.map(seen => lineOf(seen, width))]).join('\n');
}

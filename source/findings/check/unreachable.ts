import type {Probe} from '../../cluster/probe.ts';
import {safeText} from '../../cluster/safe-text.ts';
import type {LastKnown} from '../../last-known.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {count, join} from '../../words.ts';
import {noRunbooks, type RunbookIndex} from '../runbook-line.ts';
import {cut, headed, labelled, listed, whenWords, width, withAside, wrapped} from './layout.ts';

/** What is knocked at on a node: API server, kubelet, Talos. */
export const nodePorts = [6443, 10_250, 50_000] as const;

/** An API server that does not answer, seen from here. Times in epoch ms. */
export type Unreachable = {
	readonly server: URL;
	/** Why, in the words of the line. */
	readonly why: SafeText;
	/** It said something: it is there, and does not let us in. */
	readonly isHeard: boolean;
	readonly probes: readonly Probe[];
	readonly known: LastKnown | undefined;
	readonly now: number;
};

const portOf = ({port, protocol}: URL): number => Number(port || (protocol === 'https:' ? 443 : 80));
const bare = (host: string): string => host.replaceAll(/^\[|\]$/g, '');

/** As many nodes as may be knocked at, the holder of the VIP among them. */
const mostKnocked = 64;

/** Where to knock: the server itself, and the nodes that were known last, at ports that are theirs. */
export function knockable(
	server: URL,
	known: LastKnown | undefined,
): ReadonlyArray<{readonly host: string; readonly port: number}> {
	const holdsVip = ({name}: {readonly name: SafeText}) => Number(name === known?.vip?.holder);
	const nodes = (known?.nodes ?? []).toSorted((a, b) => holdsVip(b) - holdsVip(a)).slice(0, mostKnocked);
	const hosts = nodes.flatMap(({addresses}) => addresses.slice(0, 1));
	return [{host: bare(server.hostname), port: portOf(server)}, ...hosts.flatMap(host => nodePorts.map(port => ({host, port})))];
}

type Seen = {readonly name: SafeText; readonly host: string; readonly api: boolean; readonly any: boolean};

function nodesSeen({probes, known}: Unreachable): readonly Seen[] {
	return (known?.nodes ?? []).flatMap(({name, addresses: [host]}) => {
		const here = probes.filter(each => each.host === host);
		if (host === undefined || here.length === 0) return [];
		return [
			{
				name,
				host,
				api: here.some(({port, is}) => port === 6443 && is === 'answers'),
				any: here.some(({is}) => is === 'answers' || is === 'refuses'),
			},
		];
	});
}

/** So many nodes are named in a sentence. */
const named = 3;

function names(seen: readonly Seen[], port: string): SafeText {
	const told = seen.slice(0, named).map(({name}) => say`${name}${own(port)}`);
	return listed(seen.length > named ? [...told, own(`${seen.length - named} more`)] : told);
}

const answer = (of: number): SafeText => own(of === 1 ? 'answers' : 'answer');

/** Some API server answers: it is this address that leads nowhere. */
function elsewhere(answering: readonly Seen[], seen: readonly Seen[], {server, known}: Unreachable): SafeText {
	const host = bare(server.hostname);
	const {vip} = known ?? {};
	const silent = seen.filter(({api, name, host: its}) => !api && (its === host || name === vip?.holder));
	const others = silent.length === 0 ? own('') : say`, ${names(silent, ':6443')} ${own(silent.length === 1 ? 'does' : 'do')} not`;
	const said = say`from here ${names(answering, ':6443')} ${answer(answering.length)}${others}`;
	return vip?.address === host
		? say`${safeText(host)} is kube-vip's address; ${said}: the API lives, the VIP has no owner`
		: say`this server only: ${said}; the API lives, this way to it does not`;
}

/** The sentence that fits what was found: this server only, a VIP without owner, all of them, or one's own network. */
function diagnosis(seen: readonly Seen[], unreachable: Unreachable): SafeText | undefined {
	const {probes} = unreachable;
	if (probes.length > 0 && probes.every(({is}) => is === 'offline'))
		return own('this machine is on no network that leads there: it is my own network, nothing is known of the cluster');
	if (seen.length === 0 || probes.length === 0) return undefined;
	const answering = seen.filter(({api}) => api);
	if (answering.length > 0) return elsewhere(answering, seen, unreachable);
	const alive = seen.filter(({any}) => any);
	if (alive.length > 0)
		return say`all of them: ${names(alive, '')} can be reached from here, but no API server answers, so it is not the network`;
	return say`none of ${count(seen.length, 'known node')} answers from here: all of them are gone, or it is my own network`;
}

/** What was seen last, with its age: no verdict is made from it. */
function lastWords({known, now}: Unreachable): SafeText {
	if (known === undefined) return own('never seen before from here, so there is nothing to compare with');
	const {vip, verdict, seenAt} = known;
	const holder = vip === undefined ? undefined : say`VIP on ${vip.holder}`;
	return say`seen ${whenWords(seenAt, now)}: ${join([verdict.line, holder])}`;
}

/** What to do next: the runbook for it, which works without the API, else the command that shows who holds the VIP. */
function nextWords({probes}: Unreachable, there: SafeText | undefined, runbooks: RunbookIndex): readonly Told[] {
	const {'apiserver-unreachable': runbook} = runbooks;
	const isOffline = probes.every(({is}) => is === 'offline');
	if (runbook !== undefined && !isOffline)
		return [['next', withAside(say`midwatch runbook show ${own(runbook)}`, own('works offline'))]];
	return there === undefined ? [] : [['next', say`kubectl -s ${there} -n kube-system get leases`]];
}

type Told = readonly [label: string, text: SafeText];

/** What is told of a cluster whose API does not answer: label and sentence. No verdict is made from what was known. */
export function unreachableWords(unreachable: Unreachable, runbooks: RunbookIndex = noRunbooks): readonly Told[] {
	const {why} = unreachable;
	const seen = nodesSeen(unreachable);
	const alive = seen.find(({api}) => api);
	const there = alive && say`https://${alive.name}:6443`;
	return [
		['unkn', diagnosis(seen, unreachable) ?? why],
		['last', lastWords(unreachable)],
		...(there === undefined
			? []
			: [['try', withAside(say`midwatch --server ${there}`, own('same CA, same credentials'))] as const]),
		...nextWords(unreachable, there, runbooks),
	];
}

/** What a look at a cluster prints that did not answer: at most six lines of eighty columns. */
export function unreachableLines(
	unreachable: Unreachable,
	context: SafeText,
	took: number,
	runbooks: RunbookIndex = noRunbooks,
): readonly string[] {
	const {server, now, isHeard} = unreachable;
	const address = safeText(server.href.replace(/\/$/, ''));
	const [reason, ...rest] = unreachableWords(unreachable, runbooks);
	return [
		headed('UNKN', [context, `${address} ${isHeard ? 'lets us see nothing' : 'gave no answer'}`], {now, took}),
		...(reason === undefined ? [] : labelled(reason[0], wrapped(reason[1], 2))),
		...rest.flatMap(([label, text]) => labelled(label, [cut(text, width)])),
	];
}

import type {Probe} from '../../cluster/probe.ts';
import {safeText} from '../../cluster/safe-text.ts';
import type {LastKnown} from '../../last-known.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {age, join} from '../../words.ts';
import {clockTime} from '../tell.ts';

/** What is knocked at on a node: API server, kubelet, Talos. */
export const nodePorts = [6443, 10_250, 50_000] as const;

/** An API server that does not answer, seen from here. Times in epoch ms. */
export type Unreachable = {
	readonly server: URL;
	/** Why, in the words of the line: `gave no answer`, `refuses connections`. */
	readonly why: SafeText;
	readonly probes: readonly Probe[];
	readonly known: LastKnown | undefined;
	readonly now: number;
};

const portOf = ({port, protocol}: URL): number => Number(port || (protocol === 'https:' ? 443 : 80));
const bare = (host: string): string => host.replaceAll(/^\[|\]$/g, '');

/** Where to knock: the server itself, and the nodes that were known last, at ports that are theirs. */
export function knockable(
	server: URL,
	known: LastKnown | undefined,
): ReadonlyArray<{readonly host: string; readonly port: number}> {
	const nodes = (known?.nodes ?? []).flatMap(({addresses}) => addresses.slice(0, 1));
	return [{host: bare(server.hostname), port: portOf(server)}, ...nodes.flatMap(host => nodePorts.map(port => ({host, port})))];
}

type Seen = {readonly name: SafeText; readonly host: string; readonly api: boolean; readonly any: boolean};

function nodesSeen({probes, known}: Unreachable): readonly Seen[] {
	return (known?.nodes ?? []).flatMap(({name, addresses: [host]}) => {
		if (host === undefined) return [];
		const here = probes.filter(each => each.host === host);
		const heard = (is: Probe['is']) => is === 'answers' || is === 'refuses';
		return [
			{
				name,
				host,
				api: here.some(({port, is}) => port === 6443 && is === 'answers'),
				any: here.some(({is}) => heard(is)),
			},
		];
	});
}

const names = (seen: readonly Seen[]): SafeText => join(seen.map(({name}) => say`${name}:6443`));

/** The sentence that fits what was found: this server only, a VIP without owner, all of them, or one's own network. */
function diagnosis(seen: readonly Seen[], {server, known}: Unreachable): SafeText | undefined {
	const host = safeText(bare(server.hostname));
	const answering = seen.filter(({api}) => api);
	const isVip = known?.vip?.address !== undefined && known.vip.address === bare(server.hostname);
	if (seen.length === 0) return undefined;
	if (answering.length > 0) {
		const others = seen.filter(({api, any}) => !api && any);
		const does = own(answering.length === 1 ? 'answers' : 'answer');
		const rest =
			others.length === 0 ? own('') : say`, ${names(others.slice(0, 2))} ${own(others.length === 1 ? 'does' : 'do')} not`;
		return isVip
			? say`${host} is kube-vip's address; from here ${names(answering)} ${does}${rest}: the API lives, the VIP has no owner`
			: say`this server only: from here ${names(answering)} ${does}${rest}, so the API lives elsewhere`;
	}
	if (seen.some(({any}) => any)) {
		const alive = join(seen.filter(({any}) => any).map(({name}) => name));
		return say`no API server answers from here, yet ${alive} can be reached: the control plane is down, not the network`;
	}
	return own('none of the known nodes can be reached from here: all of them are down, or it is my own network');
}

/** What is told of a cluster whose API does not answer: label and sentence. No verdict is made from what was known. */
export function unreachableWords(unreachable: Unreachable): ReadonlyArray<readonly [label: string, text: SafeText]> {
	const {server, known, now} = unreachable;
	const seen = nodesSeen(unreachable);
	const said = diagnosis(seen, unreachable);
	const alive = seen.find(({api}) => api);
	const scheme = own(server.protocol);
	return [
		...(said === undefined ? [] : [['unkn', said] as const]),
		known === undefined
			? ['last', own('never seen before from here, so there is nothing to compare with')]
			: ['last', say`seen ${clockTime(known.seenAt, now)} (${age(known.seenAt, now)} ago): ${known.verdict.line}`],
		...(alive === undefined
			? []
			: [['try', say`midwatch --server ${scheme}//${alive.name}:6443         same CA, same credentials`] as const]),
	];
}

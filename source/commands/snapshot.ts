import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {safeText} from '../cluster/safe-text.ts';
import {type Unseen, unseen} from '../findings/unseen.ts';
import type {Picture} from '../interface/shell/model.ts';
import {viewsOf} from '../interface/shell/views.ts';
import {toAscii} from '../interface/widgets/ascii.ts';
import {ascii, unicode} from '../interface/widgets/glyphs.ts';
import {stateWords} from '../interface/widgets/source-state.ts';
import {onlyAscii} from '../interface/widgets/terminal-kind.ts';
import {type PaneId, type PaneView, paneIds, type SafeText, type Subject} from '../vocabulary.ts';
import {type Arguments, readArguments} from './arguments.ts';
import {plainPane} from './plain.ts';
import {settled} from './settle.ts';
import {chooseTarget} from './target.ts';
import {watchCluster} from './watch.ts';

/** How long a server that cannot be reached at all is given to come, in milliseconds: it may be just starting. */
const hopeless = 1000;

/** A day: longer than anybody waits, and no more than a timer can. */
const mostSeconds = 86_400;

function whyOf({state}: Unseen, seconds: number, now: number): string {
	if (state.is === 'loading') return state.waitingFor ?? `no answer within ${seconds} s`;
	return stateWords(state, now).sentence ?? state.is;
}

/** What could not be seen, one sentence per reason: the reason alone where it keeps everything from being seen. */
function sentencesOf(blind: readonly Unseen[], isAll: boolean, seconds: number, now: number): readonly string[] {
	const byReason = Map.groupBy(blind, one => whyOf(one, seconds, now));
	if (isAll && byReason.size === 1) return [...byReason.keys()];
	return [...byReason].map(([why, of]) => `${[...new Set(of.map(({what}) => what))].join(', ')}: ${why}`);
}

/** Cleaned, a name made to mislead could be that of another object: nobody is to act on it. */
const isWhatItSays = (subject: Subject) => Object.values(subject).every(part => safeText(part) === part);

/** The rows by the names of their columns: what a script wants. */
function dataOf({state, summary, columns, rows, notes}: PaneView) {
	return {
		state,
		summary,
		notes,
		rows: rows.map(({key, health, subject, under, cells}) => ({
			key,
			health,
			...(under === undefined ? {} : {under}),
			...(subject !== undefined && isWhatItSays(subject) ? {subject} : {}),
			cells: Object.fromEntries(columns.map(({id}, at) => [id, cells[at]?.text ?? ''])),
		})),
	};
}

/** Prints what can be seen of a cluster, once; 0, or 3 where something required could not be seen. */
export async function printSnapshot(target: ClusterTarget, {flags, argument}: Arguments, demo = false): Promise<number> {
	const seconds = Math.min(Number(flags.timeout ?? 5), mostSeconds);
	const watched = watchCluster(target, false);
	try {
		await settled(watched, {whole: seconds * 1000, hopeless});
		const {cluster} = watched.world;
		const now = cluster.now();
		const {blind, nothing} = unseen(cluster);
		const views: Picture['panes'] = viewsOf(watched.world.current(), cluster);
		// Five panes that say nothing but the same sentence help nobody.
		const wanted = nothing ? [] : paneIds.filter(id => argument === undefined || id === argument);
		const exit = blind.length === 0 ? 0 : 3;
		const head = {
			context: safeText(target.contextName),
			server: safeText(target.server.href),
			demo,
			time: new Date(now).toISOString(),
			exit,
		};
		const sentences = sentencesOf(blind, nothing, seconds, now);
		process.stdout.write(
			flags.output === 'json'
				? json(head, sentences, wanted, views)
				: text(head, sentences, wanted, views, flags.ascii === true, now),
		);
		return exit;
	} finally {
		watched.close();
	}
}

type Head = {
	readonly context: SafeText;
	readonly server: SafeText;
	readonly demo: boolean;
	readonly time: string;
	readonly exit: number;
};

function json(head: Head, blind: readonly string[], wanted: readonly PaneId[], views: Picture['panes']): string {
	const panes = Object.fromEntries(wanted.map(id => [id, dataOf(views[id])]));
	// JSON escapes C0 only; and who takes a string out of it prints it as it was.
	const safely = (_: string, value: unknown) => (typeof value === 'string' ? safeText(value) : value);
	return `${JSON.stringify({schema: 'midwatch.snapshot/1', ...head, unseen: blind, panes}, safely, 2)}\n`;
}

function text(
	{context, server, demo, time}: Head,
	blind: readonly string[],
	wanted: readonly PaneId[],
	views: Picture['panes'],
	onlySigns: boolean,
	now: number,
): string {
	const glyphs = onlySigns || onlyAscii(process.env) ? ascii : unicode;
	const head = `midwatch ${glyphs.dot} ${context} ${glyphs.dot} ${server} ${glyphs.dot} ${time}${demo ? ` ${glyphs.dot} DEMO` : ''}`;
	const unseenLines =
		blind.length === 0 ? [] : [['Could not be seen', ...blind.map(line => `${glyphs.health.unknown} ${line}`)].join('\n')];
	const whole = `${[head, ...wanted.map(id => plainPane(id, views[id], glyphs, now)), ...unseenLines].join('\n\n')}\n`;
	return glyphs === ascii ? toAscii(whole) : whole;
}

/** `midwatch snapshot [PANE]` */
export async function run(argv: readonly string[]): Promise<number> {
	const asked = await readArguments('snapshot', argv);
	const target = await chooseTarget(asked.flags, 3);
	return printSnapshot(target, asked);
}

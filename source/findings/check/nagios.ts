import {count} from '../../words.ts';
import {tierWords} from './lines.ts';
import {type Measures, noMeasures} from './measures.ts';
import {type CheckVerdict, type State, unjudgedWords} from './verdict.ts';

/** What the performance data of a plugin's line is made of. `took` in ms. */
export type NagiosHead = {
	readonly context: string;
	readonly took: number;
	readonly limit: number;
	/** Backup tiers that were known before: their labels stay while nobody sees them. */
	readonly tiers: readonly string[];
};

const states: Readonly<Record<State, string>> = {ok: 'OK', warning: 'WARNING', critical: 'CRITICAL', unknown: 'UNKNOWN'};

/** A pipe would begin the performance data, a quote a label, a line break another line. */
function nagiosText(text: string): string {
	return text
		.replaceAll(/[|'"\r\n]+/g, ' ')
		.replaceAll(/ {2,}/g, ' ')
		.trim();
}

/** One datum: value with unit, warning and critical ranges, least, most; `U` alone where it was not measured. */
function datum(label: string, value: number | string | undefined, ...limits: readonly (number | string)[]): string {
	return value === undefined ? `${label}=U` : `${label}=${value};${limits.join(';')}`;
}

/** A label keeps to letters, digits and underscores, so that it never needs quotes. */
const labelOf = (tier: string): string => `rpo_${tier.replaceAll(/[^A-Za-z0-9]+/g, '')}`;

const secondsOf = (milliseconds: number): number => Math.round(milliseconds / 1000);

function tierDatum({name, age, target, late}: Measures['tiers'][number]): string {
	const value = age === undefined ? undefined : `${secondsOf(age)}s`;
	return datum(labelOf(name), value, `0:${secondsOf(late)}`, `0:${secondsOf(2 * target)}`, 0, '');
}

/** One recovery point a tier, those that are not seen now among them, by their names. */
function tierData({tiers}: Measures, known: readonly string[]): readonly string[] {
	const seen = new Map(tiers.map(tier => [tier.name, tierDatum(tier)]));
	const names = [...new Set([...seen.keys(), ...known])].sort();
	return names.map(name => seen.get(name) ?? datum(labelOf(name), undefined));
}

/** What the verdict itself counts; undefined where there is none. */
type Counted = {readonly warnings: number; readonly criticals: number; readonly unjudged: number} | undefined;

/** The same labels in the same order every time. Alerts are not read. */
function data(measures: Measures, counted: Counted, {took, limit, tiers}: NagiosHead): string {
	const {nodes, etcd, volumes, sessions, addressesPending} = measures;
	const ranges = nodes === undefined ? [] : [`${nodes.all}:`, `${Math.max(0, nodes.all - 1)}:`, 0, nodes.all];
	return [
		datum('nodes_ready', nodes?.ready, ...ranges),
		datum('etcd_spare', etcd?.mayLose, '1:', '0:', 0, ''),
		datum('volumes_degraded', volumes?.degraded, 0, '', 0, ''),
		datum('volumes_faulted', volumes?.faulted, '', 0, 0, ''),
		datum('bgp_down', sessions && sessions.all - sessions.up, 0, '', 0, ''),
		datum('addresses_pending', addressesPending, 0, '', 0, ''),
		...tierData(measures, tiers),
		datum('alerts', undefined),
		datum('warnings', counted?.warnings, '', '', 0, ''),
		datum('criticals', counted?.criticals, '', '', 0, ''),
		datum('unjudged', counted?.unjudged, '', '', 0, ''),
		datum('time', `${(took / 1000).toFixed(2)}s`, '', '', 0, secondsOf(limit)),
	].join(' ');
}

function countedOf({incidents, unjudged}: CheckVerdict): Counted {
	const of = (wanted: 'critical' | 'warning') =>
		incidents.filter(({is, severity}) => is === 'raised' && severity === wanted).length;
	return {warnings: of('warning'), criticals: of('critical'), unjudged: unjudged.filter(({required}) => required).length};
}

function wellWords({nodes, etcd, volumes, tiers}: Measures): string {
	return [
		nodes && `${nodes.ready}/${nodes.all} nodes`,
		etcd && `etcd ${etcd.healthy}/${etcd.voters}`,
		volumes && volumes.all > 0 && count(volumes.all, 'volume'),
		...tiers.slice(0, 1).map(tierWords),
	]
		.filter(Boolean)
		.join(', ');
}

function troubleWords({incidents, unjudged}: CheckVerdict): string {
	const [first] = incidents;
	const more = incidents.length > 1 ? ` and ${incidents.length - 1} more` : '';
	if (first !== undefined) return `${first.root.name} ${first.root.symptom.title}${more}`;
	return unjudged
		.filter(({required}) => required)
		.map(unjudgedWords)
		.join(', ');
}

const lineOf = (state: State, words: string, figures: string): string =>
	`MIDWATCH ${states[state]} - ${nagiosText(words)} | ${figures}`;

/** One line by the grammar of monitoring plugins: state, words, `|`, performance data. */
export function nagiosLine(verdict: CheckVerdict, head: NagiosHead): string {
	const words = verdict.state === 'ok' ? wellWords(verdict.measures) : troubleWords(verdict);
	return lineOf(verdict.state, `${head.context} ${words}`, data(verdict.measures, countedOf(verdict), head));
}

/** The line where the API did not answer: nothing is measured but the time. */
export function unreachableLine(words: string, head: NagiosHead): string {
	return lineOf('unknown', `${head.context} ${words}`, data(noMeasures, undefined, head));
}

/** One line over several clusters, each with its state: what is measured of one of them is told when it is asked for alone. */
export function clustersNagios(
	of: readonly {readonly context: string; readonly state: State}[],
	state: State,
	took: number,
	limit: number,
): string {
	const words = of.map(({context, state: its}) => `${context} ${states[its]}`).join(', ');
	const counted = (['ok', 'warning', 'critical', 'unknown'] as const).map(each =>
		datum(`clusters_${each}`, of.filter(one => one.state === each).length, '', '', 0, of.length),
	);
	return lineOf(state, words, [...counted, datum('time', `${(took / 1000).toFixed(2)}s`, '', '', 0, secondsOf(limit))].join(' '));
}

import {duration} from '../../words.ts';
import type {Measures} from './measures.ts';
import type {CheckVerdict, State} from './verdict.ts';

/** What the performance data of a plugin's line is made of. `took` in ms. */
export type NagiosHead = {readonly context: string; readonly took: number; readonly limit: number};

const states: Readonly<Record<State, string>> = {ok: 'OK', warning: 'WARNING', critical: 'CRITICAL', unknown: 'UNKNOWN'};

/** A pipe would begin the performance data, a quote a label, a line break another line. */
export function nagiosText(text: string): string {
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

/** The same labels in the same order every time: the counts, one recovery point a tier, the verdict's own. */
function data(verdict: CheckVerdict, {took, limit}: NagiosHead): readonly string[] {
	const {nodes, etcd, volumes, sessions, addressesPending, tiers} = verdict.measures;
	const count = (severity: 'critical' | 'warning') =>
		verdict.incidents.filter(incident => incident.root.is === 'raised' && incident.severity === severity).length;
	const ranges = nodes === undefined ? [] : [`${nodes.all}:`, `${Math.max(0, nodes.all - 1)}:`, 0, nodes.all];
	return [
		datum('nodes_ready', nodes?.ready, ...ranges),
		datum('etcd_spare', etcd?.mayLose, '1:', '0:', 0, ''),
		datum('volumes_degraded', volumes?.degraded, 0, '', 0, ''),
		datum('volumes_faulted', volumes?.faulted, '', 0, 0, ''),
		datum('bgp_down', sessions && sessions.all - sessions.up, 0, '', 0, ''),
		datum('addresses_pending', addressesPending, 0, '', 0, ''),
		...tiers.map(tierDatum),
		datum('warnings', count('warning'), '', '', 0, ''),
		datum('criticals', count('critical'), '', '', 0, ''),
		datum('unjudged', verdict.unjudged.filter(({required}) => required).length, '', '', 0, ''),
		datum('time', `${(took / 1000).toFixed(2)}s`, '', '', 0, secondsOf(limit)),
	];
}

function wellWords({nodes, etcd, volumes, tiers}: Measures): string {
	return [
		nodes && `${nodes.ready}/${nodes.all} nodes`,
		etcd && `etcd ${etcd.healthy}/${etcd.voters}`,
		volumes && `${volumes.all} volumes`,
		...tiers.map(({name, age, target}) => `${name} ${age === undefined ? 'none' : duration(age)}/${duration(target)}`),
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
		.map(({what, why}) => `${what}: ${why}`)
		.join(', ');
}

/** One line by the grammar of monitoring plugins: state, words, `|`, performance data. */
export function nagiosLine(verdict: CheckVerdict, head: NagiosHead): string {
	const words = verdict.state === 'ok' ? wellWords(verdict.measures) : troubleWords(verdict);
	return `MIDWATCH ${states[verdict.state]} - ${nagiosText(`${head.context} ${words}`)} | ${data(verdict, head).join(' ')}`;
}

const unmeasured = ['nodes_ready', 'etcd_spare', 'volumes_degraded', 'volumes_faulted', 'bgp_down', 'addresses_pending'] as const;

/** The line where the API did not answer: nothing is measured but the time. `tiers` are those known from before, by name. */
export function unreachableLine(words: string, tiers: readonly string[], {context, took, limit}: NagiosHead): string {
	const labels = [...unmeasured, ...tiers.toSorted().map(labelOf), 'warnings', 'criticals', 'unjudged'].map(
		label => `${label}=U`,
	);
	const time = datum('time', `${(took / 1000).toFixed(2)}s`, '', '', 0, secondsOf(limit));
	return `MIDWATCH UNKNOWN - ${nagiosText(`${context} ${words}`)} | ${[...labels, time].join(' ')}`;
}

import {own, type SafeText, say} from '../../vocabulary.ts';
import {count} from '../../words.ts';
import type {Finding} from '../finding.ts';
import {sinceWords} from '../tell.ts';
import {headed} from './layout.ts';
import {etcdWords, nodesWords, stateWords, tierWords} from './lines.ts';
import {type CheckVerdict, type State, unjudgedWords} from './verdict.ts';

/** `volume-degraded media/books since 01:50 (24m)`. */
function shortWords({symptom: {id, about, title, undated}, ...finding}: Finding, now: number): SafeText {
	return say`${own(id)} ${about} ${undated === true ? title : sinceWords(finding, now)}`;
}

function restOf({incidents, unjudged, measures, stateless}: CheckVerdict, now: number): string {
	const [first] = incidents;
	const more = incidents.length > 1 ? `  +${incidents.length - 1} more` : '';
	if (first !== undefined) return `${shortWords(first.root, now)}${more}`;
	const blind = unjudged.find(({required}) => required);
	if (blind !== undefined) return unjudgedWords(blind);
	const points = stateless ? 'stateless, no backups expected' : measures.tiers.map(tierWords).join('  ');
	return [etcdWords(measures), points].filter(Boolean).join('   ');
}

/** A line of a table: state, context in so many columns, the rest. */
export function contextLine(state: State, context: SafeText, within: number, rest: string): string {
	return `${stateWords[state].padEnd(6)}${context.padEnd(within)}   ${rest}`.trimEnd();
}

/** What a look at one of several clusters prints: one line. */
export function clusterLine(verdict: CheckVerdict, context: SafeText, within: number, now: number): string {
	const rest = [nodesWords(verdict.measures), restOf(verdict, now)].filter(Boolean).join('  ');
	return contextLine(verdict.state, context, within, rest);
}

/** The first line over several clusters. */
export function clustersLine(state: State, clusters: number, head: {readonly now: number; readonly took: number}): string {
	return headed(stateWords[state], [count(clusters, 'cluster')], head);
}

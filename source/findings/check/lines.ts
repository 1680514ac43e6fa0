import {own, type SafeText, say} from '../../vocabulary.ts';
import {age, count, duration, join} from '../../words.ts';
import {catalogue} from '../catalogue.ts';
import type {Incident} from '../fold.ts';
import {proofOf} from '../proof.ts';
import {clockTime, findingWords, incidentWords, zoneName} from '../tell.ts';
import {missed} from '../view.ts';
import type {Measures} from './measures.ts';
import type {CheckVerdict, State} from './verdict.ts';

/** Where and when a look was taken. `now` in epoch ms on the server's clock, `took` in ms. */
export type Head = {readonly context: SafeText; readonly version: SafeText; readonly now: number; readonly took: number};

/** The screen of somebody who has just logged in. */
const columns = 80;
const lines = 6;
/** Where the right part of a line begins, and the margin of what follows the first word. */
const rightAt = 62;
const margin = 6;

const words: Readonly<Record<State, string>> = {ok: 'OK', warning: 'WARN', critical: 'CRIT', unknown: 'UNKN'};

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}~`);

/** `left` at the start of a line and `right` in its last columns; `right` goes where there is no room for both. */
export function justified(left: string, right: string): string {
	const text = cut(left, columns - right.length - 2);
	const at = Math.max(text.length + 2, Math.min(rightAt, columns - right.length));
	return `${text.padEnd(at)}${right}`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Local time, zone and how long it took: the end of the first line. */
export function timeWords({now, took}: Pick<Head, 'now' | 'took'>): string {
	const date = new Date(now);
	const time = [date.getHours(), date.getMinutes()].map(part => String(part).padStart(2, '0')).join(':');
	return `${time} ${zoneName(now)}  ${seconds(took)}`;
}

/** Words in lines of so many columns, at most `most` of them. */
export function wrapped(text: string, width: number, most: number): readonly string[] {
	const out: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (longer.length <= width) line = longer;
		else {
			if (line !== '') out.push(line);
			line = cut(word, width);
		}
	}
	out.push(line);
	if (out.length <= most) return out;
	const kept = out.slice(0, most);
	return [...kept.slice(0, -1), `${cut(kept.at(-1) ?? '', width - 2)} ~`];
}

const labelled = (label: string, text: readonly string[]): readonly string[] =>
	text.map((line, at) => `${(at === 0 ? label : '').padEnd(margin)}${line}`);

function nodesWords({nodes}: Measures): string {
	return nodes === undefined ? '' : `${nodes.ready}/${nodes.all} nodes`;
}

function etcdWords({etcd}: Measures): string {
	if (etcd === undefined) return '';
	const {healthy, voters, mayLose, needed} = etcd;
	return healthy < needed ? `etcd ${healthy}/${voters}, no quorum` : `etcd ${healthy}/${voters}, may lose ${mayLose}`;
}

/** `k3s v1.35.4`, `v1.36.3`. */
export function versionWords(version: string): string {
	const [, plain = '', build = ''] = /^(v[\d.]+)[^+]*(?:\+(k3s|rke2))?/.exec(version) ?? [];
	return [build, plain].filter(Boolean).join(' ');
}

/** The first line: state, cluster, what is counted of it; the time at its end. What has no room goes from the back. */
export function headLine({state, measures}: Pick<CheckVerdict, 'state' | 'measures'>, head: Head): string {
	const parts = [nodesWords(measures), etcdWords(measures), versionWords(head.version)].filter(Boolean);
	const right = timeWords(head);
	const room = columns - right.length - 2;
	for (let kept = parts.length; kept >= 0; kept--) {
		const left = [`${words[state].padEnd(margin)}${head.context}`, ...parts.slice(0, kept)].join('  ');
		if (left.length <= room || kept === 0) return justified(left, right);
	}
	return right;
}

const short: Readonly<Record<'critical' | 'warning', string>> = {critical: 'crit', warning: 'warn'};

type Block = {readonly lines: readonly string[]; readonly extra: readonly string[]};

function incidentBlock(incident: Incident, {marks}: CheckVerdict, now: number): Block {
	const {root, severity, apps} = incident;
	const {id, about, evidence} = root.symptom;
	const label = root.is === 'unknown' ? 'unkn' : short[severity];
	const mark = marks.get(root.name);
	const acknowledged = mark === undefined ? '' : `, acknowledged ${age(mark.at, now)} ago`;
	const felt = missed(apps);
	const why = root.is === 'unknown' ? `; ${root.why ?? 'its source cannot be seen'}` : '';
	const told = `${id} ${about}: ${incidentWords(incident, now)}${felt === undefined ? '' : `; ${felt}`}${why}${acknowledged}`;
	const [proof] = proofOf(root.symptom);
	const width = columns - margin;
	const extra = [evidence[0], proof].filter(line => line !== undefined).map(line => cut(line, width));
	return {lines: labelled(label, wrapped(told, width, 2)), extra: extra.map(line => `${' '.repeat(margin)}${line}`)};
}

const tierWords = ({name, age: old, target}: Measures['tiers'][number]): string =>
	`${name} ${old === undefined ? 'none' : duration(old)}/${duration(target)}`;

/** What is well, by counts. */
function countsOf({volumes, sessions, addressesPending, gpus}: Measures): readonly string[] {
	return [
		volumes && (volumes.well === volumes.all ? count(volumes.all, 'volume') : `${volumes.well}/${volumes.all} volumes`),
		sessions && `${sessions.up}/${sessions.all} BGP sessions`,
		addressesPending === undefined ? undefined : count(addressesPending, 'address pending', 'addresses pending'),
		gpus && `${gpus.well}/${gpus.all} GPU`,
	].filter(part => part !== undefined);
}

/** What is well while something else is not: the systems without an incident of their own. */
function wellLine({incidents, measures, unjudged}: CheckVerdict): string {
	const {nodes, volumes, sessions, gpus, tiers} = measures;
	const troubled = new Set(incidents.map(({root}) => catalogue[root.symptom.id].place as string));
	const blind = new Set(unjudged.map(({what}) => what as string));
	const isWell = (place: string) => !troubled.has(place) && !blind.has(place);
	const bad = new Set(incidents.map(({root}) => root.symptom.about as string));
	const parts = [
		nodes && isWell('nodes') ? 'nodes' : undefined,
		volumes && isWell('storage') ? `storage ${volumes.well}/${volumes.all}` : undefined,
		sessions && isWell('bgp') ? `bgp ${sessions.up}/${sessions.all}` : undefined,
		gpus && isWell('gpu') ? `gpu ${gpus.well}/${gpus.all}` : undefined,
		...tiers.filter(({name, age: old, late}) => !bad.has(name) && old !== undefined && old < late).map(({name}) => name),
	].filter(part => part !== undefined);
	return parts.length === 0 ? '' : parts.join(', ');
}

function okLines(verdict: CheckVerdict): readonly string[] {
	const {state, measures, stateless} = verdict;
	const width = columns - margin;
	if (state !== 'ok') {
		const well = wellLine(verdict);
		return well === '' ? [] : labelled('ok', wrapped(well, width, 1));
	}
	const counts = countsOf(measures);
	const tiers = measures.tiers.map(tierWords);
	const points = tiers.length > 0 ? `recovery points: ${tiers.join('  ')}` : stateless ? 'stateless, no backups expected' : '';
	return [
		...(counts.length === 0 ? [] : labelled('ok', wrapped(counts.join(', '), width, 1))),
		...(points === '' ? [] : labelled('ok', [cut(points, width)])),
	];
}

function riskLines({risks, marks}: CheckVerdict): readonly string[] {
	if (risks.length === 0) return [];
	const open = risks.filter(({name}) => !marks.has(name));
	const accepted = risks.length - open.length;
	const [first] = open;
	const said = `risk  ${accepted} accepted, ${open.length} new`;
	if (first === undefined) return [said];
	const what = first.symptom.title === '' ? first.symptom.id : first.symptom.title;
	return [justified(`${said}: ${first.symptom.about}: ${what}`, 'midwatch risks')];
}

function unknownLines({unjudged, incidents}: CheckVerdict): readonly (readonly string[])[] {
	const told = new Set(incidents.filter(({root}) => root.is === 'unknown').map(({root}) => root.why as string));
	return unjudged
		.filter(({required, why}) => required && !told.has(why))
		.map(({what, why}) => labelled('unkn', wrapped(`${what}: ${why}`, columns - margin, 2)));
}

/**
 * What a look at one cluster prints: at most six lines of eighty columns, the same every time. Where there is more, risks
 * go first, then what is well, then the lines that only add, then the last findings: `+3 more`.
 */
export function checkLines(verdict: CheckVerdict, head: Head): readonly string[] {
	const blocks = verdict.incidents.map(incident => incidentBlock(incident, verdict, head.now));
	const unknown = unknownLines(verdict).map(told => ({lines: told, extra: []}));
	const findings: readonly Block[] = [...blocks, ...unknown];
	const [ok, risk] = [okLines(verdict), riskLines(verdict)];
	const needed = findings.reduce((sum, block) => sum + block.lines.length, 1);
	const room = lines - needed;
	const withOk = ok.length <= room ? ok : [];
	const withRisk = risk.length <= room - withOk.length && withOk.length === ok.length ? risk : [];
	const said = needed <= lines ? filled(findings, room - withOk.length - withRisk.length) : shortened(findings);
	return [headLine(verdict, head), ...said, ...withOk, ...withRisk];
}

/** Findings with as many of the lines that only add as there is room for. */
function filled(findings: readonly Block[], room: number): readonly string[] {
	let left = room;
	return findings.flatMap(({lines: told, extra}) => {
		const more = extra.slice(0, Math.max(0, Math.min(left, 3 - told.length)));
		left -= more.length;
		return [...told, ...more];
	});
}

/** As many findings as fit, and how many more there are. */
function shortened(findings: readonly Block[]): readonly string[] {
	const out: string[] = [];
	for (const [at, {lines: told}] of findings.entries()) {
		const isLast = at === findings.length - 1;
		const room = lines - 1 - out.length - (isLast ? 0 : 1);
		const kept = told.length <= room ? told : told.slice(0, room);
		if (kept.length === 0) return [...out, `${' '.repeat(margin)}+${findings.length - at} more: midwatch snapshot incidents`];
		out.push(...kept);
	}
	return out;
}

/** What a look at one of several clusters prints: one line. */
export function clusterLine(verdict: CheckVerdict, context: SafeText, width: number, now: number): string {
	const {state, measures, incidents, unjudged, stateless} = verdict;
	const start = `${words[state].padEnd(margin)}${context.padEnd(width)}  ${nodesWords(measures)}`;
	const [first] = incidents;
	const [blind] = unjudged.filter(({required}) => required);
	const tiers = measures.tiers.map(tierWords).join('  ');
	const rest =
		first !== undefined
			? say`${own(first.root.symptom.id)} ${first.root.symptom.about} ${findingWords(first.root, now)}${own(incidents.length > 1 ? `  +${incidents.length - 1} more` : '')}`
			: blind !== undefined
				? say`${blind.what}: ${blind.why}`
				: own([etcdWords(measures), stateless ? 'stateless, no backups expected' : tiers].filter(Boolean).join('   '));
	return cut(`${start}  ${rest}`.trimEnd(), columns);
}

/** The first line over several clusters. */
export function clustersLine(state: State, clusters: number, head: Pick<Head, 'now' | 'took'>): string {
	return justified(`${words[state].padEnd(margin)}${count(clusters, 'cluster')}`, timeWords(head));
}

/** A verdict in one line without its time, to be kept for the next time: `OK, 8/8 nodes, etcd 3/3, may lose 1`. */
export function keptLine({state, measures, incidents}: CheckVerdict): SafeText {
	const said = [words[state], nodesWords(measures), etcdWords(measures)].filter(Boolean).join(', ');
	const [first] = incidents;
	return first === undefined
		? own(said)
		: join([own(said), say`${own(first.root.symptom.id)} ${first.root.symptom.about}`], '; ');
}

/** When something happened, for a line of its own: `02:09 (5m ago)`. */
export function whenWords(at: number, now: number): SafeText {
	return say`${clockTime(at, now)} (${age(at, now)} ago)`;
}

import type {Symptom} from '../../diagnosis.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {age, count, duration, join} from '../../words.ts';
import {catalogue} from '../catalogue.ts';
import type {Finding} from '../finding.ts';
import {consequences, type Incident} from '../fold.ts';
import {proofOf} from '../proof.ts';
import {noRunbooks, type RunbookIndex, runbookLine} from '../runbook-line.ts';
import {incidentWords} from '../tell.ts';
import {cut, fitting, headed, justified, labelled, width, wrapped} from './layout.ts';
import type {Measures} from './measures.ts';
import {type CheckVerdict, type State, unjudgedWords} from './verdict.ts';

/** Where and when a look was taken. `now` in epoch ms on the server's clock, `took` in ms. */
export type Head = {readonly context: SafeText; readonly version: SafeText; readonly now: number; readonly took: number};

const lines = 6;
/** A finding takes two lines, and a third only where there is one left. */
const linesEach = 2;
const linesAtMost = 3;

/** How a state is told in the first column. */
export const stateWords: Readonly<Record<State, string>> = {ok: 'OK', warning: 'WARN', critical: 'CRIT', unknown: 'UNKN'};

/** `8/8 nodes`; `''` where nobody counted. */
export function nodesWords({nodes}: Measures): string {
	return nodes === undefined ? '' : `${nodes.ready}/${nodes.all} nodes`;
}

/** `etcd 3/3, may lose 1`; `''` where nobody counted. */
export function etcdWords({etcd}: Measures): string {
	if (etcd === undefined) return '';
	const {healthy, voters, mayLose, needed} = etcd;
	return healthy < needed ? `etcd ${healthy}/${voters}, no quorum` : `etcd ${healthy}/${voters}, may lose ${mayLose}`;
}

/** `tier-0 2h/6h`: how old the recovery point is, and may be. */
export function tierWords({name, age: old, target}: Measures['tiers'][number]): string {
	return `${name} ${old === undefined ? 'none' : duration(old)}/${duration(target)}`;
}

/** `k3s v1.35.4`, `v1.36.3`. */
function versionWords(version: string): string {
	const [, plain = '', build = ''] = /^(v[\d.]+)[^+]*(?:\+(k3s|rke2))?/.exec(version) ?? [];
	return [build, plain].filter(Boolean).join(' ');
}

/** The first line: state, cluster, what is counted of it; the time at its end. What has no room goes from the back. */
export function headLine({state, measures}: Pick<CheckVerdict, 'state' | 'measures'>, head: Head): string {
	const parts = [nodesWords(measures), etcdWords(measures), versionWords(head.version)].filter(Boolean);
	return headed(stateWords[state], [head.context, ...parts], head);
}

/** The lines of one finding: those that say it, and those that only add to it. */
type Block = {readonly label: string; readonly text: string; readonly extra: readonly string[]};

const short: Readonly<Record<'critical' | 'warning', string>> = {critical: 'crit', warning: 'warn'};

/** An incident with as many kinds of what follows from it as fit. */
function fullestWords(incident: Incident, said: (words: SafeText) => SafeText, now: number): SafeText {
	for (let kinds = consequences(incident).length; kinds > 0; kinds--) {
		const text = said(incidentWords(incident, now, kinds));
		if (isWhole(text)) return text;
	}
	return said(incidentWords(incident, now, 0));
}

const isWhole = (text: string): boolean => wrapped(text, Number.POSITIVE_INFINITY).length <= linesEach;

function incidentBlock(incident: Incident, {marks}: CheckVerdict, now: number, runbooks: RunbookIndex): Block {
	const {root, severity, is, apps} = incident;
	const {id, about, evidence} = root.symptom;
	const mark = marks.get(root.name);
	const marked = mark === undefined ? own('') : say` (acknowledged ${age(mark.at, now)} ago)`;
	const why = root.is === 'unknown' ? say`; ${root.why ?? own('its source cannot be seen')}` : own('');
	const text = fullestWords(incident, words => say`${own(id)} ${about}${marked}: ${words}${why}`, now);
	return {
		label: is === 'unknown' ? 'unkn' : short[severity],
		text,
		extra: [
			...(apps.length === 0 ? [] : [downWords(apps)]),
			...evidence.filter(line => line.trim() !== '' && !text.includes(line)).slice(0, 1),
			...wayOn(root.symptom, runbooks),
		].map(line => cut(line, width)),
	};
}

/** The runbook for it where its command is whole in a line; else what proves it. */
function wayOn(symptom: Symptom, runbooks: RunbookIndex): readonly SafeText[] {
	const line = runbookLine(symptom, runbooks);
	return line === undefined || line.length > width ? proofOf(symptom) : [line];
}

/** `down: jellyfin, immich, +3 more`: as many by name as fit. */
function downWords(apps: readonly SafeText[]): string {
	for (let told = apps.length; told > 1; told--) {
		const rest = told === apps.length ? [] : [`+${apps.length - told} more`];
		const line = `down: ${[...apps.slice(0, told), ...rest].join(', ')}`;
		if (line.length <= width) return line;
	}
	return `down: ${apps[0] ?? ''}${apps.length > 1 ? `, +${apps.length - 1} more` : ''}`;
}

/** What is well, by counts. */
function countsOf({volumes, sessions, addressesPending, gpus}: Measures): readonly string[] {
	return [
		volumes === undefined || volumes.all === 0
			? undefined
			: volumes.well === volumes.all
				? count(volumes.all, 'volume')
				: `${volumes.well}/${volumes.all} volumes`,
		sessions && `${sessions.up}/${sessions.all} BGP sessions`,
		addressesPending === undefined ? undefined : count(addressesPending, 'address pending', 'addresses pending'),
		gpus && `${gpus.well}/${gpus.all} GPU`,
	].filter(part => part !== undefined);
}

/** With fewer systems that are well than this, the small ones among them are told as well. */
const few = 4;

/** What is well while something else is not: the systems without an incident of their own. */
function wellWords({incidents, measures, unjudged}: CheckVerdict): string {
	const {nodes, volumes, sessions, gpus, tiers, claimsPending, certificates} = measures;
	const troubled = new Set<string>(incidents.map(({root}) => catalogue[root.symptom.id].place));
	const blind = new Set<string>(unjudged.map(({what}) => what));
	const isWell = (place: string) => !troubled.has(place) && !blind.has(place);
	const all = incidents.flatMap(({root, under}) => [root, ...under]);
	const bad = new Set<string>(all.map(({symptom}) => symptom.about));
	const isFree = (start: string) => !all.some(({symptom}) => symptom.id.startsWith(start));
	const systems: readonly string[] = [
		nodes && isWell('nodes') ? 'nodes' : undefined,
		volumes && volumes.all > 0 && isWell('storage') ? `storage ${volumes.well}/${volumes.all}` : undefined,
		sessions && isWell('bgp') ? `bgp ${sessions.up}/${sessions.all}` : undefined,
		gpus && isWell('gpu') ? `gpu ${gpus.well}/${gpus.all}` : undefined,
		...tiers.filter(({name, age: old, late}) => !bad.has(name) && old !== undefined && old < late).map(({name}) => name),
	].filter(part => part !== undefined);
	const small = [
		claimsPending === 0 && isFree('claim-') ? 'claims' : '',
		certificates !== undefined && isFree('certificate-') ? 'certificates' : '',
	];
	return fitting([...systems, ...(systems.length < few ? small.filter(Boolean) : [])], ', ', width);
}

function okLines(verdict: CheckVerdict): readonly string[] {
	const {state, measures, stateless} = verdict;
	const tiers = measures.tiers.map(tierWords);
	const points = tiers.length > 0 ? `recovery points: ${tiers.join('  ')}` : stateless ? 'stateless, no backups expected' : '';
	const said = state === 'ok' ? [fitting(countsOf(measures), ', ', width), cut(points, width)] : [wellWords(verdict)];
	return said.filter(Boolean).flatMap(text => labelled('ok', [text]));
}

/** `restore of tier-2 never proven`, `nuc-2: cordoned`: with its subject, where its words do not name it. */
function riskWords({symptom: {id, about, title}}: Finding): string {
	if (title === '') return `${id} ${about}`;
	return title.includes(about) ? title : `${about}: ${title}`;
}

function riskLines({risks, marks}: CheckVerdict): readonly string[] {
	if (risks.length === 0) return [];
	const open = risks.filter(({name}) => !marks.has(name));
	const [first] = open;
	const said = `risk  ${risks.length - open.length} accepted, ${open.length} new`;
	return [first === undefined ? said : justified(`${said}: ${riskWords(first)}`, 'midwatch risks')];
}

/** What cannot be judged, once: not where an incident says so already, or is the reason. */
function unknownBlocks({unjudged, incidents}: CheckVerdict): readonly Block[] {
	const told = new Set<string>(incidents.filter(({root}) => root.is === 'unknown').flatMap(({root}) => root.why ?? []));
	const down = incidents.filter(({root}) => root.symptom.id === 'controller-down').map(({root}) => root.symptom.about);
	return unjudged
		.filter(({required, why}) => required && !told.has(why) && !down.some(controller => why.startsWith(controller)))
		.map(each => ({label: 'unkn', text: unjudgedWords(each), extra: []}));
}

function blocksOf(verdict: CheckVerdict, now: number, runbooks: RunbookIndex): readonly Block[] {
	const [raised, unknown] = (['raised', 'unknown'] as const).map(is => verdict.incidents.filter(incident => incident.is === is));
	const block = (incident: Incident) => incidentBlock(incident, verdict, now, runbooks);
	return [...(raised ?? []).map(block), ...(unknown ?? []).map(block), ...unknownBlocks(verdict)];
}

const linesOf = ({label, text}: Block, most = linesEach): readonly string[] => labelled(label, wrapped(text, most));

/**
 * What a look at one cluster prints: at most six lines of eighty columns, the same every time. Where there is more, risks
 * go first, then what is well, then the lines that only add, then the last findings: `+3 more`.
 */
export function checkLines(verdict: CheckVerdict, head: Head, runbooks: RunbookIndex = noRunbooks): readonly string[] {
	const blocks = blocksOf(verdict, head.now, runbooks);
	const first = headLine(verdict, head);
	const needed = blocks.reduce((sum, block) => sum + linesOf(block).length, 1);
	if (needed > lines) return [first, ...shortened(blocks)];
	const [ok, risk] = [okLines(verdict), riskLines(verdict)];
	const whole = filled(blocks, Number.POSITIVE_INFINITY);
	const room = lines - 1 - whole.length;
	if (room >= 0) {
		const withOk = ok.length <= room ? ok : [];
		const withRisk = withOk === ok && risk.length <= room - ok.length ? risk : [];
		return [first, ...whole, ...withOk, ...withRisk];
	}
	const withOk = needed + ok.length <= lines ? ok : [];
	return [first, ...filled(blocks, lines - needed - withOk.length), ...withOk];
}

/** Findings with as many of the lines that only add as there is room for: a second line for each before a third for any. */
function filled(blocks: readonly Block[], room: number): readonly string[] {
	const told = blocks.map(block => linesOf(block));
	const wanted = blocks.flatMap(({extra}, at) => {
		const said = told[at]?.length ?? 0;
		return extra.slice(0, linesAtMost - said).map((_, nth) => ({at, line: said + nth}));
	});
	const granted = wanted.toSorted((a, b) => a.line - b.line || a.at - b.at).slice(0, room);
	return blocks.flatMap(({extra}, at) => [
		...(told[at] ?? []),
		...labelled('', extra.slice(0, granted.filter(each => each.at === at).length)),
	]);
}

/** As many findings as fit, and how many more there are. */
function shortened(blocks: readonly Block[]): readonly string[] {
	const out: string[] = [];
	for (const [at, block] of blocks.entries()) {
		const isLast = at === blocks.length - 1;
		const room = lines - 1 - out.length - (isLast ? 0 : 1);
		if (room === 0) return [...out, ...labelled('', [`+${blocks.length - at} more: midwatch snapshot incidents`])];
		out.push(...linesOf(block, Math.min(room, linesEach)));
	}
	return out;
}

/** A verdict in one line without its time, to be kept for the next time: `OK, 8/8 nodes, etcd 3/3`. */
export function keptLine({state, measures, incidents}: CheckVerdict): SafeText {
	const {etcd} = measures;
	const counts = [nodesWords(measures), etcd && `etcd ${etcd.healthy}/${etcd.voters}`].filter(Boolean);
	const [first] = incidents;
	const said = own([stateWords[state], ...counts].join(', '));
	return join([said, first && say`${own(first.root.symptom.id)} ${first.root.symptom.about}`], '; ');
}

import type {Moment} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {type Detail, type DetailLine, own, type SafeText, say} from '../vocabulary.ts';
import {age, join} from '../words.ts';
import type {Finding} from './finding.ts';
import {consequences, type Incident} from './fold.ts';
import type {IncidentsFacts} from './incidents.ts';
import {linksOf} from './links.ts';
import {proofOf} from './proof.ts';
import {noRunbooks, type RunbookIndex, runbookLine} from './runbook-line.ts';
import {clearedWords, clockTime, findingWords, zoneName} from './tell.ts';

/** What is told of the time before an incident, and of the minute after it began; ms. */
const reachBefore = 15 * 60_000;
const reachAfter = 60_000;
/** How many moments and consequences are told at the most. */
const most = 24;

const line = (label: string, value: SafeText, health?: DetailLine['health']): DetailLine =>
	health === undefined ? {label, value} : {label, value, health};

function headOf(finding: Finding, facts: IncidentsFacts, incident: Incident | undefined): readonly DetailLine[] {
	const mark = facts.marks.get(finding.name);
	const {asOf} = facts;
	const severity = finding.class === 'incident' ? (incident?.severity ?? finding.severity) : finding.class;
	return [
		line('what', findingWords(finding, asOf), severity === 'critical' ? 'bad' : severity === 'warning' ? 'warn' : 'risk'),
		line('finding', say`${own(finding.symptom.id)}, ${own(severity)}`),
		...(finding.is === 'unknown' ? [line('unknown', finding.why ?? own('its source cannot be seen'), 'unknown')] : []),
		...(finding.is === 'cleared' ? [line('over', clearedWords(finding, asOf), 'ok')] : []),
		...(incident === undefined || incident.apps.length === 0 ? [] : [line('people miss', join(incident.apps), 'bad')]),
		...(mark === undefined
			? []
			: [line(mark.kind, say`${age(mark.at, asOf)} ago${own(mark.note === '' ? '' : ': ')}${mark.note}`)]),
	];
}

function consequenceLines({under}: Incident, now: number): readonly DetailLine[] {
	const shown = under.slice(0, most);
	const rest = under.length - shown.length;
	return [
		...shown.map(finding =>
			line(finding.symptom.about, findingWords(finding, now), finding.severity === 'critical' ? 'bad' : 'warn'),
		),
		...(rest === 0 ? [] : [line('', own(`and ${rest} more`))]),
	];
}

/** Whether something is about the object that a finding is about. */
const isOf = ({symptom: {subject}}: Finding, moment: Moment): boolean =>
	subject !== undefined &&
	subject.name === moment.subject?.name &&
	subject.namespace === moment.subject.namespace &&
	subject.resource === moment.subject.resource;

/** The same that happened to several within a minute is told once: `apps/nextcloud and 8 more`. */
function together(moments: readonly Moment[]): readonly Moment[] {
	const alike = Map.groupBy(moments, ({at, text, how}) => `${Math.floor(at / 60_000)} ${how} ${text}`);
	return [...alike.values()].flatMap(same => {
		const [first, ...others] = same;
		if (first === undefined || others.length < 2) return same;
		return [{...first, about: say`${first.about} and ${others.length} more`}];
	});
}

/**
 * What happened in the quarter of an hour before it began and just after, oldest first; changes are marked. What somebody
 * changed of the very thing is told however long before that was.
 */
function prelude(finding: Finding, moments: readonly Moment[], now: number): readonly DetailLine[] {
	const {since} = finding;
	const told = moments.filter(
		moment => moment.at <= since + reachAfter && (moment.at >= since - reachBefore || (moment.isChange && isOf(finding, moment))),
	);
	// Where somebody changed something, what came after it is no riddle.
	const isAnswered = told.some(({isChange, at}) => isChange && at <= since);
	const wanted = isAnswered ? told.filter(({at}) => at <= since) : told;
	const near = together(wanted.toSorted((a, b) => a.at - b.at));
	const changes = near.filter(({isChange}) => isChange);
	const kept = near.length <= most ? near : [...new Set([...changes, ...near])].slice(0, most).sort((a, b) => a.at - b.at);
	return kept.map(({at, how, about, text, isChange}) =>
		line(`${clockTime(at, now)} ${how}`, say`${about}: ${text}`, isChange ? 'held' : undefined),
	);
}

/** Other incidents that are about the same node, workload or volume, or stand in its evidence. */
function neighbours(finding: Finding, {incidents}: IncidentsFacts, now: number): readonly DetailLine[] {
	const {about} = finding.symptom;
	const names = (other: Finding) => other.symptom.about.includes(about) || about.includes(other.symptom.about);
	return incidents
		.map(({root}) => root)
		.filter(root => root.name !== finding.name && names(root))
		.map(root => line(root.symptom.about, findingWords(root, now)));
}

/** The runbook for it, as the command that walks it. */
function runbookLines({symptom}: Finding, runbooks: RunbookIndex): readonly DetailLine[] {
	const command = runbookLine(symptom, runbooks);
	return command === undefined ? [] : [line('', command)];
}

/**
 * The story of a finding: what is wrong since when, what people miss, what proves it, what follows from it, what changed
 * before, the runbook for it, and the command that proves it; undefined when there is no such finding (any more).
 */
export function storyOf(
	facts: IncidentsFacts,
	name: string,
	moments: readonly Moment[],
	ledger: readonly Finding[],
	links: Settings['links'] = {},
	runbooks: RunbookIndex = noRunbooks,
): Detail | undefined {
	const finding = ledger.find(each => each.name === name);
	if (finding === undefined) return undefined;
	const now = facts.asOf;
	const incident = facts.incidents.find(({root}) => root.name === name);
	const cause = facts.roots.get(name);
	const under = cause === undefined || cause === name ? undefined : ledger.find(each => each.name === cause);
	const evidence = {title: 'Evidence', lines: finding.symptom.evidence.map(value => line('', value))};
	const before = {title: `Before it (${zoneName(now)})`, lines: prelude(finding, moments, now)};
	// What somebody changed is told before all proof.
	const changed = before.lines.some(({health}) => health === 'held');
	const follows = incident === undefined ? own('') : join(consequences(incident));
	return {
		title: say`${finding.symptom.about}: ${own(finding.symptom.id)}`,
		sections: [
			{title: 'What', lines: headOf(finding, facts, incident)},
			{
				title: 'Because of',
				lines: under === undefined ? [] : [line(under.symptom.about, findingWords(under, now), 'bad')],
			},
			...(changed ? [before, evidence] : [evidence, before]),
			{
				title: `What follows${follows === '' ? '' : `: ${follows}`}`,
				lines: incident === undefined ? [] : consequenceLines(incident, now),
			},
			{title: 'Also here', lines: neighbours(finding, facts, now)},
			{title: 'Runbook', lines: runbookLines(finding, runbooks)},
			{title: 'See for yourself', lines: proofOf(finding.symptom).map(value => line('', value))},
			{title: 'Elsewhere', lines: linksOf(finding.symptom, links).map(([place, url]) => line(place, url))},
		].filter(({lines}) => lines.length > 0),
	};
}

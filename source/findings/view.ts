import type {Severity} from '../diagnosis.ts';
import {type Column, type Health, memoised, own, type PaneView, type Row, type SafeText, say} from '../vocabulary.ts';
import {age, join, unknown} from '../words.ts';
import type {Finding} from './finding.ts';
import {consequences, type Incident} from './fold.ts';
import type {IncidentsFacts} from './incidents.ts';
import {clearedWords, clockTime, findingWords} from './tell.ts';

const columns: readonly Column[] = [
	{id: 'what', title: 'WHAT', priority: 0, min: 56, grow: true},
	{id: 'finding', title: 'FINDING', priority: 1, max: 26},
];

const healthOf: Readonly<Record<Severity, Health>> = {critical: 'bad', warning: 'warn'};

/** `jellyfin and immich down`; of many only the first are named. */
export function missed(apps: readonly SafeText[]): SafeText | undefined {
	const [first, second] = apps;
	if (first === undefined) return undefined;
	if (second === undefined) return say`${first} down`;
	return apps.length === 2 ? say`${first} and ${second} down` : say`${first}, ${second} and ${apps.length - 2} more down`;
}

/** A finding in one line with its subject: `nuc-2: kubelet silent since 01:39 (35m)`. */
function lineOf(finding: Finding, now: number): SafeText {
	return say`${finding.symptom.about}: ${findingWords(finding, now)}`;
}

/** An incident in one line: its subject, what is wrong since when, what people feel, what follows from it. */
function incidentLine(incident: Incident, {marks, asOf}: IncidentsFacts): SafeText {
	const {root, apps} = incident;
	const mark = marks.get(root.name);
	const follows = join([missed(apps), ...consequences(incident)], ' · ');
	const line = follows === '' ? lineOf(root, asOf) : say`${lineOf(root, asOf)} — ${follows}`;
	if (root.is === 'unknown') return say`${line} (unknown: ${root.why ?? own('not seen')})`;
	return mark === undefined ? line : say`${line} (acknowledged ${age(mark.at, asOf)} ago)`;
}

function rowOf(finding: Finding, health: Health, text: SafeText, more: Pick<Row, 'under' | 'marked'> = {}): Row {
	const {symptom, name} = finding;
	return {
		key: name,
		health,
		cells: [{text}, {text: own(symptom.id)}],
		about: symptom.about,
		...(symptom.subject === undefined ? {} : {subject: symptom.subject}),
		...more,
	};
}

function familyOf(incident: Incident, facts: IncidentsFacts): readonly Row[] {
	const {root, severity, under} = incident;
	const isMarked = facts.marks.has(root.name);
	const health = root.is === 'unknown' ? 'unknown' : isMarked ? 'held' : healthOf[severity];
	return [
		rowOf(root, health, incidentLine(incident, facts), isMarked ? {marked: true} : {}),
		...under.map(finding =>
			rowOf(finding, finding.is === 'unknown' ? 'unknown' : healthOf[finding.severity], lineOf(finding, facts.asOf), {
				under: root.name,
			}),
		),
	];
}

function rowsOf(facts: IncidentsFacts): readonly Row[] {
	const {incidents, cleared, asOf} = facts;
	return [
		...incidents.flatMap(incident => familyOf(incident, facts)),
		...cleared.map(finding => rowOf(finding, 'idle', say`${finding.symptom.about}: ${clearedWords(finding, asOf)}`)),
	];
}

/** What is wrong, each incident with what follows from it below it, then what was cleared lately. */
export const incidentsView = memoised((facts: IncidentsFacts): PaneView => {
	const {incidents, blind} = facts;
	const lost = blind.filter(({loading}) => !loading);
	return {
		summary: own(incidents.length === 0 ? '' : `${incidents.length}`),
		state: {is: 'live'},
		columns,
		rows: rowsOf(facts),
		notes: lost.map(({what, why}) => ({health: 'unknown' as const, text: say`${what} cannot be judged: ${why}`})),
		empty: own(blind.some(({loading}) => loading) ? 'nothing wrong so far; not everything has been read yet' : 'nothing wrong'),
	};
});

const riskColumns: readonly Column[] = [
	{id: 'about', title: 'ABOUT', priority: 0, max: 28},
	{id: 'what', title: 'WHAT', priority: 0, min: 36, grow: true},
	{id: 'accepted', title: 'ACCEPTED', priority: 1, max: 32},
	{id: 'finding', title: 'FINDING', priority: 2, max: 26},
];

/** A target and how it stands. */
export type Target = {readonly about: SafeText; readonly target: SafeText; readonly actual: SafeText; readonly health: Health};

function riskRow(finding: Finding, {marks, asOf}: IncidentsFacts): Row {
	const {symptom, name} = finding;
	const mark = marks.get(name);
	const until = mark?.until === undefined ? undefined : say`until ${clockTime(mark.until, asOf)}`;
	return {
		key: name,
		health: mark === undefined ? 'risk' : 'held',
		cells: [
			{text: symptom.about},
			{text: join([symptom.title, symptom.more])},
			{text: mark === undefined ? own('') : join([until, mark.note], ': ')},
			{text: own(symptom.id)},
		],
		about: symptom.about,
		...(mark === undefined ? {} : {marked: true as const}),
		...(symptom.subject === undefined ? {} : {subject: symptom.subject}),
	};
}

/** Standing risks, those nobody accepted first, and how the targets stand. */
export function risksView(facts: IncidentsFacts, targets: readonly Target[]): PaneView {
	const risks = facts.risks.map(finding => riskRow(finding, facts));
	const open = risks.filter(({health}) => health === 'risk');
	const accepted = risks.filter(({health}) => health !== 'risk');
	return {
		summary: own(`${accepted.length} accepted, ${open.length} open`),
		state: {is: 'live'},
		columns: riskColumns,
		rows: [
			...open,
			...accepted,
			...targets.map(({about, target, actual, health}) => ({
				key: `target/${about}`,
				health,
				cells: [
					{text: about},
					{text: target === unknown ? actual : say`target ${target}, now ${actual}`},
					{text: own('')},
					{text: own(target === unknown ? 'measured' : 'target')},
				],
			})),
		],
		notes: [],
		empty: own(
			facts.blind.some(({required}) => required) ? 'none seen; not everything could be read' : 'no standing risk and no target',
		),
	};
}

import type {Finding} from '../finding.ts';
import type {Incident} from '../fold.ts';
import {incidentWords} from '../tell.ts';
import type {Head} from './lines.ts';
import {type CheckVerdict, exitOf} from './verdict.ts';

/** Grows when a field changes its meaning or goes; the readme describes it. */
export const schema = 'midwatch.check/1';

const isoOf = (at: number): string => new Date(at).toISOString();

function plainFinding({name, symptom, severity, class: kind, is, since, known, why}: Finding) {
	const {id, about, subject, title, evidence} = symptom;
	return {
		name,
		id,
		about,
		class: kind,
		severity,
		is,
		title,
		since: isoOf(since),
		sinceIs: known,
		evidence,
		...(subject === undefined ? {} : {subject}),
		...(why === undefined ? {} : {why}),
	};
}

/** An incident as data, with what is folded under it and what proves each of them. */
export function plainIncident(incident: Incident, marks: CheckVerdict['marks'], now: number) {
	const {root, severity, under, apps} = incident;
	const mark = marks.get(root.name);
	return {
		...plainFinding(root),
		severity,
		sentence: incidentWords(incident, now),
		apps,
		...(mark === undefined ? {} : {acknowledged: {at: isoOf(mark.at), note: mark.note}}),
		under: under.map(plainFinding),
	};
}

/** A standing risk as data, with its acceptance where somebody accepted it. */
export function plainRisk(risk: Finding, marks: CheckVerdict['marks']) {
	const mark = marks.get(risk.name);
	return {
		...plainFinding(risk),
		...(mark === undefined ? {} : {accepted: {note: mark.note, ...(mark.until === undefined ? {} : {until: isoOf(mark.until)})}}),
	};
}

/** A verdict as data, by the schema that the readme describes. */
export function checkData(verdict: CheckVerdict, server: string, {context, version, now, took}: Head) {
	const {state, incidents, risks, marks, unjudged, measures} = verdict;
	return {
		schema,
		context,
		server,
		version,
		time: isoOf(now),
		seconds: Math.round(took) / 1000,
		state,
		exit: exitOf[state],
		findings: incidents.map(incident => plainIncident(incident, marks, now)),
		risks: risks.map(risk => plainRisk(risk, marks)),
		unjudged,
		measures,
	};
}

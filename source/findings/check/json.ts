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

function plainIncident(incident: Incident, {marks}: CheckVerdict, now: number) {
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
		findings: incidents.map(incident => plainIncident(incident, verdict, now)),
		risks: risks.map(risk => {
			const mark = marks.get(risk.name);
			return {
				...plainFinding(risk),
				...(mark === undefined
					? {}
					: {accepted: {note: mark.note, ...(mark.until === undefined ? {} : {until: isoOf(mark.until)})}}),
			};
		}),
		unjudged,
		measures,
	};
}

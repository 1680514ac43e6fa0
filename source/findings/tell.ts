import {own, type SafeText, say} from '../vocabulary.ts';
import {age, ageTurns, clockTime, join} from '../words.ts';
import {catalogue} from './catalogue.ts';
import type {Finding} from './finding.ts';
import {consequences, type Incident} from './fold.ts';

export {clockTime};

/** The name of the zone the times are told in: `CET`. */
export function zoneName(now: number): SafeText {
	const parts = new Intl.DateTimeFormat('en-GB', {timeZoneName: 'short'}).formatToParts(now);
	return own(parts.find(({type}) => type === 'timeZoneName')?.value ?? 'UTC');
}

/** Since when, and how sure that is: `since 01:39 (35m)`, `for at least 4m (since I watch)`, `since now or earlier`. */
export function sinceWords({since, known}: Pick<Finding, 'since' | 'known'>, now: number): SafeText {
	const old = age(since, now, 'fine');
	if (known === 'recorded') return say`since ${clockTime(since, now)} (${old})`;
	if (known === 'found' && now - since < 60_000) return own('since now or earlier');
	return say`for at least ${old} (since I watch)`;
}

/** When the words of a finding change by time alone, epoch ms. */
export function findingTurns({since, symptom, is}: Finding, now: number): number {
	return is === 'cleared' || symptom.undated === true ? Number.POSITIVE_INFINITY : ageTurns(since, now, 'fine');
}

/** What is wrong with its age, beside the finding's name, which may say it all: `since 01:39 (35m)`. */
function besideName(finding: Finding, now: number): SafeText {
	const {title, more, undated} = finding.symptom;
	const since = undated === true ? undefined : sinceWords(finding, now);
	return join([join([title, since], ' '), more]);
}

/** What is wrong with its age, without its subject: `kubelet silent since 01:39 (35m)`, `backup location unavailable since 01:39 (35m)`. */
export function findingWords(finding: Finding, now: number): SafeText {
	const {id, title} = finding.symptom;
	const words = besideName(finding, now);
	return title === '' ? say`${own(catalogue[id].one)} ${words}` : words;
}

/** An incident in one sentence, beside the name of its finding: what is wrong, since when, and what follows from it, of so many kinds at the most. */
export function incidentWords(incident: Incident, now: number, kinds = Number.POSITIVE_INFINITY): SafeText {
	const said = besideName(incident.root, now);
	const all = consequences(incident);
	const rest = all.length - kinds;
	const follows = join([...all.slice(0, kinds), rest > 0 && kinds > 0 ? own(`+${rest} more`) : undefined]);
	if (follows === '') return said;
	return say`${said}. ${own(incident.root.symptom.id === 'node-not-ready' ? 'On it' : 'With it')}: ${follows}`;
}

/** What is over: `cleared 02:41, lasted 62m`. */
export function clearedWords({since, clearedAt = 0, known}: Finding, now: number): SafeText {
	const lasted = age(since, clearedAt);
	return say`cleared ${clockTime(clearedAt, now)}, lasted ${own(known === 'recorded' ? '' : 'at least ')}${lasted}`;
}

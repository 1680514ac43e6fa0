import type {Moment} from '../diagnosis.ts';
import {own, say} from '../vocabulary.ts';
import {duration} from '../words.ts';
import type {Finding} from './finding.ts';
import type {Ledger} from './judge.ts';

/** How many moments that we watched are kept. */
const most = 400;

const isUp = (finding: Finding | undefined): boolean => finding !== undefined && finding.is !== 'cleared';

function began({symptom, severity, class: kind}: Finding, now: number): Moment {
	const {about, id, title, subject} = symptom;
	const word = kind === 'incident' ? severity : kind;
	return {
		at: now,
		how: 'seen',
		about,
		...(subject === undefined ? {} : {subject}),
		text: say`${own(id)} raised, ${own(word)}${own(title === '' ? '' : ': ')}${title}`,
		isChange: false,
	};
}

function ended({symptom, since, clearedAt = 0}: Finding): Moment {
	const {about, id, subject} = symptom;
	return {
		at: clearedAt,
		how: 'seen',
		about,
		...(subject === undefined ? {} : {subject}),
		text: say`${own(id)} cleared after ${duration(clearedAt - since)}`,
		isChange: false,
	};
}

/**
 * What was seen to begin and to end between two judgements, added to what was seen before. What stood there at the first
 * look was not seen to begin. `now` in epoch ms.
 */
export function seenMoments(seen: readonly Moment[], before: Ledger | undefined, after: Ledger, now: number): readonly Moment[] {
	if (before === undefined || before.findings === after.findings) return seen;
	const [was, is] = [before.findings, after.findings].map(findings => new Map(findings.map(each => [each.name, each])));
	const raised = after.findings.filter(
		each => each.class === 'incident' && each.known === 'watched' && isUp(each) && !isUp(was?.get(each.name)),
	);
	const cleared = before.findings
		.filter(isUp)
		.map(({name}) => is?.get(name))
		.filter(each => each?.is === 'cleared')
		.filter(each => each !== undefined);
	if (raised.length + cleared.length === 0) return seen;
	return [...seen, ...raised.map(each => began(each, now)), ...cleared.map(ended)].slice(-most);
}

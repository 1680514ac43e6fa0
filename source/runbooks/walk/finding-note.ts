import type {Finding} from '../../findings/finding.ts';
import type {Happening} from '../../journal/entry.ts';
import type {Told} from './follow-finding.ts';
import type {Errand, Walk} from './open-walk.ts';

/**
 * What is written down of the finding that a runbook is walked for: since when it is there, when somebody acknowledged it (epoch
 * ms), when it was over. A report and the targets are made of it.
 */
function findingNote(finding: string, {since, clearedAt}: Finding, acknowledgedAt: number | undefined): Happening {
	const at = clearedAt === undefined ? `since ${new Date(since).toISOString()}` : `cleared ${new Date(clearedAt).toISOString()}`;
	return {
		is: 'noted',
		text: `${finding}: ${at}`,
		detail: {
			is: 'finding',
			finding,
			since,
			...(acknowledgedAt === undefined ? {} : {acknowledgedAt}),
			...(clearedAt === undefined ? {} : {clearedAt}),
		},
	};
}

/** Writes down what becomes of the finding that a runbook is walked for, each word of it once. */
export function noteFinding({finding}: Errand, {write}: Walk, follow: (name: string, told: Told) => void): void {
	if (finding === undefined) return;
	let said = '';
	follow(finding, (found, acknowledgedAt) => {
		const saying = [found.since, acknowledgedAt, found.clearedAt].join(' ');
		if (found.is === 'unknown' || saying === said) return;
		said = saying;
		void write(findingNote(finding, found, acknowledgedAt));
	});
}

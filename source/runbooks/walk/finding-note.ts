import type {Finding} from '../../findings/finding.ts';
import type {Happening} from '../../journal/entry.ts';

/**
 * What is written down of the finding that a runbook is walked for: since when it is there, when somebody acknowledged it (epoch
 * ms), when it was over. A report and the targets are made of it.
 */
export function findingNote(finding: string, {since, clearedAt}: Finding, acknowledgedAt: number | undefined): Happening {
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

import {safeText} from '../cluster/safe-text.ts';
import type {PaneView, Subject} from '../vocabulary.ts';

/** Cleaned, a name made to mislead could be that of another object: nobody is to act on it. */
const isWhatItSays = (subject: Subject) => Object.values(subject).every(part => safeText(part) === part);

/** The rows by the names of their columns: what a script wants. */
export function viewData({state, summary, columns, rows, notes}: PaneView) {
	return {
		state,
		summary,
		notes,
		rows: rows.map(({key, health, subject, under, cells}) => ({
			key,
			health,
			...(under === undefined ? {} : {under}),
			...(subject !== undefined && isWhatItSays(subject) ? {subject} : {}),
			cells: Object.fromEntries(columns.map(({id}, at) => [id, cells[at]?.text ?? ''])),
		})),
	};
}

/** Data as JSON that may be printed: JSON escapes C0 only, and who takes a string out of it prints it as it was. */
export function json(data: object): string {
	const safely = (_: string, value: unknown) => (typeof value === 'string' ? safeText(value) : value);
	return `${JSON.stringify(data, safely, 2)}\n`;
}

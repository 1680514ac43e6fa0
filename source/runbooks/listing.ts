import {safeText} from '../cluster/safe-text.ts';
import {type Column, own, type PaneView, type Row, type SafeText, say} from '../vocabulary.ts';
import {count, join} from '../words.ts';
import type {Runbook} from './runbook.ts';
import {stepsOf} from './session/steps.ts';
import type {Shelved} from './shelf.ts';

const columns: readonly Column[] = [
	{id: 'runbook', title: 'RUNBOOK', priority: 0},
	{id: 'title', title: 'TITLE', priority: 1, min: 24, grow: true},
	{id: 'steps', title: 'STEPS', priority: 3, align: 'right'},
	{id: 'from', title: 'FROM', priority: 2},
	{id: 'verified', title: 'VERIFIED', priority: 2},
];

/** Where each comes from, in words. */
export const origins: Readonly<Record<Runbook['origin'], SafeText>> = {
	library: own('shipped'),
	user: own('yours'),
	project: own('this directory'),
};

/** In few words; the runbook itself says on which. */
const shortly = (verified: SafeText): SafeText => (verified.startsWith('on scenario ') ? own('on a scenario') : verified);

function rowOf({runbook, trusted}: Shelved, fits: boolean): Row {
	const {id, title, origin, verified, file} = runbook;
	return {
		key: `${file}#${id}`,
		health: !trusted ? 'held' : fits ? 'warn' : 'idle',
		cells: [
			{text: safeText(id, 120)},
			{text: title},
			{text: own(String(stepsOf(runbook).length))},
			{text: trusted ? origins[origin] : say`${origins[origin]}, not trusted`},
			{text: shortly(verified)},
		],
	};
}

/** Runbooks as a table, those that fit first; `fitting` are the ids of these, the best first. */
export function runbooksView(
	runbooks: readonly Shelved[],
	unreadable: readonly SafeText[],
	fitting: readonly string[],
): PaneView {
	const rank = ({runbook: {id}, trusted}: Shelved): number => {
		const at = trusted ? fitting.indexOf(id) : -1;
		return at < 0 ? fitting.length : at;
	};
	const sorted = runbooks.toSorted((a, b) => rank(a) - rank(b));
	const untrusted = runbooks.filter(({trusted}) => !trusted).length;
	return {
		summary: join([count(runbooks.length, 'runbook'), fitting.length === 0 ? undefined : say`${fitting.length} fit`]),
		state: {is: 'live'},
		columns,
		rows: sorted.map(one => rowOf(one, rank(one) < fitting.length)),
		notes: [
			...unreadable.map(text => ({health: 'unknown' as const, text})),
			...(untrusted === 0
				? []
				: [
						{
							health: 'held' as const,
							text: own(
								'Runbooks of this directory are code from wherever it comes; look at one before you trust it: it is neither matched nor run until then.',
							),
						},
					]),
		],
		empty: own('there is none'),
	};
}

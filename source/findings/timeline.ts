import type {Moment} from '../diagnosis.ts';
import {type Column, type Detail, own, type PaneView, type Row, say} from '../vocabulary.ts';
import {age} from '../words.ts';
import {clockTime, zoneName} from './tell.ts';

const columns = (zone: string): readonly Column[] => [
	{id: 'at', title: `WHEN ${zone}`, priority: 0},
	{id: 'how', title: 'HOW', priority: 1},
	{id: 'about', title: 'ABOUT', priority: 0, max: 36},
	{id: 'what', title: 'WHAT', priority: 0, min: 20, grow: true},
];

/** What two slices tell of the same moment is told once; the newest first. */
export function inOrder(moments: readonly Moment[]): readonly Moment[] {
	const known = new Map<string, Moment>();
	for (const moment of moments) if (moment.at > 0) known.set(keyOf(moment), moment);
	return [...known.values()].sort((a, b) => b.at - a.at || (a.about < b.about ? -1 : 1));
}

function rowOf(moment: Moment, now: number): Row {
	const {at, how, about, subject, text, isChange} = moment;
	return {
		key: keyOf(moment),
		health: isChange ? 'held' : 'idle',
		cells: [{text: clockTime(at, now), sort: at}, {text: own(how)}, {text: about}, {text}],
		about,
		...(subject === undefined ? {} : {subject}),
	};
}

const keyOf = ({at, about, text}: Moment): string => `${at} ${about} ${text}`;

/** One moment in full, on the reader's clock; undefined when there is none of that key. */
export function momentDetail(moments: readonly Moment[], key: string, now: number): Detail | undefined {
	const moment = moments.find(each => keyOf(each) === key);
	if (moment === undefined) return undefined;
	const {at, how, about, text, isChange} = moment;
	const lines = [
		{label: 'when', value: say`${clockTime(at, now)} ${zoneName(now)}, ${age(at, now)} ago`},
		{label: 'how', value: own(how === 'seen' ? 'seen from here' : 'recorded in the cluster')},
		{label: 'what', value: text},
		...(isChange ? [{label: '', value: own('somebody changed this')}] : []),
	];
	return {title: about, sections: [{title: 'Moment', lines}]};
}

/**
 * What happened, newest first, on the reader's clock; `now` in epoch ms. What somebody changed has a sign of its own. Of
 * nothing only whoever read `everything` may speak.
 */
export function timelineView(moments: readonly Moment[], everything: boolean, now: number): PaneView {
	return {
		summary: own(moments.length === 0 ? '' : `${moments.length} moments, newest first`),
		state: {is: 'live'},
		columns: columns(zoneName(now)),
		rows: moments.map(moment => rowOf(moment, now)),
		notes: [],
		empty: own(everything ? 'nothing is recorded of the last day' : 'nothing so far; not everything could be read'),
	};
}

import {safeText} from '../cluster/safe-text.ts';
import type {Moment} from '../diagnosis.ts';
import {shownPath} from '../words.ts';
import {subjectOf, type Workload} from './owner.ts';

/** What happened to a workload, in words of any length, and when, epoch ms. */
type Told = {readonly at: number; readonly text: string; readonly isChange?: boolean};

/** A moment of a workload that an object's own time stamp tells of. */
export function recorded(workload: Workload, {at, text, isChange = false}: Told): Moment {
	const subject = subjectOf(workload);
	return {at, how: 'recorded', about: shownPath(workload), ...(subject && {subject}), text: safeText(text, 160), isChange};
}

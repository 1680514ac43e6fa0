import {expect, test} from 'vitest';
import type {Moment} from '../../source/diagnosis.ts';
import {incidentsFacts} from '../../source/findings/incidents.ts';
import {storyOf} from '../../source/findings/story.ts';
import {timelineView} from '../../source/findings/timeline.ts';
import {noMarks} from '../../source/marks.ts';
import {own, type RawName, type Subject} from '../../source/vocabulary.ts';
import {clockTime} from '../../source/words.ts';
import {hour, minute, named, now, second, standing, symptom} from './symptoms.ts';

const since = now - 40 * minute;
const manager: Subject = {
	resource: 'daemonsets.apps',
	namespace: 'longhorn-system' as RawName,
	name: 'longhorn-manager' as RawName,
};
const down = symptom('controller-down', 'longhorn-manager', {since, subject: manager, evidence: [own('0 of 6 ready')]});

const moment = (before: number, about: string, text: string, more: Partial<Moment> = {}): Moment => ({
	at: since - before,
	how: 'recorded',
	about: own(about),
	text: own(text),
	isChange: false,
	...more,
});

/** The titles of its sections, and what stands under one of them, without the time of day. */
function told(moments: readonly Moment[], section = 'Before it') {
	const ledger = standing([down]);
	const story = storyOf(
		incidentsFacts(ledger, noMarks, now),
		named('controller-down', 'longhorn-manager'),
		moments,
		ledger.findings,
		{},
		{'controller-down': 'longhorn-down'},
	);
	const titles = story?.sections.map(({title}) => title.split(/[:(]/)[0]?.trim()) ?? [];
	const lines = story?.sections.find(({title}) => title.startsWith(section))?.lines ?? [];
	return {titles, lines: lines.map(({label, value}) => `${label.replace(/^.*\d\d:\d\d /, '')} ${value}`.trim())};
}

test('tells the quarter of an hour before, and the minute after, in order', () => {
	const {titles, lines} = told([
		moment(-30 * second, 'a/b', 'BackOff'),
		moment(-2 * minute, 'a/b', 'too late'),
		moment(14 * minute, 'nuc-2', 'rebooted'),
		moment(16 * minute, 'nuc-3', 'too early'),
	]);
	expect(lines).toEqual(['recorded nuc-2: rebooted', 'recorded a/b: BackOff']);
	expect(titles.indexOf('Evidence')).toBeLessThan(titles.indexOf('Before it'));
});

test('what somebody changed comes before all proof, and what came after it is left out', () => {
	const {titles, lines} = told([
		moment(2 * minute, 'longhorn-system/longhorn-manager', 'changed by helm', {isChange: true}),
		moment(-30 * second, 'a/b', 'BackOff'),
	]);
	expect(lines).toEqual(['recorded longhorn-system/longhorn-manager: changed by helm']);
	expect(titles.indexOf('Before it')).toBeLessThan(titles.indexOf('Evidence'));
});

test('what was changed of the very thing is told however long before', () => {
	const changes = [
		moment(20 * hour, 'longhorn-system/longhorn-manager', 'changed by helm', {isChange: true, subject: manager}),
		moment(20 * hour, 'a/other', 'changed by helm', {isChange: true, subject: {...manager, name: 'other' as RawName}}),
		moment(20 * hour, 'longhorn-system/longhorn-manager', 'BackOff', {subject: manager}),
	];
	expect(told(changes).lines).toEqual(['recorded longhorn-system/longhorn-manager: changed by helm']);
});

test('what befell several within a minute is told once', () => {
	const abouts = ['apps/nextcloud', 'media/jellyfin', 'media/sonarr'];
	expect(told(abouts.map(about => moment(minute, about, 'Available turned False'))).lines).toEqual([
		'recorded apps/nextcloud and 2 more: Available turned False',
	]);
	expect(told(abouts.slice(1).map(about => moment(minute, about, 'Available turned False'))).lines).toHaveLength(2);
});

test('a timeline says nothing of what could not be read', () => {
	expect(timelineView([], true, now).empty).toBe('nothing is recorded of the last day');
	expect(timelineView([], false, now).empty).toBe('nothing so far; not everything could be read');
	const [row] = timelineView([moment(0, 'a/b', 'changed by helm', {isChange: true})], true, now).rows;
	expect(row).toMatchObject({health: 'held', about: 'a/b'});
	expect(row?.cells.map(({text}) => text)).toEqual([clockTime(since, now), 'recorded', 'a/b', 'changed by helm']);
});

test('names the runbook for it, before the command that proves it', () => {
	const {titles, lines} = told([], 'Runbook');
	expect(lines).toEqual(['midwatch runbook run longhorn-down --finding controller-down:longhorn-manager']);
	expect(titles.indexOf('Runbook')).toBeGreaterThan(titles.indexOf('Evidence'));
});

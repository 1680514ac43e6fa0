import {describe, expect, test} from 'vitest';
import type {Symptom} from '../../source/diagnosis.ts';
import type {Finding} from '../../source/findings/finding.ts';
import {fold} from '../../source/findings/fold.ts';
import {clearedWords, findingTurns, findingWords, incidentWords, sinceWords} from '../../source/findings/tell.ts';
import {own} from '../../source/vocabulary.ts';
import {clockTime} from '../../source/words.ts';
import {hour, judged, minute, named, now, says, second, standing, symptom} from './symptoms.ts';

const silent = symptom('node-not-ready', 'nuc-2', {title: own('kubelet silent'), since: now - 35 * minute});
const raised = (one: Symptom, at = now): Finding => {
	const [finding] = judged([[at, says([one])]]).findings;
	if (finding === undefined) throw new Error('Nothing was raised.');
	return finding;
};

describe('since when', () => {
	const since = clockTime(now - 35 * minute, now);

	test('is told by the clock where it is recorded', () => {
		expect(sinceWords(raised(silent), now)).toBe(`since ${since} (35m)`);
		const yesterday = now - 25 * hour;
		expect(sinceWords({since: yesterday, known: 'recorded'}, now)).toBe(`since ${clockTime(yesterday, now)} (25h00)`);
		expect(clockTime(yesterday, now)).toMatch(/^2\d Nov \d\d:\d\d$/);
		expect(clockTime(now - 400 * 24 * hour, now)).toMatch(/ 2025 \d\d:\d\d$/);
	});

	test('is told as no more than we know where it is not', () => {
		const found = raised({...silent, since: 0});
		expect(sinceWords(found, now)).toBe('since now or earlier');
		expect(sinceWords(found, now + minute - 1)).toBe('since now or earlier');
		expect(sinceWords(found, now + 4 * minute)).toBe('for at least 4m (since I watch)');
		expect(sinceWords({since: now - 20 * second, known: 'watched'}, now)).toBe('for at least 20s (since I watch)');
	});
});

describe('a finding', () => {
	test('is told with its age, and what is to be said after it', () => {
		expect(findingWords(raised(silent), now)).toBe(`kubelet silent since ${clockTime(now - 35 * minute, now)} (35m)`);
		expect(findingWords(raised({...silent, more: own('feeds tier-0')}), now)).toMatch(/\(35m\), feeds tier-0$/);
		expect(findingWords(raised({...silent, title: own('')}), now)).toMatch(/^node lost since /);
	});

	test('is told without it where its title tells', () => {
		const late = raised({
			...symptom('backup-late', 'tier-0'),
			since: now - hour,
			title: own('recovery point 8h04 old'),
			undated: true,
		});
		expect(findingWords(late, now)).toBe('recovery point 8h04 old');
		expect(findingTurns(late, now)).toBe(Number.POSITIVE_INFINITY);
	});

	test('says when its words turn', () => {
		const finding = raised({...silent, since: now - 35 * minute - 10 * second});
		expect(findingTurns(finding, now)).toBe(now + 50 * second);
	});
});

describe('an incident', () => {
	const causes = [named('node-not-ready', 'nuc-2')];
	const [incident] = fold(
		standing([silent, symptom('volume-degraded', 'a/b', {causes}), symptom('pods-failing', 'a/c', {causes})]),
	).incidents;
	if (incident === undefined) throw new Error('There is none.');
	const since = clockTime(now - 35 * minute, now);

	test('is told with what follows from it', () => {
		expect(incidentWords(incident, now)).toBe(`kubelet silent since ${since} (35m). On it: 1 volume degraded, 1 pod failing`);
	});

	test('is told with as many kinds of it as there is room for', () => {
		expect(incidentWords(incident, now, 1)).toBe(`kubelet silent since ${since} (35m). On it: 1 volume degraded, +1 more`);
		expect(incidentWords(incident, now, 0)).toBe(`kubelet silent since ${since} (35m)`);
	});
});

test('what is over is told with how long it lasted, at the least where nobody saw it begin', () => {
	const over = {since: now - hour, clearedAt: now - 20 * minute};
	const at = clockTime(now - 20 * minute, now);
	expect(clearedWords({...raised(silent), ...over, known: 'recorded'}, now)).toBe(`cleared ${at}, lasted 40m`);
	expect(clearedWords({...raised(silent), ...over, known: 'watched'}, now)).toBe(`cleared ${at}, lasted at least 40m`);
});

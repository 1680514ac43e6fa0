import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cycleOf} from '../../source/backups/cycle.ts';
import {goDuration} from '../../source/backups/go-duration.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('the period of a schedule is the longest gap between two runs', () => {
	test.each([
		['0 */6 * * *', 6 * hour],
		['0 2 * * *', day],
		['30 3 * * 0', 7 * day],
		['0 2 * * SUN', 7 * day],
		['0 2 1 * *', 31 * day],
		['*/15 * * * *', 15 * minute],
		['5/15 * * * *', 15 * minute],
		['0 2,14 * * *', 12 * hour],
		['0 1,4 * * *', 21 * hour],
		['0 8-18 * * 1-5', 62 * hour],
		['*/15 8-18 * * 1-5', (62 - 1) * hour + 15 * minute],
		['0 2 */2 * *', 2 * day],
		['0 0 1 1 *', 366 * day],
		['0 0 29 2 *', (8 * 365 + 1) * day],
		['? ? * * ?', minute],
		['@hourly', hour],
		['@daily', day],
		['@midnight', day],
		['@weekly', 7 * day],
		['@monthly', 31 * day],
		['@yearly', 366 * day],
		['@every 6h', 6 * hour],
		['@every 1h30m', 90 * minute],
		['TZ=UTC 0 */6 * * *', 6 * hour],
		['CRON_TZ=UTC 0 2 * * *', day],
	])('%s', (written, period) => {
		expect(cycleOf(written)?.period).toBe(period);
	});
});

test.each([
	'',
	'garbage',
	'* * * *',
	'0 0 2 * * *',
	'60 * * * *',
	'0 0 30 2 *',
	'@every',
	'@every soon',
	'@every 0s',
	'@reboot',
	'TZ=No/Where 0 2 * * *',
])('%j is no schedule', written => {
	expect(cycleOf(written)).toBeUndefined();
});

test('the next run comes after the last one, in UTC', () => {
	const last = Date.UTC(2026, 10, 21, 0, 0);
	expect(cycleOf('0 */6 * * *')?.next(last)).toBe(last + 6 * hour);
	expect(cycleOf('@every 90m')?.next(last)).toBe(last + 90 * minute);
	expect(cycleOf('TZ=Asia/Tokyo 0 2 * * *')?.next(last)).toBe(Date.UTC(2026, 10, 21, 17, 0));
});

test('whatever stands in a schedule, reading it ends and never throws', () => {
	const field = fc.stringMatching(/^[\d*/,\-?LW#A-Z]{0,8}$/);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.array(field, {minLength: 4, maxLength: 6}).map(fields => fields.join(' ')),
			),
			written => {
				const cycle = cycleOf(written);
				expect(cycle === undefined || cycle.period > 0).toBe(true);
			},
		),
		{numRuns: 200},
	);
});

test.each([
	['720h0m0s', 30 * day],
	['1.5h', 90 * minute],
	['500ms', 500],
	['0s', 0],
	['', undefined],
	['7d', undefined],
	['5', undefined],
])('the Go duration %s', (written, expected) => {
	expect(goDuration(written)).toBe(expected);
});

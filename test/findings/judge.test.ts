import {afterEach, describe, expect, test, vi} from 'vitest';
import {judge} from '../../source/findings/judge.ts';
import {own} from '../../source/vocabulary.ts';
import {blind, hour, judged, minute, now, says, second, symptom, told} from './symptoms.ts';

const tenMinutes = {warning: 10 * minute, critical: hour};
const full = symptom('disk-full', 'nuc-3', {after: tenMinutes});
const nothing = says([]);

describe('what its object proves to be true since', () => {
	test.each([
		['just not long enough', 10 * minute - 1, []],
		['long enough for a warning', 10 * minute, ['disk-full:nuc-3 warning raised recorded']],
		['just not critical', hour - 1, ['disk-full:nuc-3 warning raised recorded']],
		['critical', hour, ['disk-full:nuc-3 critical raised recorded']],
	])('%s', (_, old, expected) => {
		expect(told(judged([[now, says([{...full, since: now - old}])]]))).toEqual(expected);
	});

	test('is older than we are', () => {
		const [finding] = judged([[now, says([{...full, since: now - 2 * hour}])]]).findings;
		expect(finding).toMatchObject({since: now - 2 * hour, known: 'recorded'});
	});
});

describe('what nothing proves', () => {
	test('is worth a warning at once where it was there when we came, and no more before it was watched for long enough', () => {
		const ledger = judged([[now, says([full])]]);
		expect(told(ledger)).toEqual(['disk-full:nuc-3 warning raised found']);
		expect(told(judged([[now + hour - 1, says([full])]], undefined, ledger))).toEqual(['disk-full:nuc-3 warning raised found']);
		expect(told(judged([[now + hour, says([full])]], undefined, ledger))).toEqual(['disk-full:nuc-3 critical raised found']);
	});

	test('stays raised where it begins anew before it has cleared', () => {
		const down = symptom('session-down', 'nuc-2', {after: {warning: 2 * minute}});
		const ledger = judged([
			[now, says([down])],
			[now + second, says([{...down, since: now + second}])],
		]);
		expect(told(ledger)).toEqual(['session-down:nuc-2 warning raised recorded']);
		const gone = judged([[now + 2 * second, nothing]], undefined, ledger);
		expect(told(judged([[now + 3 * minute, nothing]], undefined, gone))[0]).toContain('cleared');
	});

	test('is held back where we saw it begin', () => {
		const began = judged([
			[now, nothing],
			[now + second, says([full])],
		]);
		expect(told(began)).toEqual([]);
		expect(began.changesAt).toBe(now + second + 10 * minute);
		expect(told(judged([[now + 10 * minute, says([full])]], undefined, began))).toEqual([]);
		const raised = judged([[began.changesAt, says([full])]], undefined, began);
		expect(told(raised)).toEqual(['disk-full:nuc-3 warning raised watched']);
		expect(raised.findings[0]?.since).toBe(now + second);
	});

	test('was there when its source was first read, however late that was', () => {
		const source = {blind: [blind(['disk-full'], {loading: true})]};
		const ledger = judged([
			[now, says([], source)],
			[now + minute, says([full])],
		]);
		expect(told(ledger)).toEqual(['disk-full:nuc-3 warning raised found']);
	});

	test('counts from when an earlier run saw it first', () => {
		const remembered = new Map([['disk-full:nuc-3', now - hour]]);
		const ledger = judged([[now, says([full])]], remembered);
		expect(told(ledger)).toEqual(['disk-full:nuc-3 critical raised watched']);
		expect(ledger.findings[0]?.since).toBe(now - hour);
		expect(told(judged([[now, says([full])]], new Map([['disk-full:nuc-3', now - minute]])))).toEqual([]);
	});
});

describe('holds', () => {
	test.each([
		['its own where its threshold is shorter', symptom('webhook-down', 'kyverno'), minute],
		['half a minute where there is none', symptom('claim-lost', 'media/books'), 30 * second],
		['its threshold where that is longer', symptom('session-down', 'nuc-2', {after: {warning: 2 * minute}}), 2 * minute],
	])('%s', (_, one, hold) => {
		const at = (age: number) => told(judged([[now, says([{...one, since: now - age}])]]));
		expect(at(hold - 1)).toEqual([]);
		expect(at(hold)).toHaveLength(1);
	});

	test('are for what pages: a risk is told at once', () => {
		const risk = symptom('node-cordoned', 'nuc-1');
		expect(told(judged([[now, says([{...risk, since: now - 1}])]]))).toEqual(['node-cordoned:nuc-1 warning raised recorded']);
	});

	test('a severity that is never reached is not', () => {
		const one = symptom('disk-full', 'nuc-3', {after: {warning: minute}, since: now - 1000 * hour});
		expect(told(judged([[now, says([one])]]))).toEqual(['disk-full:nuc-3 warning raised recorded']);
		expect(told(judged([[now, says([{...one, after: {}}])]]))).toEqual([]);
	});
});

describe('what is gone', () => {
	const raised = judged([[now, says([{...full, since: now - hour}])]]);
	const goneAt = (ms: number) => judged([[now + ms, nothing]], undefined, judged([[now, nothing]], undefined, raised));

	test('stands for as long as it had to be true, though never for more than two minutes; then it is over since it went', () => {
		expect(told(goneAt(2 * minute - 1))).toEqual(['disk-full:nuc-3 critical raised recorded']);
		const over = goneAt(2 * minute);
		expect(told(over)).toEqual(['disk-full:nuc-3 critical cleared recorded']);
		expect(over.findings[0]?.clearedAt).toBe(now);
	});

	test('stands no shorter than its hold', () => {
		const webhook = {...symptom('webhook-down', 'kyverno'), since: now - hour};
		const gone = judged([
			[now, says([webhook])],
			[now, nothing],
		]);
		expect(told(judged([[now + minute - 1, nothing]], undefined, gone))).toEqual([
			'webhook-down:kyverno warning raised recorded',
		]);
		expect(told(judged([[now + minute, nothing]], undefined, gone))).toEqual(['webhook-down:kyverno warning cleared recorded']);
	});

	test('comes back as if it had never gone when it is back in time', () => {
		const away = goneAt(minute);
		const back = judged([[now + minute + 1, says([{...full, since: now - hour}])]], undefined, away);
		expect(told(back)).toEqual(['disk-full:nuc-3 critical raised recorded']);
	});

	test('is told for a quarter of an hour after it went, then forgotten', () => {
		const over = goneAt(2 * minute);
		expect(told(judged([[now + 15 * minute - 1, nothing]], undefined, over))).toHaveLength(1);
		const forgotten = judged([[now + 15 * minute, nothing]], undefined, over);
		expect(told(forgotten)).toEqual([]);
		expect(forgotten.watches.size).toBe(0);
	});

	test('begins anew where it comes back after that', () => {
		const over = judged([[now + 5 * minute, says([full])]], undefined, goneAt(2 * minute));
		expect(told(over)).toEqual([]);
		expect(told(judged([[now + 15 * minute, says([full])]], undefined, over))).toEqual([
			'disk-full:nuc-3 warning raised watched',
		]);
	});

	test('was never told where it was not raised yet', () => {
		const short = judged([
			[now, nothing],
			[now + second, says([full])],
			[now + minute, nothing],
		]);
		expect(short.watches.size).toBe(0);
	});

	test('a risk goes at once', () => {
		const risk = symptom('node-cordoned', 'nuc-1');
		const ledger = judged([
			[now, says([risk])],
			[now + 1, nothing],
		]);
		expect(told(ledger)).toEqual([]);
	});
});

describe('while its source cannot be believed', () => {
	const raised = judged([[now, says([{...full, since: now - hour}])]]);
	const lost = says([], {blind: [blind(['disk-full'])]});

	test('what was raised is unknown, for as long as that lasts, and says why', () => {
		const unknown = judged([[now + 1, lost]], undefined, raised);
		expect(told(unknown)).toEqual(['disk-full:nuc-3 critical unknown recorded']);
		expect(unknown.findings[0]?.why).toBe('longhorn: denied');
		expect(told(judged([[now + 100 * hour, lost]], undefined, unknown))).toEqual(['disk-full:nuc-3 critical unknown recorded']);
	});

	test('it is neither cleared nor is its time counted: it is raised when it is there again, and goes when it is not', () => {
		const unknown = judged([[now + hour, lost]], undefined, raised);
		const there = judged([[now + 2 * hour, says([{...full, since: now - hour}])]], undefined, unknown);
		expect(told(there)).toEqual(['disk-full:nuc-3 critical raised recorded']);
		expect(there.findings[0]).not.toHaveProperty('why');
		const gone = judged([[now + 2 * hour, nothing]], undefined, unknown);
		expect(told(gone)).toEqual(['disk-full:nuc-3 critical raised recorded']);
		const over = judged([[now + 2 * hour + 2 * minute, nothing]], undefined, gone);
		expect(over.findings[0]).toMatchObject({is: 'cleared', clearedAt: now + 2 * hour});
	});

	test('what was said last of it is unknown as well', () => {
		const frozen = says([{...full, since: now - hour}], {blind: [blind(['disk-full'])]});
		expect(told(judged([[now, frozen]]))).toEqual(['disk-full:nuc-3 critical unknown recorded']);
	});

	test('only what it tells of is', () => {
		const one = says([], {blind: [blind(['disk-full'], {abouts: new Set(['nuc-1'])})]});
		expect(told(judged([[now + hour, one]], undefined, judged([[now, one]], undefined, raised)))).toEqual([
			'disk-full:nuc-3 critical cleared recorded',
		]);
	});

	test('a new reason is told', () => {
		const unknown = judged([[now + 1, lost]], undefined, raised);
		const other = says([], {blind: [blind(['disk-full'], {why: own('longhorn-manager not running')})]});
		expect(judged([[now + 2, other]], undefined, unknown).findings[0]?.why).toBe('longhorn-manager not running');
	});
});

describe('the same', () => {
	const diagnoses = says([{...full, since: now - hour}]);

	test('is given again until something in it changes', () => {
		const ledger = judged([[now, diagnoses]]);
		expect(judge({diagnoses, now: now + second, remembered: new Map()}, ledger)).toBe(ledger);
	});

	test('findings stay the same objects whatever else is said', () => {
		const other = symptom('claim-lost', 'media/books', {since: now - hour});
		const ledger = judged([[now, diagnoses]]);
		const next = judged([[now + second, [...diagnoses, ...says([other])]]], undefined, ledger);
		expect(next.findings.find(({name}) => name === 'disk-full:nuc-3')).toBe(ledger.findings[0]);
		expect(told(next)).toEqual(['disk-full:nuc-3 critical raised recorded', 'claim-lost:media/books warning raised recorded']);
	});
});

describe('its clock', () => {
	afterEach(() => void vi.restoreAllMocks());

	test('is the one it is given', () => {
		vi.spyOn(Date, 'now').mockImplementation(() => {
			throw new Error('nobody asked this machine');
		});
		expect(told(judged([[now, says([{...full, since: now - hour}])]]))).toHaveLength(1);
	});
});

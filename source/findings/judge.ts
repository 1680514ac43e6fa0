import {type Blind, type Diagnosis, type Felt, nameOf, type Severity, type Symptom} from '../diagnosis.ts';
import {sameList} from '../reuse.ts';
import {catalogue, clearsAfter} from './catalogue.ts';
import {compareFindings, type Finding} from './finding.ts';

/** One symptom over time. All times are epoch ms. */
type Watch = {
	readonly symptom: Symptom;
	readonly firstSeen: number;
	/** There when its source was first read: nobody saw it begin. */
	readonly found: boolean;
	/** Undefined while it has not lasted long enough. */
	readonly finding: Finding | undefined;
	/** When its condition was gone, 0 while it is there. */
	readonly goneAt: number;
};

/** Everything that was judged, and what it takes to judge on. The same object until something in it changed. */
export type Ledger = {
	/** Raised, unknown and lately cleared ones, in the order they are told in. */
	readonly findings: readonly Finding[];
	readonly blind: readonly Blind[];
	readonly felt: readonly Felt[];
	/** When something here changes by time alone, epoch ms. */
	readonly changesAt: number;
	readonly watches: ReadonlyMap<string, Watch>;
	readonly diagnoses: readonly Diagnosis[];
};

export type Judgement = {
	readonly diagnoses: readonly Diagnosis[];
	/** Epoch ms on the server's clock. */
	readonly now: number;
	/** When a symptom was first seen by an earlier run, by the finding's name: the last-known file's. */
	readonly remembered: ReadonlyMap<string, number>;
};

/** A cleared incident is shown this long, in milliseconds. */
const clearedShown = 15 * 60_000;
/** What no threshold holds back must still last so long, so that a restart does not shout. */
const usualHold = 30_000;
const never = Number.POSITIVE_INFINITY;

/** Why this cannot be judged; undefined where it can. */
function blindness(blind: readonly Blind[], {id, about}: Symptom): Blind | undefined {
	return blind.find(({ids, abouts}) => ids.includes(id) && (abouts === undefined || abouts.has(about)));
}

function classOf(symptom: Symptom): Finding['class'] {
	return symptom.class ?? catalogue[symptom.id].class;
}

/** After how long a symptom is of a severity: its own threshold, or the hold of its kind where that is longer. */
function thresholds(symptom: Symptom): {readonly warning: number; readonly critical: number} {
	const {warning = never, critical = never} = symptom.after;
	if (classOf(symptom) !== 'incident') return {warning, critical};
	const hold = catalogue[symptom.id].hold ?? 0;
	const held = (threshold: number) => Math.max(threshold, hold === 0 && threshold === 0 ? usualHold : hold);
	return {warning: held(warning), critical: held(critical)};
}

type Level = {readonly severity: Severity | undefined; readonly turnsAt: number};

/** How bad it is after having been true since `start`; and when that changes. */
function levelAt(symptom: Symptom, start: number, now: number): Level {
	const {warning, critical} = thresholds(symptom);
	if (now >= start + critical) return {severity: 'critical', turnsAt: never};
	if (now >= start + warning) return {severity: 'warning', turnsAt: start + critical};
	return {severity: undefined, turnsAt: start + Math.min(warning, critical)};
}

type Watched = {readonly watch: Watch; readonly turnsAt: number};

function findingOf(watch: Omit<Watch, 'finding'>, severity: Severity, blind: Blind | undefined): Finding {
	const {symptom, firstSeen, found} = watch;
	const recorded = symptom.since > 0;
	return {
		name: nameOf(symptom.id, symptom.about),
		symptom,
		class: classOf(symptom),
		severity,
		is: blind === undefined ? 'raised' : 'unknown',
		since: recorded ? symptom.since : firstSeen,
		known: recorded ? 'recorded' : found ? 'found' : 'watched',
		...(blind === undefined ? {} : {why: blind.why}),
	};
}

const sameFinding = (a: Finding, b: Finding): boolean =>
	a.symptom === b.symptom && a.severity === b.severity && a.is === b.is && a.since === b.since && a.why === b.why;

/** A symptom that is there now. */
function present(
	symptom: Symptom,
	before: Watch | undefined,
	isNew: boolean,
	blind: Blind | undefined,
	judgement: Judgement,
): Watched {
	const {now, remembered} = judgement;
	const known = before?.finding?.is === 'cleared' ? undefined : before;
	const name = nameOf(symptom.id, symptom.about);
	const earlier = remembered.get(name);
	const base = {
		symptom,
		firstSeen: known?.firstSeen ?? (before === undefined ? (earlier ?? now) : now),
		found: known?.found ?? (isNew && earlier === undefined),
		goneAt: 0,
	};
	const level = levelAt(symptom, symptom.since > 0 ? symptom.since : base.firstSeen, now);
	// Nobody saw it begin, and nothing tells: it is worth a warning at once, and no more until it has been watched long enough.
	const atSight = base.found && symptom.since === 0 ? 'warning' : undefined;
	// What was raised and begins anew before it has cleared was never over.
	const severity = level.severity ?? atSight ?? known?.finding?.severity;
	const finding = severity === undefined ? undefined : findingOf(base, severity, blind);
	const same = finding !== undefined && known?.finding !== undefined && sameFinding(finding, known.finding);
	return {watch: {...base, finding: same ? known.finding : finding}, turnsAt: level.turnsAt};
}

/** A symptom that was there and is not any more; undefined when it can be forgotten. */
function gone(watch: Watch, blind: Blind | undefined, now: number): Watched | undefined {
	const {finding, symptom} = watch;
	if (finding === undefined) return undefined;
	if (finding.is === 'cleared') {
		const until = (finding.clearedAt ?? 0) + clearedShown;
		return now < until ? {watch, turnsAt: until} : undefined;
	}
	if (blind !== undefined) {
		if (finding.is === 'unknown' && finding.why === blind.why) return {watch, turnsAt: never};
		return {watch: {...watch, goneAt: 0, finding: {...finding, is: 'unknown', why: blind.why}}, turnsAt: never};
	}
	const goneAt = watch.goneAt === 0 ? now : watch.goneAt;
	const clearsAt = goneAt + clearsAfter(symptom.id, symptom.after, finding.class);
	if (now < clearsAt) {
		const {why: _, ...still} = finding;
		const raised: Finding = finding.is === 'raised' ? finding : {...still, is: 'raised'};
		return {watch: {...watch, goneAt, finding: raised}, turnsAt: clearsAt};
	}
	if (finding.class !== 'incident') return undefined;
	const {why: _, ...last} = finding;
	return {watch: {...watch, goneAt, finding: {...last, is: 'cleared', clearedAt: goneAt}}, turnsAt: goneAt + clearedShown};
}

/**
 * Judges what the slices say: a symptom that has lasted is raised, one that has been gone for as long is cleared, and where
 * its source cannot be believed it is neither. Pure: give it its last answer.
 */
export function judge(judgement: Judgement, before?: Ledger): Ledger {
	const {diagnoses, now} = judgement;
	if (before !== undefined && now < before.changesAt && sameList(before.diagnoses, diagnoses) === before.diagnoses) return before;
	const blind = diagnoses.flatMap(diagnosis => diagnosis.blind);
	const watches = new Map<string, Watch>();
	let changesAt = never;
	const enter = (name: string, {watch, turnsAt}: Watched) => {
		watches.set(name, watch);
		if (turnsAt > now) changesAt = Math.min(changesAt, turnsAt);
	};
	for (const symptom of diagnoses.flatMap(({symptoms}) => symptoms)) {
		const name = nameOf(symptom.id, symptom.about);
		const isNew = before === undefined || blindness(before.blind, symptom) !== undefined;
		enter(name, present(symptom, before?.watches.get(name), isNew, blindness(blind, symptom), judgement));
	}
	for (const [name, watch] of before?.watches ?? []) {
		if (watches.has(name)) continue;
		const still = gone(watch, blindness(blind, watch.symptom), now);
		if (still !== undefined) enter(name, still);
	}
	const found = [...watches.values()].flatMap(({finding}) => (finding === undefined ? [] : [finding]));
	const felt = diagnoses.flatMap(diagnosis => diagnosis.felt ?? []);
	return {
		findings: sameList(before?.findings, found.sort(compareFindings)),
		blind: sameList(before?.blind, blind),
		felt: sameList(before?.felt, felt),
		changesAt,
		watches,
		diagnoses,
	};
}

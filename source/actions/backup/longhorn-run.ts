import {longhornBackupKind} from '../../backups/longhorn.ts';
import {identityOf} from '../../cluster/identity.ts';
import {flag, text} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {count, join, percent} from '../../words.ts';
import type {Outcome, Running} from '../action.ts';
import type {Hands} from '../hands.ts';
import {batchOf, type Made, make, pathIn} from './create.ts';
import {follow, type Sight} from './follow.ts';
import {collectionIn, type LonghornData} from './longhorn.ts';
import {type Body, longhornBackup, longhornSnapshot, stampOf} from './objects.ts';
import {resumeOf} from './single.ts';
import type {PlannedVolume} from './volumes.ts';

/** How far a volume is. `doubted`: whether something of it was made is not known, and somebody has said stop. */
type Course = {
	readonly is: 'due' | 'snapshot' | 'backup' | 'done' | 'failed' | 'doubted';
	readonly words: SafeText;
	/** Of its backup, 0–1. */
	readonly done: number;
};

const due: Course = {is: 'due', words: own('not begun'), done: 0};
const failed = (words: SafeText): Course => ({is: 'failed', words, done: 0});
const isUnderWay = ({is}: Course): boolean => is === 'snapshot' || is === 'backup';

type Run = {
	readonly data: LonghornData;
	readonly batch: string;
	readonly reader: Reader;
	readonly create: (what: string, plural: 'snapshots' | 'backups', name: string, body: Body) => Promise<Made>;
};

/** Names are made of the batch and the volume, so that a run that is taken up again finds its own. */
const snapshotName = (batch: string, {uid}: PlannedVolume): string => `${batch}-${uid.slice(0, 8)}`;
const backupName = (batch: string, volume: PlannedVolume): string => `backup-${snapshotName(batch, volume)}`;

function inBatch({namespace, job}: LonghornData, {name, target}: PlannedVolume) {
	return {namespace, volume: name, target, ...(job === undefined ? {} : {job})};
}

const after = ({result, text: said}: Made, next: Course): Course =>
	result === 'done' ? next : result === 'failed' ? failed(said) : {is: 'doubted', words: said, done: 0};

async function begin({data, batch, create}: Run, volume: PlannedVolume): Promise<Course> {
	const body = longhornSnapshot(inBatch(data, volume), batch);
	const made = await create('snapshot', 'snapshots', snapshotName(batch, volume), body);
	return after(made, {is: 'snapshot', words: own('snapshot is being taken'), done: 0});
}

async function afterSnapshot({data, batch, reader, create}: Run, volume: PlannedVolume, before: Course): Promise<Course> {
	const name = snapshotName(batch, volume);
	const raw = await reader.get(pathIn(collectionIn(data.namespace, 'snapshots'), name));
	if (raw === undefined) return failed(say`snapshot ${safeText(name)} was deleted before it was backed up`);
	const error = text(raw.status?.error, 256);
	if (error !== '') return failed(say`snapshot: ${error}`);
	if (!flag(raw.status?.readyToUse)) return before;
	const made = await create('backup', 'backups', backupName(batch, volume), longhornBackup(inBatch(data, volume), name, batch));
	return after(made, {is: 'backup', words: own('Pending'), done: 0});
}

async function afterBackup({data, batch, reader}: Run, volume: PlannedVolume, before: Course): Promise<Course> {
	const name = backupName(batch, volume);
	const raw = await reader.get(pathIn(collectionIn(data.namespace, 'backups'), name));
	const seen = raw && longhornBackupKind.project(raw, identityOf(raw.metadata), 'v1beta2');
	if (seen === undefined) return failed(say`backup ${safeText(name)} was deleted before it was over`);
	const {outcome, phase, reason, itemsDone = 0} = seen;
	if (outcome === 'good') return {is: 'done', words: phase, done: 1};
	if (outcome === 'failed' || outcome === 'leaving') return failed(join([phase, reason], ': '));
	return {...before, words: phase === '' ? own('Pending') : phase, done: itemsDone};
}

function next(run: Run, volume: PlannedVolume, course: Course): Promise<Course> | Course {
	if (course.is === 'due') return begin(run, volume);
	if (course.is === 'snapshot') return afterSnapshot(run, volume, course);
	return course.is === 'backup' ? afterBackup(run, volume, course) : course;
}

type Courses = ReadonlyMap<PlannedVolume, Course>;

const called = ({called: name}: PlannedVolume): SafeText => safeText(name, 317);
const which = (courses: Courses, ...wanted: ReadonlyArray<Course['is']>) =>
	[...courses].filter(([, {is}]) => wanted.includes(is));

/** Those under way, and as many more as may be at once. */
function turn(courses: Courses, {concurrency}: LonghornData): readonly PlannedVolume[] {
	const under = [...courses].filter(([, course]) => isUnderWay(course));
	const more = which(courses, 'due').slice(0, Math.max(0, concurrency - under.length));
	return [...under, ...more].map(([volume]) => volume);
}

function progressOf(tier: SafeText, courses: Courses): Sight['progress'] {
	const share = [...courses.values()].reduce((sum, {done}) => sum + done, 0) / Math.max(1, courses.size);
	const under = [...courses].filter(([, course]) => isUnderWay(course));
	const left = which(courses, 'due').length;
	const waits = under.map(([volume, {is, words, done}]) =>
		is === 'backup' ? say`${called(volume)}: ${words} ${percent(done)}` : say`${called(volume)}: ${words}`,
	);
	return {
		short: say`backup ${tier}  ${percent(share)}`,
		done: which(courses, 'done', 'failed').length,
		total: courses.size,
		waiting: left === 0 ? waits : [...waits, say`${count(left, 'volume')} not begun`],
	};
}

const doneWords = (courses: Courses): SafeText =>
	say`${which(courses, 'done').length} of ${count(courses.size, 'volume')} backed up`;

function endOf(batch: SafeText, courses: Courses): Outcome | undefined {
	if ([...courses.values()].some(({is}) => is !== 'done' && is !== 'failed')) return undefined;
	const missing = which(courses, 'failed').map(([volume, {words}]) => say`${called(volume)}: ${words}`);
	if (missing.length === 0) return {result: 'done', text: say`${batch}: ${doneWords(courses)}`};
	return {result: 'failed', text: say`${batch}: ${doneWords(courses)}; missing: ${join(missing, '; ')}`};
}

/** What a stop leaves: backups go on by themselves, nothing more is begun. */
function leftWords(batch: SafeText, courses: Courses): SafeText {
	const names = (...of: ReadonlyArray<Course['is']>) => join(which(courses, ...of).map(([volume]) => called(volume)));
	const said = (words: string, of: SafeText) => (of === '' ? undefined : say`${own(words)}: ${of}`);
	return join(
		[
			say`${batch}: ${doneWords(courses)}`,
			said('goes on without midwatch', names('backup')),
			said('only a snapshot was asked for', names('snapshot')),
			said('not begun', names('due')),
			...which(courses, 'doubted').map(([, {words}]) => words),
			...which(courses, 'failed').map(([volume, {words}]) => say`${called(volume)}: ${words}`),
		],
		'; ',
	);
}

/** Takes a snapshot of every volume and backs it up, as many at once as the job does, and follows each to its end. */
export async function runLonghorn(data: LonghornData, hands: Hands, running: Running): Promise<Outcome> {
	const {namespace, job, volumes} = data;
	const batch = batchOf(running.journal.before) ?? `${job ?? 'midwatch'}-${stampOf(hands.now())}`;
	const [shown, tier] = [safeText(batch, 253), safeText(data.tier, 317)];
	let courses: Courses = new Map(volumes.map(volume => [volume, due]));
	const waiting = (why: SafeText) => running.report({...progressOf(tier, courses), waiting: [why], lines: []});
	const run: Run = {
		data,
		batch,
		reader: hands.reader(),
		create: (what, plural, name, body) =>
			make(hands, {what, collection: collectionIn(namespace, plural), name, batch, body}, running, waiting),
	};
	const news: SafeText[] = [];
	const step = async (volume: PlannedVolume): Promise<void> => {
		const before = courses.get(volume) ?? due;
		const course = await next(run, volume, before);
		courses = new Map(courses).set(volume, course);
		if (course.is !== before.is || course.words !== before.words) news.push(say`${called(volume)}: ${course.words}`);
	};
	const look = async (): Promise<Sight> => {
		// All of them come to an end before anybody looks again: no volume is begun twice.
		const steps = await Promise.allSettled(turn(courses, data).map(step));
		const broken = steps.find(({status}) => status === 'rejected');
		if (broken?.status === 'rejected') throw broken.reason;
		const end = endOf(shown, courses);
		return {progress: progressOf(tier, courses), lines: news.splice(0), ...(end && {end})};
	};
	return follow(look, running, why => ({
		result: 'stopped',
		text: join([leftWords(shown, courses), why], '; '),
		resume: resumeOf(running),
	}));
}

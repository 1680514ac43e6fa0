import {nameOf, type Symptom} from '../../diagnosis.ts';
import type {Settings} from '../../settings.ts';
import {memoised, own, type SafeText, type Subject, say} from '../../vocabulary.ts';
import {bytes, join, percent, shownName} from '../../words.ts';
import {critical, type DiskFact, freeShare, low} from '../disks.ts';
import type {Complaint} from '../longhorn.ts';
import {line} from './lines.ts';

/** A disk may be without room for new copies so long, in milliseconds. */
const fullFor = 10 * 60_000;

const subjectOf = ({node}: DiskFact): Subject => ({
	resource: 'nodes.longhorn.io',
	namespace: node.namespace,
	name: node.name,
});

const complaintLine = (type: string, {reason, message}: Complaint): SafeText =>
	line(say`${own(type)} False: ${join([reason, message], ' ')}`);

const room = ({disk}: DiskFact): readonly SafeText[] => [
	say`${bytes(disk.available)} of ${bytes(disk.maximum)} free (${percent(freeShare(disk))})`,
	say`${bytes(disk.scheduled)} promised to volumes, ${bytes(disk.reserved)} kept for others`,
];

const onLostNode = ({node}: DiskFact) => nameOf('node-not-ready', shownName(node));

/** What is left on a disk that does not answer is not known. */
function full(fact: DiskFact, wanted: number): Symptom | undefined {
	const {shown, node, disk} = fact;
	const free = freeShare(disk);
	if (free === undefined || free >= wanted || node.notReady !== undefined || disk.notReady !== undefined) return undefined;
	const {notSchedulable: closed} = disk;
	return {
		id: 'disk-full',
		about: shown,
		subject: subjectOf(fact),
		after: free < critical ? {critical: 0} : {warning: 0},
		since: closed?.reason === 'DiskPressure' ? closed.since : 0,
		title: say`${percent(free)} free`,
		evidence: [...room(fact), ...(closed === undefined ? [] : [complaintLine('Schedulable', closed)])],
		causes: [onLostNode(fact)],
	};
}

/** A disk that takes no new copies, though nobody switched it off. */
function unschedulable(fact: DiskFact): Symptom | undefined {
	const {shown, node, disk} = fact;
	if (disk.closed || node.closed) return undefined;
	const gone = node.notReady ?? disk.notReady;
	const why = gone ?? disk.notSchedulable ?? node.notSchedulable;
	if (why === undefined) return undefined;
	return {
		id: 'disk-unschedulable',
		about: shown,
		subject: subjectOf(fact),
		after: {warning: fullFor},
		since: why.since,
		title: join([own(gone === undefined ? 'takes no new copies' : 'not ready'), why.reason], ': '),
		evidence: [complaintLine(gone === undefined ? 'Schedulable' : 'Ready', why), ...(gone === undefined ? room(fact) : [])],
		causes: [onLostNode(fact), nameOf('disk-full', shown), nameOf('controller-down', 'longhorn-manager')],
	};
}

/** What is wrong with a disk of Longhorn's, by the user's own wish for free space; the same disk gives the same symptoms. */
export const diskSymptoms = memoised(({targets}: Settings) =>
	memoised((fact: DiskFact): readonly Symptom[] =>
		[full(fact, targets.freeSpace ?? low), unschedulable(fact)].filter(symptom => symptom !== undefined),
	),
);

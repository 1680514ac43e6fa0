import {together} from '../together.ts';
import {type Health, memoised, type Note, own, type PaneView, type SafeText, say} from '../vocabulary.ts';
import {count, isKnown, join, shownName, sourceNote} from '../words.ts';
import type {StorageFacts} from './facts.ts';
import {isLonghorn} from './provisioner.ts';
import {columns, rowsOf} from './rows.ts';

const isWrong = ({health}: {readonly health: Health}) => health === 'bad' || health === 'warn';

/** What is wrong now over all tiers, else how much there is. */
function summaryOf({tiers, volumes, states}: StorageFacts): SafeText {
	if (!isKnown(states.volumes) && volumes.length === 0) return own('');
	const counts = new Map<SafeText, number>();
	for (const {word, count: of} of tiers.flatMap(({tallies}) => tallies).filter(isWrong))
		counts.set(word, (counts.get(word) ?? 0) + of);
	const ofTiers = tiers.flatMap(({verdicts}) => verdicts).filter(isWrong);
	const words = new Set(ofTiers.map(({word}) => word));
	return join([...[...counts].map(([word, of]) => say`${of} ${word}`), ...words]) || count(volumes.length, 'volume');
}

function defaultNote({defaults}: StorageFacts): Note | undefined {
	const [winner] = defaults;
	if (winner === undefined || defaults.length < 2) return undefined;
	const names = join(defaults.map(shownName));
	return {health: 'risk', text: say`${defaults.length} default classes (${names}): ${shownName(winner)} wins, it is the newest`};
}

/** Longhorn's own word is missing where its classes are: by permission, or because midwatch does not read its version. */
function longhornNote({tiers, states, longhornRuns}: StorageFacts): Note | undefined {
	if (!longhornRuns && isKnown(states.longhornVolumes)) {
		return {health: 'warn', text: own('longhorn-manager is not running: what Longhorn says is frozen')};
	}
	if (states.longhornVolumes.is !== 'absent' || !tiers.some(({storageClass}) => isLonghorn(storageClass))) return undefined;
	return {health: 'unknown', text: own('longhorn: not served as longhorn.io/v1beta2, its volumes are not seen')};
}

const primary = ['volumes', 'classes', 'claims'] as const;

const sourceNames = {
	classes: 'classes',
	volumes: 'volumes',
	claims: 'claims',
	attachments: 'attachments',
	csiNodes: 'csi drivers',
	longhornVolumes: 'longhorn volumes',
	longhornNodes: 'longhorn disks',
} as const;

function notesOf(facts: StorageFacts): readonly Note[] {
	const {states, limitedTo} = facts;
	const state = together(primary.map(source => states[source]));
	const others = ([...primary, 'attachments', 'csiNodes', 'longhornVolumes', 'longhornNodes'] as const).map(source =>
		sourceNote(sourceNames[source], states[source], state),
	);
	const notes = [
		longhornNote(facts),
		defaultNote(facts),
		limitedTo && {health: 'unknown' as const, text: say`only namespace ${limitedTo.namespace}: ${limitedTo.missing}`},
		...others,
	];
	return notes.filter(note => note !== undefined);
}

/** That there is nothing may only be said where all of it may be seen. */
function emptyOf({states, limitedTo}: StorageFacts): SafeText {
	const seesAll = limitedTo === undefined && primary.every(source => isKnown(states[source]));
	return own(seesAll ? 'the cluster has no storage classes and no volumes' : 'no class, volume or claim that may be seen');
}

/** The storage pane. The same facts give the same object, an unchanged tier or volume the same row. */
export const storageView = memoised(
	(facts: StorageFacts): PaneView => ({
		summary: summaryOf(facts),
		state: together(primary.map(source => facts.states[source])),
		columns,
		rows: rowsOf(facts.tiers),
		notes: notesOf(facts),
		empty: emptyOf(facts),
	}),
);

import {memoised, own, type PaneView, type Row, type SafeText, say, type ViewId} from '../../../vocabulary.ts';
import {join} from '../../../words.ts';
import type {Picture} from '../model.ts';
import type {Offer} from './offer.ts';

/** The views whose rows can be opened by name; what happened is rather searched for where it stands. */
const opened = {
	incidents: 'incident',
	nodes: 'node',
	storage: 'storage',
	bgp: 'bgp',
	backups: 'tier',
	gpu: 'gpu',
	platform: 'component',
	risks: 'risk',
} as const satisfies Partial<Record<ViewId, string>>;
type Opened = keyof typeof opened;

/** What the object behind a row is called, where that is another thing than its neighbours. */
const nouns: Readonly<Record<string, string>> = {
	persistentvolumeclaims: 'claim',
	persistentvolumes: 'volume',
	pods: 'pod',
	services: 'service',
	'ciliumbgpnodeconfigs.cilium.io': 'peer',
	'ciliumloadbalancerippools.cilium.io': 'pool',
};

/** What an object is called in the palette. */
const nounOf = (view: Opened, {subject}: Row): string => nouns[subject?.resource ?? ''] ?? opened[view];

/** The cells that tell a row from the others, and the one that says how it is. */
function wordsOf(view: Opened, {columns}: PaneView, row: Row): {readonly name: SafeText; readonly about: SafeText} {
	const cell = (at: number): SafeText => row.cells[at]?.text ?? own('');
	const telling = columns.findIndex(({grow}) => grow === true);
	// What is wrong is a sentence: it is called by what it is about, and by the finding.
	const finding = columns.findIndex(({id}) => id === 'finding');
	if (finding >= 0) return {name: join([row.about ?? cell(0), cell(finding)], ' '), about: cell(Math.max(0, telling))};
	const name = nounOf(view, row) === 'peer' ? join([cell(0), cell(1)], ' ') : cell(0);
	return {name, about: cell(telling > 0 ? telling : 1)};
}

function offersIn(view: Opened): (pane: PaneView) => readonly Offer[] {
	const known = new WeakMap<Row, Offer>();
	const offerOf = (pane: PaneView, row: Row): Offer => {
		const before = known.get(row);
		if (before !== undefined) return before;
		const {name, about} = wordsOf(view, pane, row);
		const made: Offer = {
			key: `row:${view}:${row.key}`,
			text: say`${own(nounOf(view, row))} ${name}`,
			about,
			...(row.subject && {line: {subject: row.subject}}),
			lead: {is: 'row', view, key: row.key},
		};
		known.set(row, made);
		return made;
	};
	return memoised(pane => pane.rows.map(row => offerOf(pane, row)));
}

const views = Object.keys(opened) as readonly Opened[];
const inView = Object.fromEntries(views.map(view => [view, offersIn(view)])) as Record<Opened, ReturnType<typeof offersIn>>;

/** The rows of all panes, each to be opened by its name. */
export const namedRows = (panes: Picture['panes']): readonly Offer[] => views.flatMap(view => inView[view](panes[view]));

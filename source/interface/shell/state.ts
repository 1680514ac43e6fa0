import {type Health, type Row, type SafeText, type ViewId, viewIds} from '../../vocabulary.ts';
import type {GuideView} from './guide/view.ts';
import type {Command, Dialog} from './keymap.ts';

/** Where a person is in one pane. `cursor` is the row's key, so that it follows the object; undefined means the first row. */
export type PaneUi = {
	readonly cursor: string | undefined;
	/** Where the cursor was last, for when its object is gone. */
	readonly at: number;
	/** First row on screen. */
	readonly top: number;
	readonly filter: string;
	/** The column's id; undefined is worst first. */
	readonly sort: string | undefined;
	/** Keys of the rows that were picked to be acted on together. */
	readonly picked: readonly string[];
};

/** What lies over the panes. A filter being typed remembers the one before it. */
export type Over =
	| {readonly is: 'detail'; readonly pane: ViewId; readonly key: string; readonly top: number}
	| {readonly is: 'help'; readonly top: number}
	| {readonly is: 'filter'; readonly before: string}
	/** The note to an acknowledgement or an acceptance, being typed. */
	| {readonly is: 'note'; readonly pane: ViewId; readonly key: string; readonly text: string}
	/** Lines that were asked for: the log of a container, who wrote an object. */
	| {readonly is: 'lines'; readonly of: 'logs' | 'writers'; readonly top: number}
	/** The contexts there are, to choose from. */
	| {readonly is: 'contexts'; readonly at: number}
	/** What can be done, being typed; `cursor` is the key of an offer, undefined the first. */
	| {readonly is: 'palette'; readonly text: string; readonly cursor: string | undefined}
	/** The action under way; while it asks, the answer that is being typed. */
	| {readonly is: 'action'; readonly top: number; readonly asks?: Question; readonly typed: string}
	/** Runbooks, which keep themselves where one is among them. */
	| {readonly is: 'guide'}
	/** Whether to leave although an action runs, or a runbook is walked. */
	| {readonly is: 'leaving'};

/** What has to be answered before an action: that changes are allowed here at all, then that this one is to be made. */
export type Question = 'allow' | 'confirm';

export type Message = {readonly health: Health; readonly text: SafeText};

/** Everything about the screen that is a person's doing. */
export type Ui = {
	readonly focus: ViewId;
	/** Where it goes back to from a view that takes the whole screen. */
	readonly home: ViewId;
	/** False until somebody has chosen where to look; until then it is at what is wrong. */
	readonly chosen: boolean;
	readonly alone: boolean;
	readonly panes: Readonly<Record<ViewId, PaneUi>>;
	readonly over: Over | undefined;
	readonly message: Message | undefined;
	/** Index of the look. */
	readonly look: number;
};

/** What the person sees while pressing the key: the reducer decides on this and nothing else. */
export type Sight = {
	/** The focused pane's rows as shown, and how many fit. */
	readonly rows: readonly Row[];
	readonly page: number;
	/** Ids of the columns that can be sorted by. */
	readonly columns: readonly string[];
	/** How far the text that lies over the panes can be moved. */
	readonly overTop: number;
	readonly overPage: number;
	readonly looks: number;
	/** Only one pane fits on the screen, whether somebody asked for it alone or not. */
	readonly single: boolean;
	/** Something is wrong, or was until lately: there is a band of incidents. */
	readonly troubled: boolean;
	/** How many contexts can be chosen from. */
	readonly contexts: number;
	/** The palette's offers as they are shown. */
	readonly offers: readonly Offered[];
	/** The row under the cursor can be acknowledged or accepted. */
	readonly markable: boolean;
};

/** What the reducer has to know of an offer: its key, and what it is completed to. */
export type Offered = {readonly key: string; readonly text: string};

export type Action =
	| {readonly is: 'command'; readonly command: Command}
	| {readonly is: 'typed'; readonly text: string}
	| {readonly is: 'erased'}
	/** A view was chosen by its name, with the row to open there. */
	| {readonly is: 'went'; readonly view: ViewId; readonly key?: string}
	| {readonly is: 'looked'; readonly look: number}
	/** The palette goes on with this text. */
	| {readonly is: 'completed'; readonly text: string}
	/** An action is to be looked at: from its beginning, as it is another one or stands elsewhere. */
	| {readonly is: 'acts'}
	| {readonly is: 'asked'; readonly question: Question | undefined}
	| {readonly is: 'leaving'}
	/** Runbooks are to be looked at. */
	| {readonly is: 'guides'}
	| {readonly is: 'said'; readonly message: Message};

const paneAtRest: PaneUi = {cursor: undefined, at: 0, top: 0, filter: '', sort: undefined, picked: []};

export const uiAtRest: Ui = {
	focus: 'nodes',
	home: 'nodes',
	chosen: false,
	alone: false,
	panes: Object.fromEntries(viewIds.map(id => [id, paneAtRest])) as Ui['panes'],
	over: undefined,
	message: undefined,
	look: 0,
};

/** Views that take the whole screen. */
export const isWhole = (view: ViewId): boolean => view === 'platform' || view === 'timeline' || view === 'risks';

/** Where somebody is: at what is wrong until they chose, and not in a band of incidents that is not there any more. */
export function settledOn(ui: Ui, troubled: boolean): Ui {
	if (!ui.chosen && troubled && ui.focus === 'nodes') return {...ui, focus: 'incidents'};
	const isGone = ui.focus === 'incidents' && !troubled && !ui.alone;
	return isGone ? {...ui, focus: ui.home === 'incidents' ? 'nodes' : ui.home} : ui;
}

type Typing = {readonly ui: Pick<Ui, 'over'>; readonly guide?: GuideView | undefined};

/** Whether keys are text: all but a few. */
export function isTyping({ui: {over}, guide}: Typing): boolean {
	if (over?.is === 'guide') return guide?.asks !== undefined;
	if (over?.is === 'action') return over.asks !== undefined;
	return over?.is === 'filter' || over?.is === 'note' || over?.is === 'palette';
}

/** Whose own keys hold. */
export function dialogOf({ui: {over}, guide}: Typing): Dialog | undefined {
	if (over?.is === 'palette') return 'palette';
	if (over?.is === 'guide') return guide?.asks === undefined ? guide?.dialog : undefined;
	return over?.is === 'action' && over.asks === undefined ? 'action' : undefined;
}

/** Which row the cursor is on: its object's, else the nearest to where that was. */
export function cursorIn(pane: PaneUi, rows: readonly Row[]): number {
	if (pane.cursor === undefined) return 0;
	const found = rows.findIndex(row => row.key === pane.cursor);
	return found >= 0 ? found : Math.max(0, Math.min(pane.at, rows.length - 1));
}

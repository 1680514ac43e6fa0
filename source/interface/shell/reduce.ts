import {paneIds, type ViewId} from '../../vocabulary.ts';
import {graphemes} from '../widgets/width.ts';
import type {Command} from './keymap.ts';
import {type Action, cursorIn, isWhole, type Offered, type Over, type PaneUi, type Sight, type Ui} from './state.ts';

const withPane = (ui: Ui, change: Partial<PaneUi>): Ui => ({
	...ui,
	panes: {...ui.panes, [ui.focus]: {...ui.panes[ui.focus], ...change}},
});

/** Puts the cursor on a row and moves the window only as far as needed. */
function put(ui: Ui, sight: Sight, to: number): Ui {
	const at = Math.max(0, Math.min(to, sight.rows.length - 1));
	const row = sight.rows[at];
	if (row === undefined) return ui;
	const {top} = ui.panes[ui.focus];
	return withPane(ui, {cursor: row.key, at, top: Math.max(Math.min(top, at), at - sight.page + 1)});
}

const acting = {is: 'action', top: 0, typed: ''} as const;

const theEnd = Number.MAX_SAFE_INTEGER;

const half = (page: number): number => Math.max(1, Math.floor(page / 2));

type Move = 'down' | 'up' | 'first' | 'last' | 'pageDown' | 'pageUp';

function moved(from: number, last: number, page: number, move: Move): number {
	const to = {down: from + 1, up: from - 1, first: 0, last, pageDown: from + half(page), pageUp: from - half(page)}[move];
	return Math.max(0, Math.min(last, to));
}

function move(ui: Ui, sight: Sight, which: Move): Ui {
	const {over} = ui;
	if (over?.is === 'palette') return chooseOffer(ui, over, sight, which);
	if (over?.is === 'contexts') return {...ui, over: {...over, at: moved(over.at, sight.contexts - 1, sight.page, which)}};
	if (over?.is === 'detail' || over?.is === 'help' || over?.is === 'lines' || over?.is === 'action') {
		const top = moved(Math.min(over.top, sight.overTop), sight.overTop, sight.overPage, which);
		// Whoever is at the end of a log stays there, whatever comes.
		const follows = over.is === 'lines' && over.of === 'logs' && top === sight.overTop;
		return {...ui, over: {...over, top: follows ? theEnd : top}};
	}
	const from = cursorIn(ui.panes[ui.focus], sight.rows);
	return put(ui, sight, moved(from, sight.rows.length - 1, sight.page, which));
}

type Palette = Extract<Over, {is: 'palette'}>;

/** Which of the offers the cursor is on: the one it was put on as long as that is offered, else the first. */
export const offerAt = ({cursor}: Palette, offers: readonly Offered[]): number =>
	Math.max(
		0,
		offers.findIndex(({key}) => key === cursor),
	);

function chooseOffer(ui: Ui, over: Palette, {offers, overPage}: Sight, which: Move): Ui {
	const to = moved(offerAt(over, offers), offers.length - 1, overPage, which);
	return {...ui, over: {...over, cursor: offers[to]?.key}};
}

/** Picks a node to be acted on, or no longer. */
function pick(ui: Ui, {rows}: Sight): Ui {
	const {picked} = ui.panes.nodes;
	const key = rows[cursorIn(ui.panes[ui.focus], rows)]?.key;
	if (ui.focus !== 'nodes' || ui.over !== undefined || key === undefined) return ui;
	return withPane(ui, {picked: picked.includes(key) ? picked.filter(each => each !== key) : [...picked, key]});
}

/** Goes on to a text that was completed from what there is. */
const completed = (ui: Ui, text: string): Ui =>
	ui.over?.is === 'palette' ? {...ui, over: {...ui.over, text, cursor: undefined}} : ui;

/** To a view that was chosen by its name, and to the detail of a row of it. */
function goTo(ui: Ui, view: ViewId, {troubled}: Sight, key?: string): Ui {
	const there = {...lookAt(ui, view), ...(view === 'incidents' && !troubled ? {alone: true} : {})};
	return key === undefined
		? there
		: {...withPane(there, {cursor: key, filter: ''}), over: {is: 'detail', pane: view, key, top: 0}};
}

/** Looks at a view, and remembers where it came from when that takes the whole screen. */
function lookAt(ui: Ui, focus: ViewId): Ui {
	const home = isWhole(focus) ? (isWhole(ui.focus) ? ui.home : ui.focus) : focus === 'incidents' ? ui.home : focus;
	return {...ui, over: undefined, focus, home, alone: isWhole(focus) ? false : ui.alone};
}

/** Goes to a view; where it already is, shows it alone, or all again. What always is alone leads back. */
function focusOn(ui: Ui, focus: ViewId, {single, troubled}: Sight): Ui {
	const over = ui.over?.is === 'filter' ? undefined : ui.over;
	if (over !== undefined || ui.focus !== focus)
		return {...lookAt(ui, focus), ...(focus === 'incidents' && !troubled ? {alone: true} : {})};
	if (isWhole(focus)) return lookAt(ui, ui.home);
	if (focus === 'incidents') return {...ui, alone: !troubled || !ui.alone};
	return single ? ui : {...ui, alone: !ui.alone};
}

function next(ui: Ui, by: number, {troubled}: Sight): Ui {
	const round: readonly ViewId[] = [...(troubled ? (['incidents'] as const) : []), ...paneIds, 'platform'];
	const at = (Math.max(0, round.indexOf(ui.focus)) + by + round.length) % round.length;
	return lookAt(ui, round[at] ?? ui.focus);
}

function open(ui: Ui, sight: Sight): Ui {
	const at = cursorIn(ui.panes[ui.focus], sight.rows);
	const row = sight.rows[at];
	if (row === undefined) return sight.single ? ui : {...ui, alone: true};
	return {...put(ui, sight, at), over: {is: 'detail', pane: ui.focus, key: row.key, top: 0}};
}

/** One step back: what lies over the panes, then the filter, then the single pane. The same `ui` when there is none. */
function back(ui: Ui, {single, troubled}: Sight): Ui {
	if (ui.over?.is === 'filter') return withPane({...ui, over: undefined}, {filter: ui.over.before});
	if (ui.over?.is === 'action' && ui.over.asks !== undefined) return {...ui, over: acting};
	if (ui.over !== undefined) return {...ui, over: undefined};
	if (ui.panes[ui.focus].filter !== '') return withPane(ui, {filter: ''});
	if (ui.panes[ui.focus].picked.length > 0) return withPane(ui, {picked: []});
	if (isWhole(ui.focus)) return lookAt(ui, ui.home);
	if (ui.focus === 'incidents' && ui.alone) return {...ui, alone: false, ...(troubled ? {} : {focus: 'nodes' as const})};
	return ui.alone && !single ? {...ui, alone: false} : ui;
}

/** What happened; of the one thing alone whose detail is open. */
function timeline(ui: Ui, sight: Sight): Ui {
	const {over} = ui;
	if (over?.is !== 'detail') return focusOn(ui, 'timeline', sight);
	const about = sight.rows.find(({key}) => key === over.key)?.about;
	return withPane(lookAt(ui, 'timeline'), {filter: about ?? '', cursor: undefined, top: 0});
}

/** Begins to ask for the note of a mark. */
function mark(ui: Ui, sight: Sight): Ui {
	const {over} = ui;
	const row =
		over?.is === 'detail' ? sight.rows.find(({key}) => key === over.key) : sight.rows[cursorIn(ui.panes[ui.focus], sight.rows)];
	return row === undefined ? ui : {...ui, over: {is: 'note', pane: ui.focus, key: row.key, text: ''}};
}

function sorted(ui: Ui, {columns}: Sight): Ui {
	const {sort} = ui.panes[ui.focus];
	return withPane(ui, {sort: columns[sort === undefined ? 0 : columns.indexOf(sort) + 1], top: 0});
}

function commanded(ui: Ui, command: Command, sight: Sight): Ui {
	switch (command) {
		case 'pane1':
		case 'pane2':
		case 'pane3':
		case 'pane4':
		case 'pane5':
			return focusOn(ui, paneIds[Number(command.slice(4)) - 1] ?? ui.focus, sight);
		case 'incidents':
		case 'platform':
		case 'risks':
			return focusOn(ui, command, sight);
		case 'timeline':
			return timeline(ui, sight);
		case 'nextPane':
			return next(ui, 1, sight);
		case 'previousPane':
			return next(ui, -1, sight);
		case 'down':
		case 'up':
		case 'first':
		case 'last':
		case 'pageDown':
		case 'pageUp':
			return move(ui, sight, command);
		case 'open':
			return ui.over === undefined ? open(ui, sight) : ui.over.is === 'filter' ? {...ui, over: undefined} : ui;
		case 'back':
			return back(ui, sight);
		case 'filter':
			return {...ui, over: {is: 'filter', before: ui.panes[ui.focus].filter}};
		case 'sort':
			return ui.over === undefined ? sorted(ui, sight) : ui;
		case 'help':
			return {...ui, over: ui.over?.is === 'help' ? undefined : {is: 'help', top: 0}};
		case 'mark':
			return sight.markable ? mark(ui, sight) : ui;
		case 'logs':
		case 'writers':
			return {...ui, over: {is: 'lines', of: command, top: command === 'logs' ? theEnd : 0}};
		case 'contexts':
			return {...ui, over: ui.over?.is === 'contexts' ? undefined : {is: 'contexts', at: 0}};
		case 'palette':
			return {...ui, over: ui.over?.is === 'palette' ? undefined : {is: 'palette', text: '', cursor: undefined}};
		case 'pick':
			return pick(ui, sight);
		case 'complete': {
			const text = ui.over?.is === 'palette' ? sight.offers[offerAt(ui.over, sight.offers)]?.text : undefined;
			return text === undefined ? ui : completed(ui, text);
		}
		case 'theme':
			return {...ui, look: (ui.look + 1) % Math.max(1, sight.looks)};
		case 'copy':
		case 'shell':
		case 'suspend':
		case 'redraw':
		case 'quit':
		case 'leave':
		case 'copyLine':
		case 'stop':
		case 'force':
		case 'emptyDir':
		case 'resume':
		case 'rollBack':
		case 'runbooks':
		case 'nextPart':
		case 'previousPart':
		case 'values':
		case 'again':
		case 'skip':
		case 'byHand':
		case 'edit':
		case 'note':
		case 'reading':
		case 'whole':
		case 'abandon':
		case 'report':
			return ui;
	}
}

/** The next state of the screen. Pure; what reaches beyond the screen is the controller's. */
export function reduce(before: Ui, action: Action, sight: Sight): Ui {
	if (action.is === 'said') return {...before, message: action.message};
	const ui = before.message === undefined ? before : {...before, message: undefined};
	if (action.is === 'command') {
		const after = commanded(ui, action.command, sight);
		return after === ui || ui.chosen ? after : {...after, chosen: true};
	}
	if (action.is === 'typed' || action.is === 'erased')
		return typed(ui, text => (action.is === 'typed' ? text + action.text : shorter(text)));
	switch (action.is) {
		case 'went':
			return {...goTo(ui, action.view, sight, action.key), chosen: true};
		case 'looked':
			return {...ui, over: undefined, look: action.look};
		case 'completed':
			return completed(ui, action.text);
		case 'acts':
			return {...ui, over: acting};
		case 'asked':
			return {...ui, over: action.question === undefined ? acting : {...acting, asks: action.question}};
		case 'leaving':
			return {...ui, over: {is: 'leaving'}};
		case 'guides':
			return ui.over?.is === 'guide' ? ui : {...ui, over: {is: 'guide'}};
	}
}

/** What is typed goes to where somebody types. */
function typed(ui: Ui, change: (text: string) => string): Ui {
	const {over} = ui;
	switch (over?.is) {
		case 'note':
			return {...ui, over: {...over, text: change(over.text)}};
		case 'palette':
			return {...ui, over: {...over, text: change(over.text), cursor: undefined}};
		case 'action':
			return over.asks === undefined ? ui : {...ui, over: {...over, typed: change(over.typed)}};
		case 'filter':
			return withPane(ui, {filter: change(ui.panes[ui.focus].filter), top: 0});
		default:
			return ui;
	}
}

/** Without its last character, as a person sees it. */
export const shorter = (text: string): string => graphemes(text).slice(0, -1).join('');

/** Whether `q` leads back from here, rather than out. */
export function leadsBack(ui: Ui, sight: Sight): boolean {
	return back(ui, sight) !== ui;
}

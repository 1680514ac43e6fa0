import {clockTime} from '../../findings/tell.ts';
import type {PaneView, Row, ViewId} from '../../vocabulary.ts';
import {topLevel} from '../shell/incident-band.ts';
import {type Picture, paneTitles} from '../shell/model.ts';
import {notesOf} from '../shell/notes.ts';
import {stateWords} from '../widgets/source-state.ts';
import {paneSentence, toldPanes} from './opening.ts';
import {healthWord, rowSentence} from './row.ts';
import {sentence, spoken, withoutAges} from './spoken.ts';

/** So many changes in one pane are told one by one; more are told as the pane's sentence. */
const most = 5;

const byKey = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map(row => [row.key, row]));

const textOf = ({cells}: Row, at = 0): string => cells[at]?.text ?? '';

/** An incident is told again where it is another one than it was: by its severity, or by its words, ages apart. */
function incidentChange(view: PaneView, row: Row, before: Row | undefined): string | undefined {
	const said = rowSentence('incidents', view, row);
	if (before === undefined) return row.health === 'idle' ? undefined : `new: ${said}`;
	if (row.health === 'idle') return before.health === 'idle' ? undefined : spoken(textOf(row));
	if (before.health === row.health && withoutAges(textOf(before)) === withoutAges(textOf(row))) return undefined;
	return `${before.health === 'idle' ? 'again' : 'now'}: ${said}`;
}

function incidentChanges(before: PaneView, after: PaneView): readonly string[] {
	if (before.rows === after.rows) return [];
	const [was, is] = [byKey(before.rows), byKey(after.rows)];
	const changed = topLevel(after.rows).map(row => incidentChange(after, row, was.get(row.key)));
	const gone = topLevel(before.rows).filter(({key, health}) => health !== 'idle' && !is.has(key));
	return [...changed.filter(said => said !== undefined), ...gone.map(row => `no longer told: ${row.about ?? textOf(row)}`)];
}

/** `nuc-2 ok again: state ready`: its new health, and the columns that say something else than before. */
function rowChange(id: ViewId, {columns}: PaneView, row: Row, before: Row): string | undefined {
	const [word, was] = [healthWord(id, row.health), healthWord(id, before.health)];
	if (word === was) return undefined;
	const columnsNow = columns.flatMap(({title}, at) => {
		const [now, then] = [textOf(row, at), textOf(before, at)];
		return at > 0 && now !== '' && withoutAges(now) !== withoutAges(then) ? [`${title.toLowerCase()} ${spoken(now)}`] : [];
	});
	const said = `${textOf(row)} ${word === '' ? (before.health === 'unknown' ? 'seen again' : 'well again') : word}`;
	return columnsNow.every(column => column.endsWith(` ${word}`)) ? said : `${said}: ${columnsNow.join(', ')}`;
}

function rowChanges(id: ViewId, before: PaneView, after: PaneView): readonly string[] {
	const [was, is] = [byKey(before.rows), byKey(after.rows)];
	const changed = topLevel(after.rows).map(row => {
		const then = was.get(row.key);
		return then === undefined ? `${textOf(row)} is new` : rowChange(id, after, row, then);
	});
	const gone = topLevel(before.rows).filter(({key}) => !is.has(key));
	return [...changed.filter(said => said !== undefined), ...gone.map(row => `${textOf(row)} is gone`)];
}

const isSeen = ({state: {is}}: PaneView): boolean => is === 'live' || is === 'polled';

/** What is said of a pane, which may be said of others too. */
type Said = {readonly of: ViewId; readonly text: string};

/** How the source of a pane does, where that is another than before; what it was waited for is told in full. */
function stateChange(before: PaneView, after: PaneView, now: number): string | undefined {
	if (before.state.is === after.state.is || (isSeen(before) && isSeen(after))) return undefined;
	return isSeen(after) ? 'up to date again' : (stateWords(after.state, now).sentence ?? after.state.is);
}

function paneChanges(of: ViewId, before: PaneView, after: PaneView, now: number): readonly Said[] {
	const state = stateChange(before, after, now);
	const rows = before.rows === after.rows ? [] : rowChanges(of, before, after);
	return [...(state === undefined ? [] : [state]), ...rows].map(text => ({of, text}));
}

function titlesOf(panes: readonly ViewId[]): string {
	return panes.length === toldPanes.length ? 'all panes' : panes.map(id => paneTitles[id].toLowerCase()).join(', ');
}

/** Panes of which much is new are told in their sentence, the others change by change; what is true of several once. */
function allPaneChanges(before: Picture, after: Picture, now: number): readonly string[] {
	const changed = toldPanes.filter(id => before.panes[id] !== after.panes[id] && after.panes[id].state.is !== 'loading');
	const told = changed.map(id => ({id, said: paneChanges(id, before.panes[id], after.panes[id], now)}));
	const isNew = ({id, said}: (typeof told)[number]) => said.length > most || before.panes[id].state.is === 'loading';
	const alike = Map.groupBy(
		told.filter(each => !isNew(each)).flatMap(({said}) => said),
		({text}) => text,
	);
	return [
		...told.filter(isNew).map(({id}) => paneSentence(id, after.panes[id], now)),
		...[...alike].map(([text, said]) => sentence(`${titlesOf(said.map(({of}) => of))}: ${text}`)),
	];
}

/** Notes about the whole cluster that were not there before. */
function noteChanges(before: Picture, after: Picture): readonly string[] {
	const [was, is] = [before, after].map(picture => notesOf(picture).map(({text}) => withoutAges(text)));
	return notesOf(after).flatMap(({text}, at) => (was?.includes(is?.[at] ?? '') === true ? [] : [sentence(spoken(text))]));
}

/** What was told last: the picture, and the one that was last seen with a connection, which the panes are told by. */
export type Heard = {readonly last: Picture; readonly connected: Picture};

/** What has been heard once a picture is told. */
export function heardWith(picture: Picture, before?: Heard): Heard {
	return {last: picture, connected: picture.line.is === 'up' ? picture : (before?.connected ?? picture)};
}

/**
 * What has changed since something was heard, a sentence each: never what stays as it was, and not that time passes. While
 * there is no connection nothing is said of the panes, which all are stale for that one reason; afterwards, what is another
 * than before it. `now` is epoch ms.
 */
export function changes({last, connected}: Heard, after: Picture, now: number): readonly string[] {
	if (last === after) return [];
	const connection = last.line.is === 'down' && after.line.is === 'up' ? ['connected again'] : [];
	const incidents = incidentChanges(last.panes.incidents, after.panes.incidents);
	const timed = [...connection, ...incidents].map(said => sentence(`${clockTime(now, now)} ${said}`));
	const panes = after.line.is === 'up' ? allPaneChanges(connected, after, now) : [];
	return [...timed, ...noteChanges(last, after), ...panes];
}

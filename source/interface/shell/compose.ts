import type {ViewId} from '../../vocabulary.ts';
import {toAscii} from '../widgets/ascii.ts';
import {ascii} from '../widgets/glyphs.ts';
import {drawTextBox} from '../widgets/text-box.ts';
import {headlineOf, leavingQuestion, questionsOf} from './action/ask.ts';
import {isRunning} from './action/underway.ts';
import {arrangementOf, type Desk, liesOver, type View} from './desk.ts';
import {drawAnswer, drawFilter, drawHints, drawMessage, drawNote} from './footer.ts';
import {drawHeader} from './header.ts';
import type {HelpPage} from './help.ts';
import type {Place} from './keymap.ts';
import {keepSame} from './latest.ts';
import type {Band} from './layout.ts';
import {drawNotes} from './notes.ts';
import {drawStrip} from './strip.ts';
import {tally} from './verdict.ts';

/** What is on the screen: lines from top to bottom; a page of help, when it is open, stands between `lines` and `below`. */
export type Scene = {readonly lines: readonly string[]; readonly help: HelpPage | undefined; readonly below: readonly string[]};

/** The panes of a band side by side. */
function drawBand({panes}: Desk, view: View, {height, framed, blocks}: Band): string[] {
	const {picture, ui, look, now} = view;
	const drawn = blocks.map(({pane, width}) =>
		panes[pane].draw(picture.panes[pane], ui.panes[pane], {width, height, framed, focused: pane === ui.focus, look, now}),
	);
	return Array.from({length: height}, (_, at) => drawn.map(lines => lines[at] ?? '').join(''));
}

/** Whose keys are hinted at. */
function placeOf({ui: {over, alone}, action, guide}: View): Place {
	if (over === undefined) return alone ? 'alone' : 'panes';
	if (over.is === 'palette') return 'palette';
	if (over.is === 'guide') return guide?.place ?? 'over';
	if (over.is !== 'action' || action === undefined) return 'over';
	const {stage, request} = action;
	if (stage.is === 'ended') return 'end';
	if (isRunning(action)) return 'run';
	if (request.is !== 'drain') return stage.is === 'planned' ? 'plan' : 'over';
	if (stage.is === 'refused') return stage.plan === undefined ? 'over' : 'refused';
	return 'drain';
}

function drawFooter(desk: Desk, view: View): string {
	const {
		picture,
		ui,
		size: {columns},
		look,
		action,
		guide,
	} = view;
	const {over} = ui;
	if (over?.is === 'note') return drawNote(look, columns, noteFor(over.pane), over.text);
	if (over?.is === 'action' && over.asks !== undefined && action !== undefined)
		return drawAnswer(look, columns, questionsOf(action, over.asks, picture), over.typed, 'enter answer  esc not now ');
	if (over?.is === 'guide' && guide?.asks !== undefined)
		return drawAnswer(look, columns, guide.asks.questions, guide.asks.typed, 'enter answer  esc not now ');
	if (over?.is !== 'filter') return drawHints(look, columns, placeOf(view), desk.keys.entries);
	const focused = desk.focused(picture, ui);
	return drawFilter(look, columns, focused.ui.filter, focused.rows.length, focused.view.rows.length);
}

const noteFor = (pane: ViewId): string =>
	pane === 'risks' ? 'accept, e.g. "90d until the new disks": ' : 'acknowledge, with a note: ';

/** The footer, or a message in the place of the lowest lines, as many as it needs. */
function drawBelow(desk: Desk, view: View, footer: boolean): readonly string[] {
	const {ui, size, look} = view;
	const said = ui.message ?? (ui.over?.is === 'leaving' ? leavingQuestion(view) : undefined);
	if (said !== undefined) return drawMessage(look, size.columns, said, Math.max(1, Math.min(3, size.rows - 1)));
	return footer ? [drawFooter(desk, view)] : [];
}

function drawOver(desk: Desk, view: View, height: number): readonly string[] {
	const {over} = view.ui;
	if (over?.is === 'palette') {
		const {title, lines} = desk.palette(view, height);
		return drawTextBox(title, lines, 0, view.size.columns, height, view.look);
	}
	if (over?.is === 'guide') return view.guide?.draw(view.size.columns, height, view.look) ?? [];
	if (over?.is === 'action') {
		const {title, lines} = desk.action(view);
		return drawTextBox(title, lines, over.top, view.size.columns, height, view.look);
	}
	const isList = over?.is === 'contexts';
	const {title, lines} = isList ? desk.contexts(view) : over?.is === 'lines' ? desk.lines(view) : desk.detail(view);
	const top = isList ? Math.max(0, over.at - height + 3) : over?.is === 'detail' || over?.is === 'lines' ? over.top : 0;
	return drawTextBox(title, lines, top, view.size.columns, height, view.look);
}

function draw(desk: Desk, view: View): Scene {
	const {picture, ui, size, look, now} = view;
	const {noted, layout, body} = arrangementOf(view);
	const tallies = tally(picture);
	const above = [
		...(layout.header ? [drawHeader(look, size.columns, picture, tallies, now, headlineOf(view))] : []),
		...drawNotes(look, size.columns, noted),
		...(layout.incidents > 0 ? desk.band(view, layout.incidents) : []),
		...(layout.strip ? [drawStrip(look, size.columns, tallies, ui.focus === 'incidents' ? ui.home : ui.focus)] : []),
	];
	const below = drawBelow(desk, view, layout.footer);
	if (ui.over?.is === 'help') return {lines: above, help: desk.help(view, size.rows - above.length - below.length), below};
	const middle = liesOver(ui.over) ? drawOver(desk, view, body) : layout.bands.flatMap(band => drawBand(desk, view, band));
	return {lines: [...[...above, ...middle].slice(0, size.rows - below.length), ...below], help: undefined, below: []};
}

/** Draws one screen again and again: what looks the same is the same object, and nobody has to look closer. */
export function makeComposer(desk: Desk): (view: View) => Scene {
	const [sameLines, sameBelow] = [keepSame<readonly string[]>(), keepSame<readonly string[]>()];
	const sameScene = keepSame<Scene>();
	return view => {
		const {lines, help, below} = draw(desk, view);
		const speak = (of: readonly string[]) => (view.look.glyphs === ascii ? of.map(toAscii) : of);
		return sameScene({lines: sameLines(speak(lines)), help, below: sameBelow(speak(below))});
	};
}

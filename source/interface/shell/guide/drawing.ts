import {runningStep} from '../../../runbooks/session/session.ts';
import {stepOf} from '../../../runbooks/session/steps.ts';
import {own, type PaneView} from '../../../vocabulary.ts';
import {drawPane} from '../../widgets/pane-table.ts';
import {stateWords} from '../../widgets/source-state.ts';
import {drawTextBox, lastTop, roomInBox} from '../../widgets/text-box.ts';
import type {Place} from '../keymap.ts';
import {latest} from '../latest.ts';
import {heardParts} from './heard.ts';
import {type GuidePage, linesOf, paintLines, told} from './lines.ts';
import {wordsOf} from './question.ts';
import {runbookPage} from './runbook-page.ts';
import {type Listed, shelfView} from './shelf-view.ts';
import type {Shown} from './shown.ts';
import type {GuideSight} from './state.ts';
import type {GuideView} from './view.ts';
import {howFar, shortWords, walkPage} from './walk-page.ts';

/** Draws runbooks, and remembers what it drew last. */
export type Drawing = {
	readonly view: (shown: Shown) => GuideView;
	readonly sight: (shown: Shown, room: {readonly width: number; readonly height: number}) => GuideSight;
	/** The key of the entry of the list that the cursor is on. */
	readonly entry: (shown: Shown) => string | undefined;
};

const empty: GuidePage = {title: own(''), parts: [], from: 0};

/** The page that is looked at, in lines of a width. */
function pageOf({ui, book, going, seen, finding, report, now}: Shown, width: number): GuidePage {
	if (ui.page === 'report') {
		const lines = (report?.lines ?? []).flatMap(text => told(text, width));
		return {title: own('Report'), parts: [{name: 'report', lines}], from: 0};
	}
	if (ui.page === 'runbook') {
		if (book === undefined) return empty;
		const session = going?.book === book ? going.session : undefined;
		return runbookPage({book, session, step: ui.step}, width);
	}
	if (going === undefined || seen === undefined) return empty;
	const {session, ran, notes, walk} = going;
	const {values, finding: name} = going.book;
	const about = name === undefined ? undefined : {name, is: finding};
	return walkPage({session, seen, ran, values, finding: about, notes, run: walk.run, now}, width);
}

function placeOf({ui, going}: Shown): Place {
	if (ui.page !== 'walk') return ui.page;
	if (going?.session.over !== undefined) return 'walked';
	return going !== undefined && runningStep(going.session) !== undefined ? 'stepRun' : 'step';
}

function topOf({ui}: Shown, {from}: GuidePage, last: number): number {
	return Math.min(last, ui.top ?? from ?? last);
}

const stepNumber = ({going}: Shown): number => (going && stepOf(going.session.runbook, going.session.at)?.number) ?? 0;

function headlineOf({going}: Shown): GuideView['headline'] {
	if (going === undefined || going.session.over !== undefined) return undefined;
	return {short: shortWords(going.session), tiny: howFar(going.session)};
}

/** Makes the drawing of one dashboard; `key` leads to runbooks. */
export function makeDrawing(key: string): Drawing {
	const shelf = latest(({listed, now}: {readonly listed: Listed; readonly now: number}) => shelfView(listed, now));
	const paged = latest(({width, ...shown}: Shown & {readonly width: number}) => pageOf(shown, width));
	const viewOf = ({listed, now}: Shown): PaneView => shelf({listed, now});
	const cursorOf = (shown: Shown): number =>
		Math.max(
			0,
			viewOf(shown).rows.findIndex(({key}) => key === shown.ui.entry),
		);

	const draw =
		(shown: Shown): GuideView['draw'] =>
		(width, height, look) => {
			const {ui} = shown;
			if (ui.page === 'shelf') {
				const view = viewOf(shown);
				const of = shown.listed.findings[0];
				return drawPane({
					title: of === undefined ? `${key} Runbooks` : `${key} Runbooks for ${of.symptom.about}`,
					view,
					rows: view.rows,
					words: stateWords(view.state, shown.now),
					width,
					height,
					framed: roomInBox(width, height).framed,
					focused: true,
					cursor: cursorOf(shown),
					top: 0,
					filter: '',
					picked: [],
					look,
				});
			}
			const page = paged({...shown, width: Math.max(1, width - 4)});
			const lines = paintLines(linesOf(page), look);
			return drawTextBox(page.title, lines, topOf(shown, page, lastTop(lines.length, height)), width, height, look);
		};

	const view = latest((shown: Shown): GuideView => {
		const {asks, typed, page} = shown.ui;
		return {
			dialog: page === 'report' ? 'walk' : page,
			place: placeOf(shown),
			asks: asks && {questions: wordsOf(asks, shown.context, stepNumber(shown)), typed},
			draw: draw(shown),
			heard: () => heardParts(shown, viewOf(shown), cursorOf(shown), width => paged({...shown, width})),
			headline: headlineOf(shown),
		};
	});

	return {
		view,
		entry: shown => viewOf(shown).rows[cursorOf(shown)]?.key,
		sight: (shown, {width, height}) => {
			const {ui, book} = shown;
			const room = roomInBox(width, height).height;
			const phases = ui.page === 'runbook' ? (book?.runbook.phases ?? []) : [];
			const steps = phases.map(({blocks}) => blocks.flatMap(block => (block.is === 'step' ? [block.step.id] : [])));
			const entries = ui.page === 'shelf' ? viewOf(shown).rows.map(({key}) => key) : [];
			if (ui.page === 'shelf') return {entries, steps: [], parts: [], top: 0, last: 0, room};
			const page = paged({...shown, width: Math.max(1, width - 4)});
			const last = lastTop(linesOf(page).length, height);
			return {
				entries,
				steps: steps.flat(),
				parts: steps.flatMap(([first]) => (first === undefined ? [] : [first])),
				top: topOf(shown, page, last),
				last,
				room,
			};
		},
	};
}

import type {GuideEvent, GuideSight, GuideUi, Move} from './state.ts';

const half = (room: number): number => Math.max(1, Math.floor(room / 2));

/** Where a move leads from one place of many; from where there is none, to the first. */
function moved(at: number, last: number, page: number, move: Move): number {
	const to = {down: at + 1, up: at - 1, first: 0, last, pageDown: at + page, pageUp: at - page}[move];
	return Math.max(0, Math.min(last, to));
}

const onto = (all: readonly string[], at: string | undefined, move: Move, page: number): string | undefined =>
	all[moved(Math.max(0, all.indexOf(at ?? '')), all.length - 1, page, move)];

/** The lines are moved; whoever is at their end stays there, whatever comes. */
function scrolled(ui: GuideUi, {top, last, room}: GuideSight, move: Move): GuideUi {
	const to = moved(top, last, half(room), move);
	return {...ui, top: ui.page === 'walk' && to === last ? undefined : to};
}

function move(ui: GuideUi, sight: GuideSight, which: Move): GuideUi {
	if (ui.page === 'shelf') return {...ui, entry: onto(sight.entries, ui.entry, which, half(sight.room))};
	const isOfSteps = ui.page === 'runbook' && which !== 'pageDown' && which !== 'pageUp';
	if (!isOfSteps || sight.steps.length === 0) return scrolled(ui, sight, which);
	return {...ui, step: onto(sight.steps, ui.step, which, 1), top: undefined};
}

/** The first step of the phase after or before the one that the cursor is in. */
function jumped(ui: GuideUi, {steps, parts}: GuideSight, by: 1 | -1): GuideUi {
	const at = Math.max(0, steps.indexOf(ui.step ?? ''));
	const places = parts.map(part => steps.indexOf(part));
	const to = by === 1 ? places.find(place => place > at) : places.findLast(place => place < at);
	return to === undefined ? ui : {...ui, step: steps[to], top: undefined};
}

/** The next state of what is looked at among runbooks. Pure. */
export function reduceGuide(ui: GuideUi, event: GuideEvent, sight: GuideSight): GuideUi {
	switch (event.is) {
		case 'went':
			return {
				...ui,
				page: event.page,
				step: event.page === 'runbook' ? (event.step ?? ui.step) : ui.step,
				top: undefined,
				asks: undefined,
				typed: '',
			};
		case 'moved':
			return move(ui, sight, event.move);
		case 'jumped':
			return jumped(ui, sight, event.by);
		case 'asked':
			return {...ui, asks: event.question, typed: event.typed ?? '', top: undefined};
		case 'typed':
			return ui.asks === undefined ? ui : {...ui, typed: event.text};
		case 'followed':
			return ui.top === undefined ? ui : {...ui, top: undefined};
	}
}

import type {Press} from '../shell/chord.ts';
import type {Controller} from '../shell/controller.ts';
import {makeDesk} from '../shell/desk.ts';
import type {Command} from '../shell/keymap.ts';
import type {Picture, PictureSource} from '../shell/model.ts';
import type {Stage} from '../shell/reach.ts';
import {dialogOf, isTyping} from '../shell/state.ts';
import {answers, type Lookup, whereabouts} from './answers.ts';
import {changes, type Heard, heardWith} from './changes.ts';
import {opening, toldPanes} from './opening.ts';
import {sentence} from './spoken.ts';

/** How long (ms) is waited for everything to be read before the verdict is said all the same. */
const patience = 3000;

/** Changes are told together when this long (ms) has passed since the first of them: a voice takes longer than a glance. */
const pause = 1000;

/** One dashboard that is heard: keys in, sentences out. */
export type Reader = {
	readonly press: (press: Press, stage: Stage) => void;
	readonly stop: () => void;
};

/** What is answered with where one is, when it leads nowhere else. */
const moves: ReadonlySet<Command> = new Set<Command>([
	'incidents',
	'pane1',
	'pane2',
	'pane3',
	'pane4',
	'pane5',
	'platform',
	'timeline',
	'risks',
	'down',
	'up',
	'first',
	'last',
	'pageDown',
	'pageUp',
	'open',
	'back',
]);

const isReading = ({panes, wrong}: Picture): boolean => wrong.unread || toldPanes.some(id => panes[id].state.is === 'loading');

const isElsewhere = (a: Picture, b: Picture): boolean => a.context !== b.context || a.server !== b.server;

/** Speaks of a source: first all of it, then what changes; and answers every key. `say` gets sentences, a line each. */
export function makeReader(source: PictureSource, controller: Controller, say: (lines: readonly string[]) => void): Reader {
	const {keys} = controller;
	const lookup: Lookup = {focused: makeDesk(source.detail).focused, detail: source.detail, keys};
	/** What was told last; undefined until the verdict was said. */
	let heard: Heard | undefined;
	let place: Picture = source.current();
	let told = controller.view();
	let timer: NodeJS.Timeout | undefined;

	/** How often something was said: a key that nothing was said to is answered all the same. */
	let times = 0;
	const tell = (lines: readonly string[]) => {
		if (lines.length === 0) return;
		times += 1;
		say(lines);
	};
	const later = (what: () => void, wait: number) => {
		clearTimeout(timer);
		timer = setTimeout(what, wait);
	};
	const begin = () => {
		heard = undefined;
		place = source.current();
		tell([sentence(`midwatch reads ${place.context} at ${place.server}`)]);
		later(open, patience);
	};
	const open = () => {
		clearTimeout(timer);
		timer = undefined;
		heard = heardWith(source.current());
		tell(opening(heard.last, source.now()));
		tell([`${keys.keyOf('help') === '?' ? 'Question mark' : keys.keyOf('help')} tells the keys, ${keys.keyOf('quit')} quits.`]);
	};
	const tellChanges = () => {
		timer = undefined;
		const picture = source.current();
		if (heard !== undefined) tell(changes(heard, picture, source.now()));
		heard = heardWith(picture, heard);
	};
	/** Says what somebody's own doing has led to. */
	const answer = () => {
		const [before, after] = [told, controller.view()];
		told = after;
		tell(answers(lookup, before, after));
	};
	const listen = () => {
		const picture = source.current();
		if (isElsewhere(place, picture)) begin();
		answer();
		if (heard === undefined) {
			if (!isReading(picture)) open();
		} else if (heard.last !== picture) timer ??= setTimeout(tellChanges, pause);
	};

	const unsubscribe = controller.subscribe(listen);
	begin();
	listen();
	return {
		press: (press, stage) => {
			const view = controller.view();
			const {over} = view.ui;
			const command = isTyping(view) ? undefined : keys.commandFor(press.chord, dialogOf(view));
			if (command === 'redraw') tell(opening(source.current(), source.now()));
			else if (command === 'theme') tell(['There are no colours here.']);
			else {
				const before = times;
				controller.press(press, stage);
				answer();
				const isMove = command !== undefined && over === undefined && moves.has(command);
				if (isMove && times === before) tell([whereabouts(lookup, told)]);
			}
		},
		stop: () => {
			unsubscribe();
			clearTimeout(timer);
		},
	};
}

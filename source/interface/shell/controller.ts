import {safeText} from '../../cluster/safe-text.ts';
import {own, type PaneId, type RawName, type SafeText, type Subject, say} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import type {Press} from './chord.ts';
import {makeComposer, type Scene} from './compose.ts';
import {makeDesk, type View} from './desk.ts';
import {type Command, commandFor, typingKeys} from './keymap.ts';
import {clipboard, showCommand} from './kubectl.ts';
import type {Size} from './layout.ts';
import type {PictureSource} from './model.ts';
import {leadsBack, reduce} from './reduce.ts';
import {selectedIn, sightOf} from './sight.ts';
import {type Action, type Message, type Ui, uiAtRest} from './state.ts';

/** Where `o` goes to: the object under the cursor, if there is one. */
export type Where = {readonly pane: PaneId; readonly namespace: RawName | undefined; readonly subject: Subject | undefined};

/** What a key can do beyond the screen. */
export type Reach = {
	/** Words that reach this cluster from a shell: `['kubectl', '--context', 'homelab']`. */
	readonly kubectl: readonly string[];
	/** Opens k9s or a shell; the terminal is its own meanwhile. Returns a sentence when something is to be said afterwards. */
	readonly open: ((where: Where) => Promise<SafeText | undefined>) | undefined;
	/** Keeps the choice of a theme for the next time. Returns a sentence when that could not be. */
	readonly remember?: (theme: string) => Promise<SafeText | undefined>;
};

/** The terminal, as far as keys need it. */
export type Stage = {
	readonly write: (bytes: string) => void;
	readonly leave: () => void;
	/** Gives the terminal away until the promise settles, then draws everything again. */
	readonly away: (meanwhile: () => Promise<void>) => Promise<void>;
	/** Stops the whole job, as a shell's ctrl-z does. */
	readonly stop: () => void;
};

/** One running dashboard, without its terminal: keys in, scenes out. */
export type Controller = {
	readonly scene: () => Scene;
	readonly look: () => Look;
	readonly subscribe: (listener: () => void) => () => void;
	readonly press: (press: Press, stage: Stage) => void;
	readonly paste: (text: string) => void;
	readonly resize: (size: Size) => void;
};

type Looks = readonly [Look, ...Look[]];

/** Makes the controller of one dashboard. */
export function makeController(source: PictureSource, looks: Looks, start: Size, reach: Reach): Controller {
	const desk = makeDesk(source.detail);
	const compose = makeComposer(desk);
	const listeners = new Set<() => void>();
	let ui: Ui = uiAtRest;
	let size = start;

	const look = (): Look => looks[ui.look] ?? looks[0];
	const view = (): View => ({picture: source.current(), ui, size, look: look(), now: source.now()});
	const changed = () => {
		for (const listener of listeners) listener();
	};
	const sight = () => sightOf(desk, view(), looks.length);
	const dispatch = (action: Action) => {
		const next = reduce(ui, action, sight());
		if (next === ui) return;
		ui = next;
		changed();
	};
	const tell = (health: Message['health'], text: SafeText) => dispatch({is: 'said', message: {health, text}});

	const copy = (stage: Stage) => {
		const copied = showCommand(reach.kubectl, selectedIn(desk, {picture: source.current(), ui})?.subject);
		if ('command' in copied) stage.write(clipboard(copied.command));
		if ('command' in copied) tell('ok', own(`copied: ${copied.command}`));
		else tell('unknown', own(`Not copied: ${copied.refused}.`));
	};

	const open = async (stage: Stage) => {
		const {open: go} = reach;
		if (go === undefined) {
			tell('unknown', own('There is nothing to open here.'));
			return;
		}
		const subject = selectedIn(desk, {picture: source.current(), ui})?.subject;
		let said: SafeText | undefined;
		await stage.away(async () => {
			said = await go({pane: ui.focus, namespace: subject?.namespace || undefined, subject}).catch(
				(error: unknown) => say`It could not be opened: ${safeText(String(error instanceof Error ? error.message : error))}`,
			);
		});
		if (said !== undefined) tell('unknown', said);
	};

	const turn = async () => {
		const before = look();
		dispatch({is: 'command', command: 'theme'});
		const said = look() === before ? undefined : await reach.remember?.(look().theme);
		if (said !== undefined) tell('unknown', said);
	};

	const perform = (command: Command, stage: Stage): void => {
		if (command === 'copy') copy(stage);
		else if (command === 'theme') void turn();
		else if (command === 'shell') void open(stage);
		else if (command === 'redraw') void stage.away(async () => {});
		else if (command === 'suspend') stage.stop();
		else if (command === 'leave' || (command === 'quit' && !leadsBack(ui, sight()))) stage.leave();
		else dispatch({is: 'command', command: command === 'quit' ? 'back' : command});
	};

	const type = ({chord, text}: Press): void => {
		if (chord === 'backspace') dispatch({is: 'erased'});
		else if (text !== '') dispatch({is: 'typed', text: safeText(text)});
	};

	return {
		scene: () => compose(view()),
		look,
		subscribe: listener => {
			const unsubscribe = source.subscribe(listener);
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
				unsubscribe();
			};
		},
		press: (press, stage) => {
			const command = commandFor(press.chord);
			if (ui.over?.is === 'filter' && !typingKeys.has(press.chord)) type(press);
			else if (command !== undefined) perform(command, stage);
		},
		// What is pasted is text where text is typed, and nothing elsewhere: never keys.
		paste: text => {
			if (ui.over?.is === 'filter') dispatch({is: 'typed', text: safeText(text.trim(), 200)});
		},
		resize: next => {
			if (next.columns === size.columns && next.rows === size.rows) return;
			size = next;
			changed();
		},
	};
}

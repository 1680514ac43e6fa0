import {safeText} from '../../cluster/safe-text.ts';
import {own, type RawName, type Row, type SafeText, type Subject, say, type ViewId} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import type {Press} from './chord.ts';
import {makeComposer, type Scene} from './compose.ts';
import {type ContextChoice, type LinesView, makeDesk, type View} from './desk.ts';
import {type Command, commandFor, typingKeys} from './keymap.ts';
import {clipboard, showCommand} from './kubectl.ts';
import type {Size} from './layout.ts';
import type {PictureSource} from './model.ts';
import {leadsBack, reduce} from './reduce.ts';
import {selectedIn, sightOf} from './sight.ts';
import {type Action, type Message, settledOn, type Ui, uiAtRest} from './state.ts';

/** Where `o` goes to: the object under the cursor, if there is one. */
export type Where = {readonly pane: ViewId; readonly namespace: RawName | undefined; readonly subject: Subject | undefined};

/** What a key can do beyond the screen. */
export type Reach = {
	/** Words that reach this cluster from a shell: `['kubectl', '--context', 'homelab']`. */
	readonly kubectl: readonly string[];
	/** Opens k9s or a shell; the terminal is its own meanwhile. Returns a sentence when something is to be said afterwards. */
	readonly open: ((where: Where) => Promise<SafeText | undefined>) | undefined;
	/** Acknowledges or accepts what a row stands for, with a note and (epoch ms) an end; takes a mark back. Returns what is to be said. */
	readonly mark?: (row: Row, typed: SafeText) => Promise<Message>;
	/** Opens the log of what a row stands for; a sentence where it has none. Lines come in until it is closed. */
	readonly logs?: (row: Row, changed: () => void) => OpenText | SafeText;
	/** Asks who wrote what of the object behind a row last; a sentence where that cannot be. */
	readonly writers?: (row: Row, changed: () => void) => OpenText | SafeText;
	/** The contexts there are, or why there is no choice. */
	readonly contexts?: () => Promise<readonly ContextChoice[] | SafeText>;
	/** Goes to another context, and the picture becomes that of its cluster; a sentence where it stays as it is. */
	readonly goTo?: (context: ContextChoice) => Promise<SafeText | undefined>;
	/** Keeps the choice of a theme for the next time. Returns a sentence when that could not be. */
	readonly remember?: (theme: string) => Promise<SafeText | undefined>;
};

/** Lines that are open, and may still come in. */
export type OpenText = {readonly view: () => LinesView; readonly close: () => void};

/** The terminal, as far as keys need it. */
export type Stage = {
	readonly write: (bytes: string) => void;
	readonly leave: () => void;
	/** Gives the terminal away until the promise settles, then draws everything again. */
	readonly away: (meanwhile: () => Promise<void>) => Promise<void>;
	/** Stops the whole job, as a shell's ctrl-z does. */
	readonly stop: () => void;
	/** Takes text and nothing else: no clipboard can be reached through it. */
	readonly textOnly?: true;
};

/** One running dashboard, without its terminal: keys in, scenes out. */
export type Controller = {
	readonly scene: () => Scene;
	/** What the scene is made from, for those who make something else of it. */
	readonly view: () => View;
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
	let lines: OpenText | undefined;
	let contexts: readonly ContextChoice[] = [];

	const look = (): Look => looks[ui.look] ?? looks[0];
	const view = (): View => {
		const picture = source.current();
		const where = settledOn(ui, picture.panes.incidents.rows.length > 0);
		return {picture, ui: where, size, look: look(), now: source.now(), lines: lines?.view(), contexts};
	};
	const selected = (): Row | undefined => selectedIn(desk, view());
	const changed = () => {
		for (const listener of listeners) listener();
	};
	const sight = () => sightOf(desk, view(), looks.length, contexts.length);
	const dispatch = (action: Action) => {
		const next = reduce(view().ui, action, sight());
		if (next === ui) return;
		ui = next;
		if (ui.over?.is !== 'lines') closeLines();
		attend();
		changed();
	};
	const closeLines = () => {
		lines?.close();
		lines = undefined;
	};
	/** Tells the source what is looked at closely: there is more to know of that. */
	const attend = () => source.attend?.(ui.over?.is === 'detail' ? ui.over : undefined);
	const tell = (health: Message['health'], text: SafeText) => dispatch({is: 'said', message: {health, text}});

	const copy = (stage: Stage) => {
		const copied = showCommand(reach.kubectl, selected()?.subject);
		const {textOnly = false} = stage;
		if ('command' in copied && !textOnly) stage.write(clipboard(copied.command));
		if ('command' in copied) tell('ok', own(textOnly ? copied.command : `copied: ${copied.command}`));
		else tell('unknown', own(`Not copied: ${copied.refused}.`));
	};

	const open = async (stage: Stage) => {
		const {open: go} = reach;
		if (go === undefined) {
			tell('unknown', own('There is nothing to open here.'));
			return;
		}
		const subject = selected()?.subject;
		const {focus: pane} = view().ui;
		let said: SafeText | undefined;
		await stage.away(async () => {
			said = await go({pane, namespace: subject?.namespace || undefined, subject}).catch(
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

	const showLines = (of: 'logs' | 'writers') => {
		const {over} = view().ui;
		if (over?.is === 'lines' && over.of === of) return dispatch({is: 'command', command: 'back'});
		const row = selected();
		const opened = row && reach[of]?.(row, changed);
		if (opened === undefined) return tell('unknown', own('There is nothing to read here: go to a row.'));
		if (typeof opened === 'string') return tell('unknown', opened);
		closeLines();
		lines = opened;
		dispatch({is: 'command', command: of});
	};

	/** A mark is asked a note for; one that is there already is taken back. */
	const mark = async () => {
		const row = selected();
		if (row === undefined || !sight().markable || reach.mark === undefined) {
			tell('unknown', own('Here is nothing to acknowledge or accept: go to an incident (0) or a risk (R).'));
		} else if (row.marked === true) {
			const {health, text} = await reach.mark(row, own(''));
			tell(health, text);
		} else dispatch({is: 'command', command: 'mark'});
	};

	const keepNote = async () => {
		const {over} = ui;
		if (over?.is !== 'note') return;
		const row = selected();
		const typed = safeText(over.text.trim(), 200);
		dispatch({is: 'command', command: 'back'});
		if (row === undefined || reach.mark === undefined) return;
		const {health, text} = await reach.mark(row, typed);
		tell(health, text);
	};

	const chooseContext = async () => {
		const found =
			view().ui.over?.is === 'contexts' ? contexts : ((await reach.contexts?.()) ?? own('There is one cluster only.'));
		if (typeof found === 'string') return tell('unknown', found);
		contexts = found;
		dispatch({is: 'command', command: 'contexts'});
	};

	const goToContext = async () => {
		const {over} = ui;
		const chosen = over?.is === 'contexts' ? contexts[over.at] : undefined;
		dispatch({is: 'command', command: 'back'});
		if (chosen === undefined || chosen.isCurrent) return;
		tell('idle', say`going to ${chosen.shown}`);
		const said = await reach.goTo?.(chosen);
		if (said !== undefined) return tell('unknown', said);
		closeLines();
		ui = {...uiAtRest, look: ui.look};
		attend();
		changed();
	};

	const perform = (command: Command, stage: Stage): void => {
		const {over} = view().ui;
		if (over?.is === 'note' && command === 'open') void keepNote();
		else if (over?.is === 'contexts' && command === 'open') void goToContext();
		else if (command === 'mark') void mark();
		else if (command === 'logs' || command === 'writers') showLines(command);
		else if (command === 'contexts') void chooseContext();
		else if (command === 'copy') copy(stage);
		else if (command === 'theme') void turn();
		else if (command === 'shell') void open(stage);
		else if (command === 'redraw') void stage.away(async () => {});
		else if (command === 'suspend') stage.stop();
		else if (command === 'leave' || (command === 'quit' && !leadsBack(view().ui, sight()))) stage.leave();
		else dispatch({is: 'command', command: command === 'quit' ? 'back' : command});
	};

	const type = ({chord, text}: Press): void => {
		if (chord === 'backspace') dispatch({is: 'erased'});
		else if (text !== '') dispatch({is: 'typed', text: safeText(text)});
	};

	return {
		scene: () => compose(view()),
		view,
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
			if ((ui.over?.is === 'filter' || ui.over?.is === 'note') && !typingKeys.has(press.chord)) type(press);
			else if (command !== undefined) perform(command, stage);
		},
		// What is pasted is text where text is typed, and nothing elsewhere: never keys.
		paste: text => {
			if (ui.over?.is === 'filter' || ui.over?.is === 'note') dispatch({is: 'typed', text: safeText(text.trim(), 200)});
		},
		resize: next => {
			if (next.columns === size.columns && next.rows === size.rows) return;
			size = next;
			changed();
		},
	};
}

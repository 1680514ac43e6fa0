import {safeText} from '../../cluster/safe-text.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import {own, type Row, type SafeText, say} from '../../vocabulary.ts';
import type {Look} from '../widgets/look.ts';
import {makeActing} from './acting.ts';
import type {Press} from './chord.ts';
import {makeComposer, type Scene} from './compose.ts';
import type {ContextChoice} from './context-choice.ts';
import {arrangementOf, makeDesk, type View} from './desk.ts';
import type {Guide} from './guide/guide.ts';
import type {Command} from './keymap.ts';
import {type Keys, usualKeys} from './keys.ts';
import {type Copied, clipboard, showCommand} from './kubectl.ts';
import type {Size} from './layout.ts';
import type {PictureSource} from './model.ts';
import type {Lead} from './palette/offer.ts';
import type {OpenText, Reach, Stage} from './reach.ts';
import {leadsBack, reduce, shorter} from './reduce.ts';
import {isMarkable, selectedIn, sightOf} from './sight.ts';
import {type Action, dialogOf, isTyping, type Message, settledOn, type Ui, uiAtRest} from './state.ts';

/** One running dashboard, without its terminal: keys in, scenes out. */
export type Controller = {
	readonly scene: () => Scene;
	/** What the scene is made from, for those who make something else of it. */
	readonly view: () => View;
	readonly keys: Keys;
	readonly look: () => Look;
	readonly subscribe: (listener: () => void) => () => void;
	readonly press: (press: Press, stage: Stage) => void;
	readonly paste: (text: string) => void;
	readonly resize: (size: Size) => void;
};

type Looks = readonly [Look, ...Look[]];

/** Makes the controller of one dashboard. */
export function makeController(source: PictureSource, looks: Looks, start: Size, reach: Reach): Controller {
	const {keys = usualKeys} = reach;
	const desk = makeDesk(source.detail, keys);
	const compose = makeComposer(desk);
	const listeners = new Set<() => void>();
	let ui: Ui = uiAtRest;
	let size = start;
	let lines: OpenText | undefined;
	let contexts: readonly ContextChoice[] = [];
	/** Runbooks, once somebody has asked for them. */
	let guide: Guide | undefined;
	/** Keys that came while something was opening. */
	let waiting: Array<() => void> | undefined;
	const names = looks.map(({theme}) => theme);

	const look = (): Look => looks[ui.look] ?? looks[0];
	const view = (): View => {
		const picture = source.current();
		const where = settledOn(ui, picture.panes.incidents.rows.length > 0);
		const seen = {
			picture,
			ui: where,
			size,
			look: look(),
			now: source.now(),
			lines: lines?.view(),
			contexts,
			action: acting.action(),
			guide: guide?.view(),
		};
		const row = where.over?.is === 'palette' ? selectedIn(desk, seen) : undefined;
		const palette = acting.palette(seen, row, {markable: isMarkable(where, row)});
		return palette === undefined ? seen : {...seen, palette};
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

	const copy = (copied: Copied, stage: Stage) => {
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
			tell(
				'unknown',
				own(
					`Here is nothing to acknowledge or accept: go to an incident (${keys.keyOf('incidents')}) or a risk (${keys.keyOf('risks')}).`,
				),
			);
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
		if (chosen !== undefined) await goTo(chosen);
	};

	const goTo = async (chosen: ContextChoice) => {
		const held = acting.holds();
		if (held !== undefined) return tell('unknown', held);
		if (chosen.isCurrent) return;
		tell('idle', say`going to ${chosen.shown}`);
		const said = await reach.goTo?.(chosen);
		if (said !== undefined) return tell('unknown', said);
		closeLines();
		acting.moved();
		guide?.moved();
		ui = {...uiAtRest, look: ui.look};
		attend();
		changed();
	};

	/** Until something is there, keys wait for it. */
	const during = async (work: Promise<unknown>) => {
		const keys: Array<() => void> = [];
		waiting = keys;
		await work.catch((error: unknown) => tell('bad', sentenceOf(error)));
		waiting = undefined;
		changed();
		for (const press of keys) inTurn(press);
	};
	const openPalette = async () => {
		const isOpen = view().ui.over?.is === 'palette';
		dispatch({is: 'command', command: 'palette'});
		if (!isOpen) await during(acting.open());
	};

	const guideOf = async (runbooks: NonNullable<Reach['runbooks']>): Promise<Guide> => {
		const [{makeGuide}, reached] = await Promise.all([import('./guide/guide.ts'), runbooks()]);
		guide ??= makeGuide({
			runbooks: reached,
			room: () => {
				const over = {...ui, over: {is: 'guide'}} as const;
				const {picture} = view();
				return {width: size.columns, height: arrangementOf({picture, ui: over, size, look: look(), now: source.now()}).body};
			},
			context: () => source.current().context,
			key: keys.keyOf('runbooks'),
			now: source.now,
			isOpen: () => ui.over?.is === 'guide',
			show: () => dispatch({is: 'guides'}),
			hide: () => dispatch({is: 'command', command: 'back'}),
			changed,
			tell,
			copy,
			attend: acting.attend,
		});
		return guide;
	};
	/** Opens what was chosen of runbooks; all of them where nothing was. */
	const guideTo = (lead: Lead | undefined): void => {
		const {runbooks} = reach;
		const row = selected();
		const open = async () => {
			if (runbooks === undefined) return tell('unknown', own('There are no runbooks here.'));
			const here = await guideOf(runbooks);
			if (lead?.is === 'runbook' || lead?.is === 'run') await here.openNamed(lead, row);
			else if (lead?.is === 'walk') here.goBack();
			else await here.open(row);
		};
		void during(open());
	};

	/** Nobody leaves an action that runs without a word. */
	const leave = (stage: Stage) => {
		if (acting.holds() === undefined || view().ui.over?.is === 'leaving') stage.leave();
		else dispatch({is: 'leaving'});
	};

	const perform = (command: Command, stage: Stage): void => {
		if (acting.perform(command, stage)) return;
		const {over} = view().ui;
		const guided = over?.is === 'guide' ? guide?.perform(command, stage) : undefined;
		if (guided !== undefined) return void during(guided);
		if (over?.is === 'note' && command === 'open') void keepNote();
		else if (over?.is === 'contexts' && command === 'open') void goToContext();
		else if (command === 'mark') void mark();
		else if (command === 'logs' || command === 'writers') showLines(command);
		else if (command === 'contexts') void chooseContext();
		else if (command === 'copy') copy(showCommand(reach.kubectl, selected()?.subject), stage);
		else if (command === 'palette') void openPalette();
		else if (command === 'runbooks') guideTo(undefined);
		else if (command === 'pick' && view().ui.focus !== 'nodes') tell('unknown', own('Only nodes can be marked.'));
		else if (command === 'theme') void turn();
		else if (command === 'shell') void open(stage);
		else if (command === 'redraw') void stage.away(async () => {});
		else if (command === 'suspend') stage.stop();
		else if (command === 'leave' || (command === 'quit' && !leadsBack(view().ui, sight()))) leave(stage);
		else dispatch({is: 'command', command: command === 'quit' ? 'back' : command});
	};

	const type = ({chord, text}: Press): void => {
		if (ui.over?.is === 'guide') {
			if (chord === 'backspace') guide?.type(shorter);
			else if (text !== '') guide?.type(before => before + text);
		} else if (chord === 'backspace') dispatch({is: 'erased'});
		else if (text !== '') dispatch({is: 'typed', text: safeText(text)});
	};

	/** A key means what it means when it is heard. */
	const press = (pressed: Press, stage: Stage): void => {
		const where = {ui, guide: guide?.view()};
		const typing = isTyping(where);
		const command = keys.commandFor(pressed.chord, dialogOf(where), typing);
		if (command !== undefined) perform(command, stage);
		else if (typing) type(pressed);
	};
	const paste = (text: string): void => {
		const pasted = safeText(text.trim(), 200);
		if (!isTyping({ui, guide: guide?.view()})) return;
		if (ui.over?.is === 'guide') guide?.type(before => before + pasted);
		else dispatch({is: 'typed', text: pasted});
	};
	const inTurn = (happens: () => void): void => {
		if (waiting === undefined) happens();
		else waiting.push(happens);
	};
	const acting = makeActing({
		reach,
		looks: names,
		view,
		dispatch,
		changed,
		tell,
		copy,
		perform,
		goTo,
		guideTo,
		walked: () => guide?.underWay(),
		leaveWalk: async () => guide?.leave(),
	});

	return {
		scene: () => compose(view()),
		view,
		keys,
		look,
		subscribe: listener => {
			const unsubscribe = source.subscribe(listener);
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
				unsubscribe();
			};
		},
		// Whoever wants out does not wait.
		press: (pressed, stage) => (pressed.chord === 'ctrl-c' ? press(pressed, stage) : inTurn(() => press(pressed, stage))),
		// What is pasted is text where text is typed, and nothing elsewhere: never keys.
		paste: text => inTurn(() => paste(text)),
		resize: next => {
			if (next.columns === size.columns && next.rows === size.rows) return;
			size = next;
			changed();
		},
	};
}

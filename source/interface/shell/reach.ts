import type {ActionRequest} from '../../actions/request.ts';
import type {Undertaking} from '../../actions/undertaking.ts';
import type {RawName, Row, SafeText, Subject, ViewId} from '../../vocabulary.ts';
import type {ContextChoice} from './context-choice.ts';
import type {LinesView} from './desk.ts';
import type {Runbooks} from './guide/reach.ts';
import type {Keys} from './keys.ts';
import type {Hindrances} from './palette/offers.ts';
import type {Message} from './state.ts';

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
	/** Plans an action and follows it to its end; missing where nothing can be changed from here. */
	readonly undertake?: (request: ActionRequest) => Promise<Undertaking>;
	/** What keeps actions from being taken here, by action: asked once, when the palette opens first. */
	readonly hindrances?: () => Promise<Hindrances>;
	/** The keys, where they are others than the usual ones. */
	readonly keys?: Keys;
	/** Runbooks, loaded when they are first asked for; missing where none can be walked from here. */
	readonly runbooks?: () => Promise<Runbooks>;
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

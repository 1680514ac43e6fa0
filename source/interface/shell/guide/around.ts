import type {SafeText} from '../../../vocabulary.ts';
import type {Copied} from '../kubectl.ts';
import type {Stage} from '../reach.ts';
import type {Message} from '../state.ts';
import type {Attending, Runbooks} from './reach.ts';
import type {Question} from './state.ts';

/** What runbooks need of the dashboard around them. */
export type Around = {
	readonly runbooks: Runbooks;
	/** How much of the screen there is for them. */
	readonly room: () => {readonly width: number; readonly height: number};
	/** The context, as it is shown. */
	readonly context: () => SafeText;
	/** The key that leads to runbooks. */
	readonly key: string;
	/** Epoch ms. */
	readonly now: () => number;
	readonly isOpen: () => boolean;
	readonly show: () => void;
	readonly hide: () => void;
	readonly changed: () => void;
	readonly tell: (health: Message['health'], text: SafeText) => void;
	readonly copy: (copied: Copied, stage: Stage) => void;
	readonly attend: Attending['attend'];
};

/** What can be said and asked from among runbooks. */
export type Asking = Pick<Around, 'runbooks' | 'tell' | 'key'> & {
	readonly ask: (question: Question, typed?: string) => void;
};

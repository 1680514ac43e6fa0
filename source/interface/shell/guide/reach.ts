import type {ActionRequest} from '../../../actions/request.ts';
import type {Undertaking} from '../../../actions/undertaking.ts';
import type {Finding} from '../../../findings/finding.ts';
import type {Ended, Order} from '../../../runbooks/execute/order.ts';
import type {Runbook} from '../../../runbooks/runbook.ts';
import type {Shelf, Shelved} from '../../../runbooks/shelf.ts';
import type {Errand, Walk} from '../../../runbooks/walk/open-walk.ts';
import type {Row, SafeText} from '../../../vocabulary.ts';

/** A run of a runbook that can be taken up again: of the cluster that is looked at. */
export type OpenRun = {
	/** Its name in the journal. */
	readonly run: string;
	readonly runbook: string;
	readonly finding?: string;
	/** `stopped`, or `unknown` where nobody saw its end. */
	readonly state: 'stopped' | 'unknown';
	/** When it was last written on, epoch ms. */
	readonly at: number;
	/** How it ended, or what was begun last. */
	readonly text: SafeText;
};

/** Who looks on while a runbook is walked, and lends what a walk needs of a screen. */
export type Attending = {
	/** Shows an action to the person and answers for them, to its end. */
	readonly attend: (undertaking: Undertaking, stop: AbortSignal, request: ActionRequest) => Promise<unknown>;
	/** Runs a command that draws on the whole terminal, which is given away meanwhile. */
	readonly inTerminal: (order: Order, run: () => Promise<Ended>) => Promise<Ended>;
};

/** What is there of runbooks beyond the screen. */
export type Runbooks = {
	readonly shelf: () => Promise<Shelf>;
	readonly runs: () => Promise<readonly OpenRun[]>;
	/** What is to be mended here: that the API does not answer, then the findings that a row is about, its own first. */
	readonly findings: (row: Row | undefined) => readonly Finding[];
	/** A finding as it stands now; undefined where there is none (any more). */
	readonly finding: (name: string) => Finding | undefined;
	readonly trust: (runbook: Runbook) => Promise<void>;
	/** Rejects with a sentence where it cannot be begun. */
	readonly begin: (errand: Errand, attending: Attending) => Promise<Walk>;
	/** What a run was begun with; rejects with a sentence where it is not to be taken up. */
	readonly taken: (run: string) => Promise<{readonly shelved: Shelved; readonly errand: Errand}>;
	readonly resume: (errand: Errand, run: string, attending: Attending) => Promise<Walk>;
	/** Why nothing may be changed here now, and whether that can be allowed. */
	readonly whyUnchanged: () => Promise<{readonly why: SafeText; readonly allow: boolean} | undefined>;
	readonly allow: () => Promise<void>;
	/** Whether there is an editor for a script of so many lines, rather than a line to type on. */
	readonly edits: (script: string) => boolean;
	/** Has a script changed in it; undefined where it was not. */
	readonly edit: (script: string, folder: string) => Promise<string | undefined>;
	/** What a run came to, as Markdown, and the command line that says it. */
	readonly report: (run: string) => Promise<{readonly lines: readonly SafeText[]; readonly command: readonly string[]}>;
	/** What is said where the terminal goes with the line. */
	readonly fragile: () => SafeText | undefined;
};

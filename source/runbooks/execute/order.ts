import type {Result} from '../../journal/entry.ts';
import type {SafeText} from '../../vocabulary.ts';
import type {CommandClass} from '../runbook.ts';
import type {OutputMode} from './output.ts';

/** A command that is to be run, as data: another process may run it. */
export type Order = {
	/** Exactly as it was shown. */
	readonly script: string;
	readonly class: CommandClass;
	/** Absolute. */
	readonly directory: string;
	readonly environment: Readonly<Record<string, string>>;
	/** Milliseconds; missing: as long as it takes. */
	readonly within?: number;
	/** Values that are never written down. */
	readonly secrets: readonly string[];
	/** What is kept of its output. */
	readonly output: OutputMode;
	/** Where its output and its end are kept: a folder of its own in that of the run. */
	readonly folder: string;
};

/** What is to be seen of it meanwhile: the last lines, and how much it printed in all (bytes). */
export type Seen = {readonly lines: readonly SafeText[]; readonly total: number};

/** How it ended. */
export type Ended = {
	readonly result: Exclude<Result, 'skipped'>;
	/** `exit code 1`, `stopped with SIGTERM`. */
	readonly text: SafeText;
	/** Missing where it did not come to an end of its own. */
	readonly exit?: number;
	/** Epoch ms on this machine's clock. */
	readonly from: number;
	readonly until: number;
	/** What is kept of its output. */
	readonly lines: readonly SafeText[];
};

/** What looks on while a command runs, and may stop it. */
export type Onlooker = {readonly report: (seen: Seen) => void; readonly stop: AbortSignal};

import type {Entry, Happening} from './entry.ts';

/** One run that is being written down; only one process at a time holds it. */
export type RunJournal = {
	/** Names the run for `journal show` and for resuming: `20261126-021405-drain-nuc-2-k3f9`. */
	readonly run: string;
	/** The run's own folder, for outputs of its steps. */
	readonly folder: string;
	/** What was there when it was taken up again; empty for a new run. */
	readonly before: readonly Entry[];
	/**
	 * Resolves when the disk has it. Secrets are taken out first.
	 * @throws JournalError where it could not be kept: then what it announces must not be done
	 */
	readonly write: (happening: Happening) => Promise<void>;
	readonly close: () => Promise<void>;
};

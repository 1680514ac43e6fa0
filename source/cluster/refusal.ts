import {own, type SafeText, say} from '../vocabulary.ts';
import {items, name, number, type Raw, text} from './raw.ts';

// Not imported: the module facade of node:http touches its WebSocket, and with that compiles all of undici (40 ms).
const {STATUS_CODES} = process.getBuiltinModule('node:http');

/** The server answered, and said no. */
export class Refusal extends Error {
	/** HTTP status, or the code of the `Status` inside a watch that began well. */
	readonly status: number;
	/** Safe to print: `503: the server is currently unable to handle the request`. */
	readonly sentence: SafeText;
	/** Milliseconds the server wants us to stay away; 0 when it does not say. */
	readonly retryAfter: number;
	/** With 410 on a page of a list: where the list may go on, at a newer version than it began. */
	readonly continueAt: string;
	/** What stands behind it, where the server tells: `DisruptionBudget` with the budget's counts, `NamespaceTerminating`. */
	readonly causes: ReadonlyArray<{readonly reason: SafeText; readonly message: SafeText}>;

	constructor(code: number, status: Raw | undefined, retryAfter = 0) {
		const said = text(status?.message, 200) || text(status?.reason, 64) || own(STATUS_CODES[code] ?? 'no reason given');
		const sentence = say`${code}: ${said}`;
		super(sentence);
		this.status = code;
		this.sentence = sentence;
		this.retryAfter = retryAfter;
		this.continueAt = name(status?.metadata?.continue);
		this.causes = items(status?.details?.causes).map(({reason, message}) => ({
			reason: text(reason, 64),
			message: text(message, 300),
		}));
	}
}

/** The refusal inside a watch: an ERROR event carries a `Status`. */
export function refusalInStream(status: Raw | undefined): Refusal {
	return new Refusal(number(status?.code) ?? 500, status);
}

// Long enough for any overloaded server; a proxy that says "in an hour" is not believed.
const longestRetryAfter = 60_000;

/** Milliseconds of a `Retry-After` in seconds, 0 for anything else. */
export function retryAfter(header: string | undefined): number {
	const seconds = header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : 0;
	return Math.min(seconds * 1000, longestRetryAfter);
}

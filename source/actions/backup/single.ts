import type {Raw} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {type SafeText, say} from '../../vocabulary.ts';
import {join} from '../../words.ts';
import type {Outcome, Running} from '../action.ts';
import type {Hands} from '../hands.ts';
import {type Making, make, pathIn} from './create.ts';
import {follow, type Sight} from './follow.ts';

/** What an object says of itself now; `end` once it is over. */
export type Seen = {
	/** In the words of its own: `InProgress`. */
	readonly phase: SafeText;
	/** How far it is, short: `41% InProgress`. */
	readonly short: SafeText;
	readonly done: number;
	readonly total: number;
	readonly waiting: readonly SafeText[];
	readonly end?: Pick<Outcome, 'result' | 'text'>;
};

/** One object that is made, and does the rest by itself. */
export type Single = {
	readonly tier: SafeText;
	readonly making: Making;
	/** Rejects as `Reader.get` does. */
	readonly see: (raw: Raw, reader: Reader) => Promise<Seen>;
};

/** What goes on without us can be taken up again. */
export const resumeOf = ({journal}: Running): readonly string[] => ['midwatch', 'backup', '--resume', journal.run];

/** Makes it, and follows it to its end. Rejects only where the journal fails. */
export async function runSingle({tier, making, see}: Single, hands: Hands, running: Running): Promise<Outcome> {
	const shown = safeText(making.name, 253);
	const nothing = {short: say`backup ${tier}`, done: 0, total: 0};
	const resume = resumeOf(running);
	const waiting = (why: SafeText) => running.report({...nothing, waiting: [why], lines: []});
	const made = await make(hands, making, running, waiting);
	if (made.result === 'unknown') return {result: 'stopped', text: made.text, resume};
	if (made.result === 'failed') return {result: 'failed', text: made.text};

	const reader = hands.reader();
	let phase: SafeText | undefined;
	const look = async (): Promise<Sight> => {
		const raw = await reader.get(pathIn(making.collection, making.name));
		if (raw === undefined) {
			const text = say`${shown} was deleted before it was over`;
			return {progress: {...nothing, waiting: []}, lines: [text], end: {result: 'failed', text}};
		}
		const {short, done, total, waiting: waits, end, ...seen} = await see(raw, reader);
		const lines = seen.phase === phase ? [] : [say`${shown}: ${seen.phase}`];
		phase = seen.phase;
		return {
			progress: {short: say`backup ${tier}  ${short}`, done, total, waiting: waits.map(wait => say`${shown}: ${wait}`)},
			lines,
			...(end && {end: {result: end.result, text: say`${shown}: ${end.text}`}}),
		};
	};
	return follow(look, running, why => ({
		result: 'stopped',
		text: join([say`${shown} goes on without midwatch`, phase === undefined ? undefined : say`last seen ${phase}`, why]),
		resume,
	}));
}

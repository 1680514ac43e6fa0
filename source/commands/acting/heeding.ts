import type {Undertaking} from '../../actions/undertaking.ts';
import {own} from '../../vocabulary.ts';
import type {Mouth} from '../mouth.ts';

const signals = {SIGHUP: 1, SIGINT: 2, SIGTERM: 15} as const;

/** The signals that are listened to. */
export type Heeding = {
	/** Aborted by the first one. */
	readonly signal: AbortSignal;
	/** Its number; 0 for none yet. */
	readonly by: () => number;
	readonly close: () => void;
};

/** Signals stop it at a safe point; the second one leaves at once. Whoever does not hear any more what is said stops it, too. */
export function heed({stage, stop}: Undertaking, {say: tell}: Mouth): Heeding {
	const told = new AbortController();
	let by = 0;
	const take = (signal: NodeJS.Signals): void => {
		const number = signals[signal as keyof typeof signals];
		if (by !== 0) process.exit(128 + number);
		by = number;
		if (stage().is === 'running') tell(own('stopping at the next safe point; once more leaves at once'));
		told.abort();
		stop();
	};
	const unheard = () => take('SIGHUP');
	const names = Object.keys(signals) as (keyof typeof signals)[];
	for (const name of names) process.on(name, take);
	for (const stream of [process.stdout, process.stderr])
		stream
			.removeAllListeners('error')
			.once('error', unheard)
			.on('error', () => {});
	return {
		signal: told.signal,
		by: () => by,
		close: () => {
			for (const name of names) process.off(name, take);
		},
	};
}

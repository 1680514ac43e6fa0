import type {Source} from '../cluster/source.ts';
import {tallied} from '../cluster/tally.ts';
import type {Reading, Tally} from '../vocabulary.ts';

/** A count over a source, in the state of what is counted; the same object until one of them changed. */
export function counting<R, A>(source: Source<R>, tally: Tally<R, A>): () => Reading<A> {
	const {current, revision} = tallied(source, tally);
	let shown: Reading<A> | undefined;
	return () => {
		const {state, limitedTo} = source.reading();
		if (shown?.revision !== revision() || shown.state !== state) {
			shown = {state, records: current(), revision: revision(), ...(limitedTo === undefined ? {} : {limitedTo})};
		}
		return shown;
	};
}

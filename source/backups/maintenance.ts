import type {Reading} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {RepositoryRecord} from './repository.ts';

/** Repositories that nobody keeps small, and when the next one is one of them, epoch ms. */
type Neglected = {readonly repositories: readonly RepositoryRecord[]; readonly turnsAt: number};

const day = 24 * 3_600_000;

/** From when on a repository should have been maintained again: a day late, or three times its period. Epoch ms. */
function dueAt({maintainedAt, createdAt, every}: RepositoryRecord): number {
	return (maintainedAt || createdAt) + Math.max(day, 3 * every);
}

const isRefused = ({phase, failure}: RepositoryRecord) => phase === 'NotReady' || failure !== '';

/** The repositories that were not maintained for too long, or where that fails. `now` in epoch ms. */
export function unmaintained({state, records}: Reading<RepositoryRecord>, now: number): Neglected {
	const all = isKnown(state) ? [...records.values()] : [];
	const turns = all.map(dueAt).filter(at => at > now);
	return {
		repositories: all.filter(repository => isRefused(repository) || dueAt(repository) <= now),
		turnsAt: Math.min(Number.POSITIVE_INFINITY, ...turns),
	};
}

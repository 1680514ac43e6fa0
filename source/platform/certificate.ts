import type {Term} from '../cluster/transport.ts';
import {sameList, stillTrue, type Told} from '../reuse.ts';
import {type Health, own, type SafeText} from '../vocabulary.ts';

/** A certificate that nothing works without. */
export type CertificateFact = Told & {
	readonly key: string;
	readonly about: SafeText;
	readonly term: Term;
	/** From when on it is to be renewed, and from when on it is urgent; epoch ms. */
	readonly dueAt: number;
	readonly urgentAt: number;
	readonly health: Health;
};

const hour = 3_600_000;
const day = 24 * hour;

/** What lives for days only is renewed by something that runs: it is late by its own length, not by ours. */
function deadlines({issuedAt, expiresAt}: Term): Pick<CertificateFact, 'dueAt' | 'urgentAt'> {
	const life = expiresAt - issuedAt;
	return {dueAt: expiresAt - Math.min(30 * day, life / 4), urgentAt: expiresAt - Math.min(14 * day, life / 8)};
}

/** When the words for the time that is left change next: by days, in the last two by hours. */
function turnsAfter(expiresAt: number, now: number): number {
	const left = expiresAt - now;
	if (left <= 0) return Number.POSITIVE_INFINITY;
	const step = left > 2 * day ? day : hour;
	return now + (left % step) + 1;
}

function certificateFact(term: Term, from: readonly unknown[], now: number): CertificateFact {
	const {dueAt, urgentAt} = deadlines(term);
	const isDue = now >= dueAt;
	return {
		key: `certificate/${term.what}`,
		about: own(term.what),
		term,
		dueAt,
		urgentAt,
		health: now >= urgentAt ? 'bad' : isDue ? 'warn' : 'ok',
		from,
		asOf: now,
		turnsAt: isDue ? Math.min(turnsAfter(term.expiresAt, now), now < urgentAt ? urgentAt : Number.POSITIVE_INFINITY) : dueAt,
	};
}

/** The certificates. Give it its last answer: what is still true stays the same object. */
export function certificateFacts(
	terms: readonly Term[],
	now: number,
	previous: readonly CertificateFact[] | undefined,
): readonly CertificateFact[] {
	const known = new Map(previous?.map(fact => [fact.term.what, fact]));
	const facts = terms.map(term => {
		const from = [term.issuedAt, term.expiresAt];
		return stillTrue(known.get(term.what), from, now) ?? certificateFact(term, from, now);
	});
	return sameList(previous, facts);
}

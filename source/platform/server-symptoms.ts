import type {Symptom} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {memoised, own, say} from '../vocabulary.ts';
import {join} from '../words.ts';
import type {CertificateFact} from './certificate.ts';
import {listed} from './lines.ts';
import {type ServerFact, slowFrom} from './server.ts';
import {certificateWords} from './state-words.ts';

const minute = 60_000;

/** The API server says that it is not ready, or is heard late. */
export const serverSymptoms = memoised((fact: ServerFact) =>
	memoised(({targets}: Settings): readonly Symptom[] => {
		const {about, readyz, tail} = fact;
		const slow = {id: 'apiserver-slow', about, causes: []} as const;
		if (readyz?.ok === false) {
			const checks = listed(readyz.failing);
			const title = checks.length === 0 ? own('not ready') : say`not ready: ${join(checks)}`;
			const evidence = checks.length === 0 ? [own('/readyz fails')] : checks.map(check => say`/readyz: ${check} failed`);
			return [{...slow, after: {critical: 0}, since: 0, title, evidence}];
		}
		const target = targets.apiP99 ?? slowFrom;
		if (tail === undefined || tail.p99 <= target) return [];
		const title = say`p99 ${tail.p99} ms as seen from here, target ${target} ms`;
		const evidence = [say`99 of 100 probes of /readyz took up to ${tail.p99} ms (${tail.samples} probes)`];
		return [{...slow, after: {warning: 10 * minute}, since: tail.since, title, evidence}];
	}),
);

/** A certificate is to be renewed. */
export const certificateSymptoms = memoised((fact: CertificateFact): readonly Symptom[] => {
	const {about, term, dueAt, urgentAt, health} = fact;
	if (health === 'ok') return [];
	const day = own(new Date(term.expiresAt).toISOString().slice(0, 16).replace('T', ' '));
	return [
		{
			id: 'certificate-expiring',
			about,
			after: {warning: 0, critical: urgentAt - dueAt},
			since: dueAt,
			title: certificateWords(fact),
			undated: true,
			evidence: [say`not valid after ${day} UTC`],
			causes: [],
		},
	];
});

import {safeText} from '../cluster/safe-text.ts';
import type {Symptom} from '../diagnosis.ts';
import {matchesAny} from '../settings.ts';
import type {ClaimRecord} from '../storage/kubernetes.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {bytes, count, join, shownName, shownPath} from '../words.ts';
import type {RepositoryRecord} from './repository.ts';

/** So many are named in a title, and so many in the evidence. */
const named = [3, 10] as const;

/** The first names of many: `a, b, c and 4 more`. */
function firstOf(names: readonly SafeText[]): SafeText {
	const more = names.length - named[0];
	const first = join(names.slice(0, named[0]));
	return more > 0 ? say`${first} and ${more} more` : first;
}

const claimWords = (claim: ClaimRecord): SafeText =>
	join([shownPath(claim), claim.requested === undefined ? undefined : bytes(claim.requested)], ' ');

/** Claims that no schedule backs up, but for those that need it not: one line for all of them. */
export function claimsNotBackedUp(claims: readonly ClaimRecord[], notBackedUp: readonly string[]): readonly Symptom[] {
	const bare = claims.filter(({namespace, name}) => !matchesAny(`${namespace}/${name}`, notBackedUp));
	if (bare.length === 0) return [];
	return [
		{
			id: 'claim-not-backed-up',
			about: own('claims'),
			after: {warning: 0},
			since: 0,
			title: say`${count(bare.length, 'claim')} in no backup tier: ${firstOf(bare.map(shownPath))}`,
			evidence: bare.slice(0, named[1]).map(claimWords),
			causes: [],
			many: bare.length,
		},
	];
}

/** The day of a moment (epoch ms), in UTC. */
const dayOf = (at: number): SafeText => own(new Date(at).toISOString().slice(0, 10));

function repositoryWords({volumeNamespace, location, phase, message, failure, maintainedAt}: RepositoryRecord): SafeText {
	const why =
		phase === 'NotReady'
			? join([phase, message], ': ')
			: failure || (maintainedAt === 0 ? own('never maintained') : say`last maintained ${dayOf(maintainedAt)}`);
	return safeText(say`${volumeNamespace} in ${shownName({name: location})}: ${why}`, 110);
}

/** Repositories that grow without end: one line for all of them. */
export function repositoriesUnmaintained(repositories: readonly RepositoryRecord[]): readonly Symptom[] {
	if (repositories.length === 0) return [];
	const names = [...new Set(repositories.map(({volumeNamespace}) => volumeNamespace))].sort();
	return [
		{
			id: 'repository-unmaintained',
			about: own('repositories'),
			after: {warning: 0},
			since: 0,
			title: say`${count(repositories.length, 'repository', 'repositories')} not maintained: ${firstOf(names)}`,
			evidence: repositories.slice(0, named[1]).map(repositoryWords),
			causes: [],
			many: repositories.length,
		},
	];
}

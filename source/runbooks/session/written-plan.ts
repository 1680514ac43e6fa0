import type {Entry, Json} from '../../journal/entry.ts';
import type {Runbook} from '../runbook.ts';

/** What a session was begun with, as its journal has it. */
export type WrittenPlan = {
	/** The runbook, and where it was. */
	readonly id: string;
	readonly file: string;
	readonly hash: string;
	readonly parameters: Readonly<Record<string, string>>;
	/** What it was begun for: `node-not-ready:nuc-2`. */
	readonly finding?: string;
};

/** For `began`: enough to go on from in another process. */
export function planOf({id, file, hash}: Runbook, parameters: Readonly<Record<string, string>>, finding?: string): Json {
	return {id, file, hash, parameters, ...(finding === undefined ? {} : {finding})};
}

/**
 * The plan of a session that was begun; undefined where these are the entries of something else. Values that were redacted are
 * left out: they have to be given once more.
 */
export function writtenPlan(entries: readonly Entry[]): WrittenPlan | undefined {
	const began = entries.find(entry => entry.is === 'began');
	if (began?.is !== 'began' || began.what !== 'runbook') return undefined;
	const {id, file, hash, parameters, finding} = (began.plan ?? {}) as Partial<Record<keyof WrittenPlan, unknown>>;
	if (typeof id !== 'string' || typeof file !== 'string' || typeof hash !== 'string') return undefined;
	const given = Object.entries((parameters ?? {}) as object).filter(
		(each): each is [string, string] => typeof each[1] === 'string' && !each[1].includes('[redacted]'),
	);
	return {id, file, hash, parameters: Object.fromEntries(given), ...(typeof finding === 'string' && {finding})};
}

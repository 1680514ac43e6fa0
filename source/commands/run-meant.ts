import type {RunKind} from '../journal/entry.ts';
import {type ReadRun, readRun, runNames} from '../journal/runs.ts';
import {Complaint} from './complaint.ts';

const isNamedAfter = (kind: RunKind, name: string): boolean => /^\d+-\d+-([a-z]+)/.exec(name)?.[1] === kind;

/** The run that is meant: by its name, by as much of it as no other has, or the last one, of a kind where one is given. @throws Complaint */
export async function runMeant(word: string, kind?: RunKind): Promise<ReadRun> {
	const names = await runNames(process.env);
	const latest = kind === undefined ? names[0] : names.find(name => isNamedAfter(kind, name));
	if (names.length === 0 || (word === 'last' && latest === undefined))
		throw new Complaint(`No run${kind === undefined ? '' : ` of a ${kind}`} was ever written down here.`, 2);
	const found = word === 'last' && latest !== undefined ? [latest] : names.filter(name => name === word || name.startsWith(word));
	const [only, ...others] = found.includes(word) ? [word] : found;
	if (only === undefined)
		throw new Complaint(`There is no run ${JSON.stringify(word)}; midwatch journal list tells which there are.`, 2);
	if (others.length > 0)
		throw new Complaint(
			`${JSON.stringify(word)} may be any of ${found.length} runs, ${found.slice(0, 3).join(', ')}${found.length > 3 ? ' and more' : ''}; say more of its name.`,
			2,
		);
	return readRun(process.env, only);
}

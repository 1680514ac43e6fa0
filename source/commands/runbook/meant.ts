import {resolve, sep} from 'node:path';
import {safeText} from '../../cluster/safe-text.ts';
import {readRunbookFile} from '../../files/runbook-files.ts';
import {trustedRunbooks, trustRunbook} from '../../files/trusted.ts';
import {parseRunbooks} from '../../runbooks/parse/parse.ts';
import type {Runbook} from '../../runbooks/runbook.ts';
import {onShelf, openShelf, type Shelved} from '../../runbooks/shelf.ts';
import {own, say} from '../../vocabulary.ts';
import {Complaint} from '../complaint.ts';
import type {Mouth} from '../mouth.ts';

/** Whether a word names a file rather than the id of a runbook. */
const isFile = (word: string): boolean => word.includes('/') || /\.(?:md|markdown|mdown|mkd)$/i.test(word);

/** What lies there comes with whatever was checked out, wherever one stands. */
const isOfProject = (file: string): boolean => file.includes(`${sep}.midwatch${sep}runbooks${sep}`);

/** A runbook out of a file, by the part behind `#` where it holds several. @throws Complaint or RunbookFileError */
async function inFile(word: string): Promise<Shelved> {
	const at = word.lastIndexOf('#');
	const isPart = at > 0 && isFile(word.slice(0, at));
	const file = resolve(isPart ? word.slice(0, at) : word);
	const origin = isOfProject(file) ? 'project' : 'user';
	const {runbooks} = parseRunbooks(await readRunbookFile(file), file, origin);
	const part = isPart ? word.slice(at + 1) : undefined;
	const found = part === undefined ? runbooks : runbooks.filter(({id}) => id.split('#')[1] === part);
	const [only, ...others] = found;
	if (only === undefined || others.length > 0) {
		const ids = runbooks.flatMap(({id}) => id.split('#')[1] ?? []).slice(0, 5);
		throw new Complaint(
			`${word} holds ${only === undefined ? 'no such runbook' : `${found.length} runbooks`}; name one: ${ids.map(id => `${file}#${id}`).join(', ')}.`,
			2,
		);
	}
	const isTrusted = await trustedRunbooks(process.env);
	return {runbook: only, trusted: origin !== 'project' || (await isTrusted({file, hash: only.hash}))};
}

/** The runbook that a word means: an id, a file, or a part of a file. @throws Complaint or RunbookFileError */
export async function runbookMeant(word: string): Promise<Shelved> {
	if (isFile(word)) return inFile(word);
	const found = onShelf(await openShelf(process.env, process.cwd()), word);
	if (typeof found === 'string') throw new Complaint(found, 2);
	return found;
}

/** A runbook that may be walked: one of a working directory is trusted first, by whoever has looked at it. @throws Complaint */
export async function trustworthy({runbook, trusted}: Shelved, mouth: Mouth, signal: AbortSignal): Promise<Runbook> {
	if (trusted) return runbook;
	const {id, file, hash} = runbook;
	const shown = safeText(file, 400);
	if (!mouth.answers)
		throw new Complaint(
			`${shown} was not looked at yet: midwatch runbook show ${safeText(id, 120)}, then run it at a terminal.`,
			2,
		);
	mouth.say(say`${shown} is of this directory, and was not trusted yet as it stands: its commands would run on your cluster.`);
	const said = await mouth.ask(own('Did you look at it, and trust it from now on? (yes/no) '), signal);
	if (said !== 'yes') throw new Complaint(`${shown} is not trusted, and not run.`, 2);
	await trustRunbook(process.env, {file, hash});
	return runbook;
}

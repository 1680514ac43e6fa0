import {own, type SafeText} from '../vocabulary.ts';
import {allowedFile, type ClusterPlace, type Environment} from './places.ts';
import {readPrivate, replacePrivate} from './private-file.ts';

/** Whether changes were allowed cannot be told or kept, so they are not: one sentence with the file. */
export class AllowedError extends Error {
	readonly sentence: SafeText;
	constructor(sentence: string) {
		super(sentence);
		this.sentence = own(sentence);
	}
}

/**
 * Whether the user of this machine has ever said that midwatch may change this cluster, whatever its context is called.
 * @throws AllowedError where a file says so that cannot be believed: nothing is allowed then
 */
export async function changesAllowed(environment: Environment, place: ClusterPlace): Promise<boolean> {
	const file = allowedFile(environment, place);
	try {
		const text = await readPrivate(file, 10_000);
		if (text === undefined) return false;
		const said = JSON.parse(text) as {server?: unknown; allowed?: unknown} | null;
		if (said?.allowed === true && said.server === place.server) return true;
		throw new Error('it is of another cluster');
	} catch (error) {
		const why = error instanceof SyntaxError ? 'it is not as it was written' : (error as Error).message;
		throw new AllowedError(`Changes count as not allowed, for ${file} is not believed: ${why}. Delete it and allow them anew.`);
	}
}

/** Remembers that this cluster may be changed. @throws AllowedError where that could not be kept */
export async function allowChanges(environment: Environment, place: ClusterPlace): Promise<void> {
	const file = allowedFile(environment, place);
	const said = {
		allowed: true,
		server: place.server,
		context: place.context,
		at: new Date().toISOString(),
	};
	try {
		await replacePrivate(file, `${JSON.stringify(said)}\n`);
	} catch (error) {
		throw new AllowedError(`That changes are allowed could not be kept in ${file} (${(error as Error).message}).`);
	}
}

import {realpath} from 'node:fs/promises';
import type {Environment} from './places.ts';
import {trustedFile} from './places.ts';
import {appendPrivate, readPrivate} from './private-file.ts';

/** As many bytes as years of trust take. */
const most = 1_000_000;

/** A runbook of a working directory: the file, and sha256 of what stood in it when it was looked at. */
export type Trusted = {readonly file: string; readonly hash: string};

const lineOf = ({file, hash}: Trusted): string => JSON.stringify({file, hash});

/** Two ways to one file are one file. */
const real = (file: string): Promise<string> => realpath(file).catch(() => file);

/** Which runbooks somebody has trusted: tells of each whether its text is the one that was trusted. None where that cannot be read. */
export async function trustedRunbooks(environment: Environment): Promise<(one: Trusted) => Promise<boolean>> {
	const text = await readPrivate(trustedFile(environment), most).catch(() => undefined);
	const lines = new Set((text ?? '').split('\n'));
	return async ({file, hash}) => lines.has(lineOf({file: await real(file), hash}));
}

/** Trusts a runbook with the text that it has now; another text has to be trusted anew. @throws where that cannot be kept */
export async function trustRunbook(environment: Environment, {file, hash}: Trusted): Promise<void> {
	await appendPrivate(trustedFile(environment), lineOf({file: await real(file), hash}));
}

import {spawn} from 'node:child_process';
import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {safeText} from '../../cluster/safe-text.ts';
import type {Environment} from '../../files/places.ts';
import {readPrivate, replacePrivate} from '../../files/private-file.ts';
import {own, say} from '../../vocabulary.ts';
import type {Mouth} from '../mouth.ts';

/** Runs the user's editor on a file, in the terminal that it needs; false where it did not end well. */
function inEditor(editor: string, file: string): Promise<boolean> {
	return new Promise(resolve => {
		// The variable is a command line, as everybody takes it: `code --wait`.
		const child = spawn('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file], {stdio: 'inherit'});
		child.once('error', () => resolve(false));
		child.once('close', code => resolve(code === 0));
	});
}

/** The user's editor, as a command line; undefined where none is named. */
export function editorOf({VISUAL, EDITOR}: Environment): string | undefined {
	return VISUAL || EDITOR || undefined;
}

/** More than a shell can be given; bytes. */
const most = 200_000;

/**
 * Has a script changed in $VISUAL or $EDITOR, as a file in the folder of the run, or asks for one line where there is neither.
 * Undefined where nothing was written, or nothing was changed.
 */
export async function editScript(
	script: string,
	folder: string,
	mouth: Mouth,
	signal: AbortSignal,
	editor = editorOf(process.env),
): Promise<string | undefined> {
	if (editor === undefined) {
		const line = await mouth.ask(own('The command instead (empty: as it was): '), signal);
		return line === undefined || line === '' || line === script ? undefined : line;
	}
	const file = join(folder, 'edited', 'step.sh');
	try {
		await replacePrivate(file, `${script}\n`);
		if (!(await inEditor(editor, file))) {
			mouth.say(say`${safeText(editor, 80)} did not end well; the step is as it was.`);
			return undefined;
		}
		const written = ((await readPrivate(file, most)) ?? '').replace(/\n+$/, '');
		return written.trim() === '' || written === script ? undefined : written;
	} finally {
		await rm(join(folder, 'edited'), {recursive: true, force: true});
	}
}

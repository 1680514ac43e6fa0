import type {SafeText} from './vocabulary.ts';

/** A word for a POSIX shell, quoted where it has to be; zsh takes more than others at the beginning of a word. */
export function shellWord(word: string): string {
	return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What would mislead whoever pastes it: control characters, line breaks, what cannot be seen. */
const misleading = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Words as a line for a shell; undefined where one of them has characters that cannot be seen. */
export function commandLine(words: readonly string[]): SafeText | undefined {
	const line = words.map(shellWord).join(' ');
	return misleading.test(line) ? undefined : (line as SafeText);
}

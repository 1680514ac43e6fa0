import type {Subject} from '../../vocabulary.ts';

const label = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
/** RBAC names may carry colons, and some CRDs take what a path takes; nothing here means anything to a shell. */
const objectName = /^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$/;
const resourceName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** Quotes a word for a POSIX shell; words that need no quotes stay as they are. */
export function quote(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export type Copied = {readonly command: string} | {readonly refused: string};

/**
 * The command that shows a subject, for a shell. `kubectl` is how to reach this cluster, as words
 * (`kubectl --context homelab`). Names that Kubernetes would not accept are refused: they may be made to mislead.
 */
export function showCommand(kubectl: readonly string[], subject: Subject | undefined): Copied {
	if (subject === undefined) return {refused: 'no single object stands behind this row, so there is no command to copy'};
	const {resource, namespace, name} = subject;
	const valid =
		resourceName.test(resource) && (namespace === '' || label.test(namespace)) && objectName.test(name) && name.length <= 253;
	if (!valid) return {refused: 'the name of this object is not a valid Kubernetes name, so no command is made of it'};
	// Invisible characters in the name of a context would mislead whoever pastes the command.
	if (kubectl.some(word => /[\p{C}\p{Zl}\p{Zp}]/u.test(word)))
		return {refused: 'the name of the context has invisible characters, so no command is made of it'};
	const where = namespace === '' ? [] : ['-n', namespace];
	return {command: [...kubectl, ...where, 'get', resource, name, '-o', 'yaml'].map(quote).join(' ')};
}

/** Asks the terminal to put text into the clipboard (OSC 52). */
export function clipboard(text: string): string {
	return `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}

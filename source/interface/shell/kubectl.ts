import {commandLine} from '../../shell-word.ts';
import type {Subject} from '../../vocabulary.ts';

const label = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
/** RBAC names may carry colons, and some CRDs take what a path takes; nothing here means anything to a shell. */
const objectName = /^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$/;
const resourceName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

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
	const where = namespace === '' ? [] : ['-n', namespace];
	const command = commandLine([...kubectl, ...where, 'get', resource, name, '-o', 'yaml']);
	return command === undefined
		? {refused: 'the name of the context has invisible characters, so no command is made of it'}
		: {command};
}

/** Asks the terminal to put text into the clipboard (OSC 52). */
export function clipboard(text: string): string {
	return `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}

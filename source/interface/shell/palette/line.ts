import {commandLine} from '../../../shell-word.ts';
import {own, type SafeText, say} from '../../../vocabulary.ts';
import {type Copied, showCommand} from '../kubectl.ts';
import type {Offer} from './offer.ts';

/**
 * The command line that does the same as an offer. `kubectl` is how to reach this cluster, as words; midwatch takes the same
 * options.
 */
export function lineOf({line, lead}: Offer, kubectl: readonly string[]): Copied {
	if (line === undefined) return {refused: 'there is no command line for this'};
	if ('subject' in line) return showCommand(kubectl, line.subject);
	const [, ...flags] = kubectl;
	const options = lead.is === 'context' ? [] : flags;
	const command = commandLine(['midwatch', ...line.words, ...options]);
	return command === undefined
		? {refused: 'a name in it has characters that cannot be seen, so no command is made of it'}
		: {command};
}

/** The line as it is shown, without how to reach this cluster: that is what makes it long; or why there is none. */
export function shownLine(offer: Offer, [program = 'kubectl']: readonly string[]): SafeText {
	if (offer.line === undefined) return own('');
	const line = lineOf(offer, [program]);
	return 'command' in line ? own(line.command) : say`(${own(line.refused)})`;
}

import type {Invocation} from './invocation.ts';
import {isFlag} from './word.ts';
import {unclear, type Wrapping} from './wrapping.ts';

/** `bash -c SCRIPT`, `bash <<EOF`; any other file or input is not known here. */
export function byShell({words, input, piped}: Invocation): Wrapping {
	for (let at = 1; at < words.length; at++) {
		const word = words[at];
		if (word === undefined || !isFlag(word)) break;
		if (/^-[a-hj-km-z]*c$/.test(word.text)) {
			const script = words[at + 1];
			return script === undefined
				? unclear('its script does not stand here')
				: {class: 'reading', inner: [{is: 'script', text: script.text, literal: script.literal}]};
		}
		if (/^-[a-z]*o$/.test(word.text)) at += 1;
		else if (!/^-[a-hj-km-z]+$|^--(noprofile|norc|posix)$/.test(word.text)) return unclear('what it runs does not stand here');
		else if (at === words.length - 1 && input !== undefined) break;
	}
	const operands = words.slice(1).filter(word => !isFlag(word) && !/^-s?$/.test(word.text));
	if (input !== undefined && operands.every(({text}) => text === 'pipefail'))
		return {class: 'reading', inner: [{is: 'script', ...input}]};
	return unclear(piped ? 'it runs what another command prints' : 'what it runs does not stand here');
}

import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {isReserved} from './reserved.ts';
import type {Parameter, Step} from './runbook.ts';

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

const kinds: Readonly<Record<Exclude<Parameter['type'], 'string'>, {readonly fits: RegExp; readonly words: SafeText}>> = {
	number: {fits: /^-?\d+(?:\.\d+)?$/, words: own('a number')},
	node: {fits: subdomain, words: own('the name of a node: lower-case letters, digits, dots and dashes')},
	namespace: {fits: label, words: own('the name of a namespace: lower-case letters, digits and dashes')},
};

/** Why a value cannot be a parameter's, in a sentence; undefined where it can. */
export function wrongValue({name, type, pattern}: Parameter, value: string): SafeText | undefined {
	const shown = safeText(name, 60);
	if (isReserved(name))
		return say`${shown} means something to the shell or to programs and cannot be given; call the parameter otherwise.`;
	if (value.includes('\0')) return say`The value of ${shown} has a NUL character, which no command can be given; leave it out.`;
	if (value.length > 4096) return say`The value of ${shown} is longer than 4096 characters; shorten it.`;
	const given = safeText(JSON.stringify(value), 80);
	const kind = type === 'string' ? undefined : kinds[type];
	if (kind !== undefined && !kind.fits.test(value)) return say`${shown} is ${kind.words}, not ${given}.`;
	if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value))
		return say`${shown} has to match ${safeText(pattern, 120)}, and ${given} does not.`;
	return undefined;
}

/** Why a value would not reach a step's command as one, in a sentence; undefined where it would. */
export function takenApart({unquoted}: Pick<Step, 'unquoted'>, name: string, value: string): SafeText | undefined {
	if (!unquoted.includes(name) || /^[^\s*?[\]{}~\\]+$/.test(value)) return undefined;
	return say`$${safeText(name, 60)} stands outside quotes here, where ${safeText(JSON.stringify(value), 80)} would be taken apart; edit the step and write "$${safeText(name, 60)}".`;
}

/**
 * Words of a command line of ours with the values put in: `$NODE` and `${NODE}` within a word, which stays one word. Undefined
 * where one has no value, or where a value would become a flag.
 */
export function withValues(words: readonly string[], values: Readonly<Record<string, string>>): readonly string[] | undefined {
	const made = words.map(word => {
		let missing = false;
		const filled = word.replaceAll(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g, (_, braced?: string, bare?: string) => {
			const name = braced ?? bare ?? '';
			const value = Object.hasOwn(values, name) ? values[name] : undefined;
			missing ||= value === undefined;
			return value ?? '';
		});
		return missing || (filled.startsWith('-') && !word.startsWith('-')) ? undefined : filled;
	});
	return made.every(word => word !== undefined) ? made : undefined;
}

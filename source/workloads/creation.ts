import {safeText} from '../cluster/safe-text.ts';
import {type SafeText, say} from '../vocabulary.ts';
import {join} from '../words.ts';

/** Why pods are not created: in few words, and whether it is because a webhook gave no answer. */
export type Forbidden = {readonly title: SafeText; readonly byWebhook: boolean};

const amounts = (list: string): ReadonlyMap<string, string> =>
	new Map(list.split(',').map(pair => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']));
const brief = (text: string): SafeText => safeText(text, 80);

/** `requested: cpu=1,memory=4Gi, used: cpu=3,memory=14Gi, limited: cpu=8,memory=16Gi`: what would be too much. */
function overdrawn(said: string): SafeText {
	const [, requested, used = '', limited = ''] = /requested: (\S+), used: (\S+), limited: (\S+)$/.exec(said) ?? [];
	if (requested === undefined) return brief(said);
	const [has, may] = [amounts(used), amounts(limited)];
	const each = ([what, more]: readonly [string, string]) =>
		brief(`${what} ${more} more, ${has.get(what) ?? '?'} of ${may.get(what) ?? '?'} used`);
	return join([...amounts(requested)].map(each), '; ');
}

/** Of nested failures the innermost. */
const lastOf = (said: string): SafeText => brief(said.split(': ').at(-1) ?? said);

const rules: ReadonlyArray<readonly [RegExp, (by: SafeText, said: string) => SafeText]> = [
	[/exceeded quota: ([^,]+), (.*)$/, (quota, said) => say`quota ${quota}: ${overdrawn(said)}`],
	[/failed quota: ([^:]+): (.*)$/, (quota, said) => say`quota ${quota}: ${brief(said)}`],
	[/violates PodSecurity "([^"]+)": (.*)$/, (level, said) => say`pod security ${level}: ${brief(said)}`],
	[/failed calling webhook "([^"]+)": (.*)$/, (webhook, said) => say`webhook ${webhook} gives no answer: ${lastOf(said)}`],
	[/admission webhook "([^"]+)" denied the request: (.*)$/, (webhook, said) => say`webhook ${webhook} says no: ${brief(said)}`],
];

/** Reads what the API server said when a controller wanted to create a pod. */
export function forbiddenBy(message: string): Forbidden {
	const byWebhook = message.includes('failed calling webhook');
	for (const [form, words] of rules) {
		const [, by, said = ''] = form.exec(message) ?? [];
		if (by !== undefined) return {title: words(safeText(by, 63), said), byWebhook};
	}
	return {title: say`pods cannot be created: ${brief(message)}`, byWebhook};
}

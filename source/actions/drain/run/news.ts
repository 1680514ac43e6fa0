import {safeText} from '../../../cluster/safe-text.ts';
import {keyOf, type SafeText, say} from '../../../vocabulary.ts';
import {heavier} from '../../heavier.ts';
import type {Plan} from '../../plan.ts';

/**
 * What stands against a drain now that nobody has agreed to: what refuses it, and what would have wanted a typed name and was
 * not in the plan that was agreed to, or weighed less there; undefined where there is no such thing.
 */
export function newConcern(agreed: Plan, now: Plan): SafeText | undefined {
	const news = heavier(agreed.concerns, now.concerns);
	const found = news.find(({weight}) => weight === 'refuses' || weight === 'overrides');
	if (found === undefined) return undefined;
	const [about = found.about] = found.objects ?? [];
	const what = about === undefined ? found.check : keyOf(about.namespace, about.name);
	return say`planned anew, ${safeText(what, 317)} stands against it: ${found.text}`;
}

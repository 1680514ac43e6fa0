import {safeText} from '../../../cluster/safe-text.ts';
import {keyOf, type SafeText, say} from '../../../vocabulary.ts';
import {type Concern, type Plan, weights} from '../../plan.ts';

const keyOfConcern = ({check, about}: Concern): string =>
	`${check} ${about === undefined ? '' : `${about.resource} ${keyOf(about.namespace, about.name)}`}`;

/** So heavy that nobody begins without having seen it. */
const isHeavy = ({weight}: Concern): boolean => weight === 'refuses' || weight === 'overrides';

/**
 * What stands against a drain now that nobody has agreed to: what refuses it, and what would have wanted a typed name and was
 * not in the plan that was agreed to, or weighed less there; undefined where there is no such thing.
 */
export function newConcern(agreed: Plan, now: Plan): SafeText | undefined {
	const known = new Map(agreed.concerns.filter(isHeavy).map(concern => [keyOfConcern(concern), weights.indexOf(concern.weight)]));
	const found = now.concerns.find(concern => {
		if (!isHeavy(concern)) return false;
		return concern.weight === 'refuses' || weights.indexOf(concern.weight) < (known.get(keyOfConcern(concern)) ?? weights.length);
	});
	if (found === undefined) return undefined;
	const about = found.about === undefined ? found.check : keyOf(found.about.namespace, found.about.name);
	return say`planned anew, ${safeText(about, 317)} stands against it: ${found.text}`;
}

import {safeText} from '../../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../../vocabulary.ts';
import {count, join} from '../../../words.ts';
import type {Objects} from '../objects.ts';

/** So many names a sentence can take in. */
const most = 12;

/** What is said where nothing fits to what was typed: of an action, what it can be done to. */
export function noneSentence(typed: string, {nodes, tiers}: Objects): SafeText {
	const [action = '', ...words] = typed.trim().split(/\s+/);
	const isOfNode = /^(drain|cordon|uncordon|node|no|nodes)$/.test(action);
	const isOfTier = /^(backup|pause|unpause|tier)$/.test(action);
	if ((!isOfNode && !isOfTier) || words.length === 0) return own('Nothing here is called so.');
	const kind = isOfNode ? 'node' : 'backup tier';
	const there: readonly {readonly shown: SafeText}[] = isOfNode ? nodes : tiers;
	const names = join(there.slice(0, most).map(({shown}) => shown));
	const more = there.length > most ? say` and ${there.length - most} more` : own('');
	return say`No ${own(kind)} is called ${safeText(words.join(' '), 100)}; there ${own(there.length === 1 ? 'is' : 'are')} ${count(there.length, kind)}: ${names}${more}`;
}

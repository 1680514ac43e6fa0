import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import type {Guard, Hands} from './hands.ts';
import type {Confirm} from './plan.ts';
import type {ActionId} from './request.ts';

type Guarded = Pick<Hands, 'readOnly' | 'settings' | 'context' | 'guardsBeside'>;

const guardsOf = ({settings, context, guardsBeside = []}: Guarded): readonly Guard[] => [
	{context, rules: settings.guards},
	...guardsBeside,
];

function whereIs({context}: Guard, {context: here}: Guarded): SafeText {
	const beside = context === here ? own('') : own(', which is the same cluster');
	return say`context ${safeText(context, 120)} in the configuration${beside}`;
}

/** Why an action, or a command of a runbook that changes something, is not taken here at all, by the rule that says so; undefined where none does. */
export function guardAgainst(action: ActionId | 'runbook', hands: Guarded): SafeText | undefined {
	const what = own(action === 'runbook' ? 'what a runbook changes' : action);
	if (hands.readOnly) return say`${what} is refused by --read-only: nothing is changed`;
	for (const guard of guardsOf(hands)) {
		if (guard.rules.readOnly) return say`${what} is refused by guards.readOnly of ${whereIs(guard, hands)}`;
		if (guard.rules.deny.includes(action)) {
			return say`${what} is refused by guards.deny of ${whereIs(guard, hands)}, which names it`;
		}
	}
	return undefined;
}

/** What is asked for at the least: where a guard wants a name, and the action has none of its own, that of the context. */
export function guardedConfirm(confirm: Confirm, hands: Guarded): Confirm {
	const guard = guardsOf(hands).find(({rules}) => rules.confirm === 'name');
	if (guard === undefined || confirm.ask === 'name') return confirm;
	return {ask: 'name', name: hands.context, why: say`guards.confirm of ${whereIs(guard, hands)} wants a name typed`};
}

import {safeText} from '../cluster/safe-text.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import {allowChanges, changesAllowed} from '../files/allowed.ts';
import {type SafeText, say} from '../vocabulary.ts';
import {Unplanned} from './action.ts';
import type {AskedAction} from './actions.ts';
import {guardAgainst, guardedConfirm} from './guards.ts';
import type {Hands} from './hands.ts';
import {notPermitted} from './permission.ts';
import type {Plan} from './plan.ts';
import {reachingPlan} from './reaching.ts';
import type {ActionRequest} from './request.ts';
import type {Event} from './stages.ts';

/** What is said where nothing was ever changed on a cluster; the embedded one is there to be changed. */
export async function allowanceMissing({demo, environment, place, context}: Hands): Promise<SafeText | undefined> {
	if (demo || (await changesAllowed(environment, place))) return undefined;
	return say`Changes were never allowed on ${safeText(context, 120)} (${safeText(place.server, 200)}).`;
}

/** A plan as it would be made now, with what guards ask for. Rejects as the action's `plan` does. */
export async function planNow(action: AskedAction, hands: Hands): Promise<Plan> {
	const plan = await action.plan(hands);
	return {...reachingPlan(plan, hands), confirm: guardedConfirm(plan.confirm, hands)};
}

/** Plans, under the guards as they stand in the configuration now. `allowing`: keeps first that changes are allowed here. */
export async function prepare({is}: ActionRequest, action: AskedAction, hands: Hands, allowing: boolean): Promise<Event> {
	const guarded = {...hands, ...(await hands.declared?.())};
	const guard = guardAgainst(is, guarded);
	if (guard !== undefined) return {is: 'refused', by: 'guard', why: guard};
	if (allowing) await allowChanges(hands.environment, hands.place);
	const [plan, allow] = await Promise.all([planNow(action, guarded), allowanceMissing(hands)]);
	return {is: 'planned', plan, ...(allow === undefined ? {} : {allow})};
}

/** Asks the server whether this user may do what is planned. */
export async function askServer({action, deeds}: Plan, {transport}: Hands): Promise<Event> {
	const why = await notPermitted(action, deeds, transport);
	return why === undefined ? {is: 'permitted'} : {is: 'refused', by: 'permission', why};
}

/** What failed before anything was changed. */
export const refusal = (error: unknown): Event => ({
	is: 'refused',
	by: error instanceof Unplanned ? 'request' : 'failure',
	why: sentenceOf(error),
});

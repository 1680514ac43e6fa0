import {type Deed, mayI} from '../cluster/access.ts';
import {Refusal} from '../cluster/refusal.ts';
import {safeText} from '../cluster/safe-text.ts';
import type {Transport} from '../cluster/transport.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {listed} from './listed.ts';
import type {ActionId} from './request.ts';

/** The roles that `midwatch rbac` prints. */
const roles: Readonly<Record<ActionId, string>> = {
	cordon: 'cordon',
	uncordon: 'cordon',
	drain: 'drain',
	backup: 'backup',
	pause: 'pause',
	unpause: 'pause',
};

/** The role of `midwatch rbac` that permits an action, or a deed of it: who may create Jobs may run anything, so that is apart. */
export const roleFor = (action: ActionId, deed?: Deed): string => (deed?.group === 'batch' ? 'cronjob' : roles[action]);

/** `create pods/eviction in namespace apps`. */
export function deedWords({verb, group, resource, subresource, name, namespace}: Deed): SafeText {
	const whole = `${resource}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
	const which = name === undefined ? '' : ` ${name}`;
	const where = namespace === undefined || namespace === '' ? '' : ` in namespace ${namespace}`;
	return safeText(`${verb} ${whole}${which}${where}`, 400);
}

/** A server that does not even tell what is permitted is told of; one that is away is a failure like any other. */
function unaskable(error: unknown): {readonly why: SafeText} {
	if (error instanceof Refusal && error.status === 403) return {why: error.sentence};
	throw error;
}

/**
 * Asks for all deeds at once whether this user may, right before they are done. Returns what is not permitted, and which role
 * would permit it; undefined where all is. Rejects as `mayI` does, but for what may not even be asked, which is told.
 */
export async function notPermitted(
	action: ActionId,
	deeds: readonly Deed[],
	transport: Transport,
): Promise<SafeText | undefined> {
	const each = [...new Map(deeds.map(deed => [JSON.stringify(deed), deed])).values()];
	const asked = Promise.all(each.map(async deed => ({deed, ...(await mayI(transport, deed))})));
	const answers = await asked.catch(unaskable);
	if ('why' in answers) return say`whether it is permitted may not be asked here: ${answers.why}`;
	const denied = answers.filter(({allowed}) => !allowed);
	const [first] = denied;
	if (first === undefined) return undefined;
	const named = listed(denied.map(({deed}) => deedWords(deed)));
	const why = first.reason === '' ? own('') : say` (${first.reason})`;
	return say`not permitted: ${named}${why}; the role for it: midwatch rbac ${own(roleFor(action, first.deed))}`;
}

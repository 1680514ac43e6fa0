import {allows, type Deed, type Rule, rules} from '../cluster/access.ts';
import type {Transport} from '../cluster/transport.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {guardAgainst} from './guards.ts';
import type {Hands} from './hands.ts';
import {deedWords, roleFor} from './permission.ts';
import type {ActionId} from './request.ts';

const nodes: readonly Deed[] = [{verb: 'patch', group: '', resource: 'nodes'}];
const runs: readonly Deed[] = [
	{verb: 'create', group: 'velero.io', resource: 'backups'},
	{verb: 'create', group: 'longhorn.io', resource: 'backups'},
	{verb: 'create', group: 'batch', resource: 'jobs'},
];
const schedules: readonly Deed[] = [
	{verb: 'patch', group: 'velero.io', resource: 'schedules'},
	{verb: 'patch', group: 'longhorn.io', resource: 'recurringjobs'},
	{verb: 'patch', group: 'batch', resource: 'cronjobs'},
];

/** Without one of these an action leads nowhere, whatever it is taken on. */
const needs: Readonly<Record<ActionId, readonly Deed[]>> = {
	cordon: nodes,
	uncordon: nodes,
	drain: nodes,
	backup: runs,
	pause: schedules,
	unpause: schedules,
};

/** What this user may do in any of some namespaces; undefined where that cannot be told. */
async function known(transport: Transport, namespaces: readonly string[]): Promise<readonly Rule[] | undefined> {
	const told = await Promise.all(namespaces.map(namespace => rules(transport, namespace)));
	if (told.some(({incomplete}) => incomplete)) return undefined;
	// What is permitted for some names is not missing: which of them are meant is not known yet.
	return told.flatMap(each => each.rules.map(rule => ({...rule, names: []})));
}

/**
 * What keeps actions from being taken on a cluster, by action: the guard that refuses them, or the permission that is missing
 * in all of `namespaces`. Good for greying out; permissions are asked again right before anything is done. Never rejects: what
 * the server does not tell keeps nothing.
 */
export async function hindrancesOf(hands: Hands, namespaces: readonly string[]): Promise<ReadonlyMap<ActionId, SafeText>> {
	const all = Object.keys(needs) as readonly ActionId[];
	const guarded = new Map(all.flatMap(action => [[action, guardAgainst(action, hands)] as const]));
	const open = all.filter(action => guarded.get(action) === undefined);
	const may = open.length === 0 ? undefined : await known(hands.transport, namespaces).catch(() => undefined);
	const missing = (action: ActionId): SafeText | undefined => {
		const [first] = needs[action];
		if (may === undefined || first === undefined || needs[action].some(deed => allows(may, deed))) return undefined;
		return say`not permitted: ${deedWords(first)}; the role for it: midwatch rbac ${own(roleFor(action))}`;
	};
	return new Map(
		all.flatMap(action => {
			const not = guarded.get(action) ?? missing(action);
			return not === undefined ? [] : [[action, not] as const];
		}),
	);
}

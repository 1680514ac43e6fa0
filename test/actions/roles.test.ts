import {afterAll, beforeAll, expect, test} from 'vitest';
import {cordonAction} from '../../source/actions/cordon/cordon.ts';
import {planDrain} from '../../source/actions/drain/plan.ts';
import {notPermitted} from '../../source/actions/permission.ts';
import {usualDrain} from '../../source/actions/request.ts';
import type {Kind} from '../../source/cluster/kind.ts';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster, Rule} from '../../source/demo/model.ts';
import {homelab} from '../../source/demo/worlds/homelab/homelab.ts';
import {roleSets} from '../../source/findings/rbac.ts';
import {systems} from '../../source/findings/systems.ts';
import type {StoredRecord} from '../../source/vocabulary.ts';
import {handsOn} from './hands.ts';
import {newRun} from './running.ts';

let embedded: EmbeddedCluster;
beforeAll(async () => {
	embedded = await startEmbedded({world: homelab});
});
afterAll(() => embedded.close());

const kinds: ReadonlyArray<Kind<StoredRecord>> = systems.flatMap(system => system.kinds);
const sets = roleSets(
	kinds.map(kind => ({kind, verbs: ['get', 'list', 'watch']})),
	[],
);

/** A user with some of the roles that `midwatch rbac` prints. */
function userWith(...names: readonly string[]): string {
	const roles = sets.filter(({name}) => names.includes(name)).flatMap(set => set.roles);
	const rules = roles.flatMap(({metadata: {namespace}, rules}) =>
		rules.map((rule): Rule => ({...(namespace === undefined ? {} : {namespace}), ...rule})),
	);
	return embedded.addUser(names.join('-and-'), rules);
}

test('the role to cordon is enough to cordon, and to say who did it', async () => {
	using hands = handsOn(embedded, {token: userWith('read', 'cordon')});
	const request = {is: 'cordon', nodes: ['pi4-1']} as const;
	const plan = await cordonAction.plan(request, hands);
	expect(await notPermitted('cordon', plan.deeds, hands.transport)).toBeUndefined();
	await using run = await newRun(hands, 'cordon');
	expect(await cordonAction.run(plan, request, hands, run)).toMatchObject({result: 'done'});
	using admin = handsOn(embedded);
	const events = await admin.reader().get('/api/v1/namespaces/default/events');
	expect(JSON.stringify(events)).toContain(run.journal.run);
});

test('the role to drain is enough to look at all that stands against it, and to do it', async () => {
	const request = {is: 'drain', nodes: ['nuc-2'], options: {...usualDrain, deleteEmptyDirData: true}} as const;
	using hands = handsOn(embedded, {token: userWith('read', 'drain')});
	using admin = handsOn(embedded);
	const [plan, byAdmin] = [await planDrain(request, hands), await planDrain(request, admin)];
	expect(plan.concerns.map(({text}) => text)).toEqual(byAdmin.concerns.map(({text}) => text));
	expect(plan.deeds).not.toEqual([]);
	expect(await notPermitted('drain', plan.deeds, hands.transport)).toBeUndefined();
});

test('to read is not enough for anything', async () => {
	using hands = handsOn(embedded, {token: userWith('read')});
	const {deeds} = await planDrain({is: 'drain', nodes: ['nuc-2'], options: usualDrain}, hands);
	expect(await notPermitted('drain', deeds, hands.transport)).toContain('the role for it: midwatch rbac drain');
	const job = {verb: 'create', group: 'batch', resource: 'jobs', namespace: 'backup'};
	expect(await notPermitted('backup', [job], hands.transport)).toContain('the role for it: midwatch rbac cronjob');
});

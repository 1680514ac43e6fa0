import type {Deed} from '../../cluster/access.ts';
import {identityOf} from '../../cluster/identity.ts';
import {own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {count, join, shownName} from '../../words.ts';
import {Unplanned} from '../action.ts';
import {findNode} from '../cordon/find.ts';
import type {Hands} from '../hands.ts';
import {byWeight, type Concern, type Confirm, type Plan, type PlannedObject} from '../plan.ts';
import type {ActionRequest} from '../request.ts';
import {about, aboutNode} from './about.ts';
import {checks} from './checks/index.ts';
import {drainData} from './data.ts';
import {kubectlFlags, ourFlags} from './flags.ts';
import {look, lookAround} from './look.ts';
import {type DrainNode, drainNodeKind} from './node.ts';
import type {DrainSight, Fate} from './sight.ts';

export type DrainRequest = Extract<ActionRequest, {is: 'drain'}>;

/**
 * Plans the drain of one node, or of several one after the other: what will be done, and all that stands against it.
 * @param turns all nodes of the drain in their turn, where only some of them are planned
 * @throws Unplanned, Refusal or TransportError
 */
export async function planDrain(request: DrainRequest, hands: Hands, turns?: readonly RawName[]): Promise<Plan> {
	const {options, resumes} = request;
	if (options.disableEviction && hands.from === 'palette') {
		throw new Unplanned(own('--disable-eviction goes past every budget: it is to be had on the command line only'));
	}
	const reader = hands.reader();
	const typed = [...new Set(request.nodes)];
	const [around, ...found] = await Promise.all([lookAround(reader), ...typed.map(name => findNode(reader, name))]);
	const nodes = found.flatMap(raw => drainNodeKind.project(raw, identityOf(raw.metadata), 'v1') ?? []);
	const looking = {
		reader,
		transport: hands.transport,
		now: hands.now,
		options,
		turns: turns ?? nodes.map(({name}) => name),
		resumes,
	};
	const sights: DrainSight[] = [];
	for (const node of nodes) sights.push(await look(looking, node, around));
	return planOf(request, sights);
}

/** The plan for what was seen. Pure. */
export function planOf({options}: DrainRequest, sights: readonly DrainSight[]): Plan {
	const names = sights.map(({node}) => node.name);
	const found = sights.map(sight => ({node: sight.node, concerns: checks.flatMap(check => check(sight))}));
	const concerns = [...found.flatMap(each => each.concerns), ...inTurn(sights)];
	const isDone = sights.every(({node, fates}) => node.unschedulable && fates.every(({is}) => is === 'stays'));
	const shown = sights.map(({node}) => shownName(node));
	return {
		action: 'drain',
		title: say`drain ${join(shown, ' ')}`,
		command: ['midwatch', 'drain', ...names, ...ourFlags(options)],
		likewise: ['kubectl', 'drain', ...names, ...kubectlFlags(options)],
		steps: sights.flatMap(stepsOf),
		concerns: byWeight(concerns),
		deeds: deedsOf(sights),
		confirm: confirmOf(found),
		objects: sights.flatMap(objectsOf),
		...(isDone ? {done: say`${join(shown)}: cordoned, and nothing on it has to leave`} : {}),
		data: drainData(sights, options),
	};
}

/** What is there now may not be there when their turn comes. */
function inTurn([, ...later]: readonly DrainSight[]): readonly Concern[] {
	return later.map(({node}) => ({
		check: 'in-turn',
		weight: 'tells',
		about: aboutNode(node),
		text: say`${shownName(node)} is planned again when its turn comes: this is how it is now`,
	}));
}

const goes = ({is}: Fate): boolean => is === 'leaves' || is === 'blocked';

function stepsOf({node, fates, options}: DrainSight): readonly SafeText[] {
	const shown = shownName(node);
	const moving = fates.filter(goes);
	const due = moving.filter(({pod}) => pod.deletingAt === 0).length;
	const staying = fates.filter(({is}) => is === 'stays').length;
	const are = own(staying === 1 ? 'stays' : 'stay');
	const stay = staying === 0 ? own('') : say`; ${count(staying, 'pod')} ${are}, of DaemonSets or static`;
	const verb = options.disableEviction ? own('delete') : own('evict');
	return [
		...(node.unschedulable ? [] : [say`cordon ${shown}: no new pods come to it`]),
		...(due === 0 ? [] : [say`${verb} ${count(due, 'pod')}, all at once as far as budgets allow${stay}`]),
		...(moving.length === 0 ? [] : [say`wait until ${waited(moving.length, due)}; ${shown} stays cordoned`]),
	];
}

function waited(moving: number, due: number): SafeText {
	if (due === moving) return own('each is gone');
	const terminating = count(moving - due, 'pod');
	return due === 0
		? say`${terminating} terminating already ${own(moving === 1 ? 'is' : 'are')} gone`
		: say`each is gone, and ${terminating} terminating already`;
}

function deedsOf(sights: readonly DrainSight[]): readonly Deed[] {
	const namespaces = new Set(sights.flatMap(({fates}) => fates.filter(goes).map(({pod}) => pod.namespace)));
	const leave = sights.some(({options}) => options.disableEviction)
		? ({verb: 'delete', group: '', resource: 'pods'} as const)
		: ({verb: 'create', group: '', resource: 'pods', subresource: 'eviction'} as const);
	return [
		...sights
			.filter(({node}) => !node.unschedulable)
			.map(({node}): Deed => ({verb: 'patch', group: '', resource: 'nodes', name: node.name})),
		...[...namespaces].map((namespace): Deed => ({...leave, namespace})),
	];
}

function objectsOf({node, fates}: DrainSight): readonly PlannedObject[] {
	const pods = fates.filter(goes).map(({pod}) => ({subject: about('pods', pod), uid: pod.uid}));
	return [...(node.unschedulable ? [] : [{subject: aboutNode(node), uid: node.uid}]), ...pods];
}

/** The name of the first node that is not drained without it, and why. */
function confirmOf(found: ReadonlyArray<{readonly node: DrainNode; readonly concerns: readonly Concern[]}>): Confirm {
	for (const {node, concerns} of found) {
		const heavy = concerns.find(({weight}) => weight === 'overrides');
		if (heavy !== undefined) return {ask: 'name', name: node.name, why: heavy.text};
	}
	return {ask: 'yes'};
}

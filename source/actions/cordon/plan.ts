import {flag, name, type Raw} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {Refusal} from '../../cluster/refusal.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {type PlanRecord, planKind} from '../../nodes/plan.ts';
import {own, type Reading, type SafeText, say} from '../../vocabulary.ts';
import {join, whyUnread} from '../../words.ts';
import type {Hands} from '../hands.ts';
import {drainerOf, lockPath} from '../lock.ts';
import {byWeight, type Concern, type Confirm, type Plan} from '../plan.ts';
import {type CordonSight, concernsOf, subjectOf} from './concerns.ts';
import {cordonerOf, cordonerWords} from './cordoner.ts';
import {findNode} from './find.ts';
import type {SeenNode} from './set.ts';

/** One node of a plan. */
type Planned = SeenNode & CordonSight & {readonly changes: boolean};

export type CordonRequest = {readonly is: 'cordon' | 'uncordon'; readonly nodes: readonly string[]};

/** What running the plan needs. */
export type CordonData = {readonly nodes: readonly SeenNode[]};

/** A plan that nobody may read may be the one that cordoned the node. */
function unreadPlans(plans: Reading<PlanRecord>, {is}: CordonRequest): readonly Concern[] {
	const why = whyUnread(plans.state);
	if (is === 'cordon' || why === undefined) return [];
	return [{check: 'upgrade', weight: 'unknown', text: say`whether an upgrade plan works on it is not known: ${why}`}];
}

function confirmOf(concerns: readonly Concern[]): Confirm {
	const first = concerns.find(({weight}) => weight === 'overrides');
	return first?.about === undefined ? {ask: 'yes'} : {ask: 'name', name: first.about.name, why: first.text};
}

/** The Lease of drains; undefined where there is none, and where it may not be read. */
async function readLease(reader: Reader): Promise<Raw | undefined> {
	try {
		return await reader.get(lockPath);
	} catch (error) {
		if (error instanceof Refusal) return undefined;
		throw error;
	}
}

type Around = {readonly plans: Reading<PlanRecord>; readonly lease: Raw | undefined; readonly now: number};

function planned(node: Raw, {plans, lease, now}: Around, {is}: CordonRequest): Planned {
	const of = name(node.metadata?.name);
	return {
		name: of,
		uid: name(node.metadata?.uid),
		shown: safeText(of, 253),
		cordoner: cordonerOf(node, plans),
		drainer: lease && drainerOf(lease, of, now),
		changes: flag(node.spec?.unschedulable) !== (is === 'cordon'),
	};
}

/** Plans to cordon or uncordon nodes. @throws Unplanned, Refusal or TransportError */
export async function planCordon(request: CordonRequest, {reader: newReader, now}: Hands): Promise<Plan> {
	const {is} = request;
	const reader = newReader();
	const names = [...new Set(request.nodes)];
	const [plans, lease, ...found] = await Promise.all([
		reader.read(planKind),
		readLease(reader),
		...names.map(typed => findNode(reader, typed)),
	]);
	const nodes = found.map(node => planned(node, {plans, lease, now: now()}, request));
	const changing = nodes.filter(({changes}) => changes);
	const concerns = [...nodes.flatMap(node => concernsOf(node, is, now())), ...unreadPlans(plans, request)];
	const data: CordonData = {nodes: changing.map(({name, uid}) => ({name, uid}))};
	const likewise = ['kubectl', is, ...names];
	return {
		action: is,
		title: say`${own(is)} ${join(
			nodes.map(({shown}) => shown),
			' ',
		)}`,
		command: ['midwatch', is, ...names],
		likewise,
		steps: changing.map(({shown}) =>
			is === 'cordon'
				? say`cordon ${shown}: no new pods come to it, those on it stay`
				: say`uncordon ${shown}: pods may come to it`,
		),
		concerns: byWeight(concerns),
		deeds: changing.map(({name}) => ({verb: 'patch', group: '', resource: 'nodes', name})),
		confirm: confirmOf(concerns),
		objects: changing.map(({name, uid}) => ({subject: subjectOf(name), uid})),
		...(changing.length === 0 ? {done: doneWords(nodes, request, now())} : {}),
		data,
	};
}

function doneWords(nodes: readonly Planned[], {is}: CordonRequest, now: number): SafeText {
	if (is === 'uncordon') return say`${join(nodes.map(({shown}) => shown))}: not cordoned`;
	return join(
		nodes.map(({shown, cordoner}) =>
			cordoner === undefined ? undefined : say`${shown} is cordoned already, ${cordonerWords(cordoner, now)}`,
		),
		'; ',
	);
}

import {flag, name, type Raw} from '../../cluster/raw.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {type PlanRecord, planKind} from '../../nodes/plan.ts';
import {own, type RawName, type Reading, type SafeText, type Subject, say} from '../../vocabulary.ts';
import {join, whyUnread} from '../../words.ts';
import type {Hands} from '../hands.ts';
import {byWeight, type Concern, type Confirm, type Plan} from '../plan.ts';
import {type Cordoner, cordonerOf, cordonerWords} from './cordoner.ts';
import {findNode} from './find.ts';
import type {SeenNode} from './set.ts';

/** One node of a plan. */
type Planned = SeenNode & {readonly shown: SafeText; readonly cordoner: Cordoner | undefined; readonly changes: boolean};

export type CordonRequest = {readonly is: 'cordon' | 'uncordon'; readonly nodes: readonly string[]};

/** What running the plan needs. */
export type CordonData = {readonly nodes: readonly SeenNode[]};

const subjectOf = (node: RawName): Subject => ({resource: 'nodes', namespace: '' as RawName, name: node});

/** What a node's cordon was for, and what taking it away does. */
function concernsOf({name: node, shown, cordoner, changes}: Planned, {is}: CordonRequest, now: number): readonly Concern[] {
	if (cordoner === undefined) return [];
	const about = subjectOf(node);
	const words = say`${shown} was cordoned ${cordonerWords(cordoner, now)}`;
	if (is === 'cordon' || !changes) return [{check: 'cordoned', weight: 'tells', about, text: words}];
	if (cordoner.is === 'upgrade') {
		const {version} = cordoner.plan;
		const to = version === '' ? own('') : say` to ${version}`;
		return [
			{
				check: 'upgrade',
				weight: 'overrides',
				about,
				text: say`${words}, and is being upgraded${to}: pods would come to a node whose kubelet is about to restart`,
				wayOut: own('wait until the plan is through: it uncordons the node itself'),
			},
		];
	}
	if (cordoner.is === 'talos') {
		return [
			{
				check: 'talos',
				weight: 'overrides',
				about,
				text: say`${words}, for an upgrade or a reboot: pods would come to a node that is about to go down`,
				wayOut: own('wait until Talos is through: it uncordons the node itself'),
			},
		];
	}
	return [{check: 'cordoned', weight: 'tells', about, text: words}];
}

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

function planned(node: Raw, plans: Reading<PlanRecord>, {is}: CordonRequest): Planned {
	const of = name(node.metadata?.name);
	return {
		name: of,
		uid: name(node.metadata?.uid),
		shown: safeText(of, 253),
		cordoner: cordonerOf(node, plans),
		changes: flag(node.spec?.unschedulable) !== (is === 'cordon'),
	};
}

/** Plans to cordon or uncordon nodes. @throws Unplanned, Refusal or TransportError */
export async function planCordon(request: CordonRequest, {reader: newReader, now}: Hands): Promise<Plan> {
	const {is} = request;
	const reader = newReader();
	const names = [...new Set(request.nodes)];
	const [plans, ...found] = await Promise.all([reader.read(planKind), ...names.map(typed => findNode(reader, typed))]);
	const nodes = found.map(node => planned(node, plans, request));
	const changing = nodes.filter(({changes}) => changes);
	const concerns = [...nodes.flatMap(node => concernsOf(node, request, now())), ...unreadPlans(plans, request)];
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

import {type ActionId, usualDrain} from '../../../actions/request.ts';
import {memoised, own, type RawName, type Row, type SafeText, say} from '../../../vocabulary.ts';
import {count, join} from '../../../words.ts';
import type {Picture} from '../model.ts';
import type {NodeObject, TierObject} from '../objects.ts';
import type {Offer} from './offer.ts';

const about: Readonly<Record<ActionId, SafeText>> = {
	drain: own('cordon it and evict its pods, after a look at what stands against it'),
	cordon: own('let no new pods onto it'),
	uncordon: own('let pods onto it again'),
	backup: own('back it up now'),
	pause: own('no more runs by its schedule'),
	unpause: own('let its schedule run again'),
};

/** Everything that can be done, in the order it is offered in, and to what. */
const onNodes = ['drain', 'cordon', 'uncordon'] as const satisfies readonly ActionId[];
const onTiers = ['backup', 'pause', 'unpause'] as const satisfies readonly ActionId[];

const misnamed = own('its name is not a valid one');

const nodesRequest = (action: (typeof onNodes)[number], nodes: readonly RawName[]) =>
	action === 'drain' ? {is: action, nodes, options: usualDrain} : {is: action, nodes};

const because = (not: SafeText | false | undefined) => (not === undefined || not === false ? {} : {not});

function onNode(action: (typeof onNodes)[number], {name, shown, actionable, cordoned}: NodeObject): Offer {
	const done =
		action === 'cordon' ? cordoned && own('already cordoned') : action === 'uncordon' && !cordoned && own('not cordoned');
	return {
		key: `${action}:${name}`,
		text: say`${own(action)} ${shown}`,
		about: about[action],
		...because(actionable ? done : misnamed),
		line: {words: [action, name]},
		lead: {is: 'action', request: nodesRequest(action, [name])},
	};
}

function onTier(action: (typeof onTiers)[number], {key, shown, name, actionable, paused, why}: TierObject): Offer {
	const done = {
		backup: why,
		pause: paused === true && own('already paused'),
		unpause: paused === false && own('not paused'),
	}[action];
	return {
		key: `${action}:${key}`,
		text: say`${own(action)} ${shown}`,
		about: about[action],
		...because(actionable ? done : misnamed),
		line: {words: action === 'backup' ? ['backup', name] : ['backup', name, `--${action}`]},
		lead: {is: 'action', request: {is: action, tier: name}},
	};
}

const ofNode = memoised((node: NodeObject) => onNodes.map(action => onNode(action, node)));
const ofTier = memoised((tier: TierObject) =>
	onTiers.filter(action => action === 'backup' || tier.paused !== undefined).map(action => onTier(action, tier)),
);

/** The action itself, whose object is asked for. */
function asked(action: ActionId, {objects}: Picture): Offer {
	const isOfNode = onNodes.some(each => each === action);
	const of = isOfNode ? objects.nodes : objects.tiers;
	const none = isOfNode
		? own('no node is known')
		: own('no backup tier is known: nothing that makes backups is installed, or may be read');
	return {
		key: `ask:${action}`,
		text: own(action),
		about: isOfNode ? say`${about[action]}: which node?` : say`${about[action]}: which tier?`,
		...because(of.length === 0 && none),
		lead: {is: 'ask', action},
	};
}

/** Nodes that were picked and are still there, all together, one after the other. */
function ofPicked(picked: readonly NodeObject[]): readonly Offer[] {
	if (picked.length < 2) return [];
	return onNodes.map(action => {
		const of = picked.filter(({cordoned}) => action === 'drain' || cordoned === (action === 'uncordon'));
		const nodes = of.map(({name}) => name);
		const names = join(of.map(({shown}) => shown));
		const done = nodes.length === 0 && (action === 'cordon' ? own('all are cordoned') : own('none is cordoned'));
		return {
			key: `${action}:picked`,
			text: say`${own(action)} ${count(of.length, 'marked node')}`,
			// Whoever has marked some means those, and is not asked which.
			also: [action, `${action} ${names}`],
			about: say`one after the other: ${names}`,
			...because(picked.every(({actionable}) => actionable) ? done : own('one of them has a name that is not valid')),
			line: {words: [action, ...nodes]},
			lead: {is: 'action', request: nodesRequest(action, nodes)},
		};
	});
}

/** What can be done to what is picked, or under the cursor: first of all. */
export function actionsHere({objects}: Picture, picked: readonly string[], row: Row | undefined): readonly Offer[] {
	const marked = objects.nodes.filter(({name}) => picked.includes(name));
	const node = row?.subject?.resource === 'nodes' ? objects.nodes.find(({name}) => name === row.subject?.name) : undefined;
	const tier = objects.tiers.find(({key}) => key === row?.key);
	return [
		...(marked.length === 1 ? marked.flatMap(ofNode) : ofPicked(marked)),
		...(node === undefined ? [] : ofNode(node)),
		...(tier === undefined ? [] : ofTier(tier)),
	];
}

/** All that can be done to anything. */
export function namedActions(picture: Picture): readonly Offer[] {
	return [
		...[...onNodes, ...onTiers].map(action => asked(action, picture)),
		...picture.objects.nodes.flatMap(ofNode),
		...picture.objects.tiers.flatMap(ofTier),
	];
}

/** Which action an offer is of; undefined where it changes nothing. */
export function actionOf({lead}: Offer): ActionId | undefined {
	return lead.is === 'action' ? lead.request.is : lead.is === 'ask' ? lead.action : undefined;
}

import {type BackupOffer, backupOffers} from '../../actions/backup/offers.ts';
import type {BackupTier} from '../../backups/tier.ts';
import type {World} from '../../findings/world.ts';
import type {NodeFact} from '../../nodes/fact.ts';
import {memoised, type RawName, type SafeText} from '../../vocabulary.ts';
import {shownName} from '../../words.ts';

/** A node, as far as it matters to what can be done to it. */
export type NodeObject = {
	readonly name: RawName;
	readonly shown: SafeText;
	/** False when its name is not a valid one: it is shown, never acted on. */
	readonly actionable: boolean;
	readonly cordoned: boolean;
};

/** A backup tier, as far as it matters to what can be done to it. */
export type TierObject = {
	/** That of its row. */
	readonly key: string;
	readonly shown: SafeText;
	/** What a request calls it: as the pane does, or by its key where another tier is called the same. */
	readonly name: string;
	readonly actionable: boolean;
	/** Undefined where it has no schedule that could be paused. */
	readonly paused: boolean | undefined;
	/** Why it cannot be backed up now. */
	readonly why: SafeText | undefined;
};

/** What there is to act on, as far as it is known. What has not changed is the same object as before. */
export type Objects = {readonly nodes: readonly NodeObject[]; readonly tiers: readonly TierObject[]};

export const noObjects: Objects = {nodes: [], tiers: []};

const nodeObject = memoised(
	({node}: NodeFact): NodeObject => ({
		name: node.name,
		shown: shownName(node),
		actionable: node.actionable,
		cordoned: node.unschedulable,
	}),
);

const tierObject = ({name, path, shown, why, pausing, tier}: BackupOffer): TierObject => ({
	key: path,
	shown,
	name,
	actionable: tier.schedule?.actionable ?? true,
	paused: pausing && pausing === 'unpause',
	why,
});

const tierObjects = memoised((tier: BackupTier) => backupOffers([tier]).map(tierObject));

const nodesOf = memoised((facts: World['nodes']) => facts.nodes.map(nodeObject));

/** Tiers by name, those that share one by key; none that only somebody's hand feeds. */
const tiersOf = memoised(({tiers}: World['backups']) => {
	const objects = tiers.flatMap(tierObjects);
	const named = Map.groupBy(objects, ({name}) => name);
	return objects.map(tier => (named.get(tier.name)?.length === 1 ? tier : {...tier, name: tier.key}));
});

/** What a world has to act on: the same lists for the same nodes and tiers. */
export function objectsOf({nodes, backups}: Pick<World, 'nodes' | 'backups'>): Objects {
	return {nodes: nodesOf(nodes), tiers: tiersOf(backups)};
}

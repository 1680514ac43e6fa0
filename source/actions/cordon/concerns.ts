import {own, type RawName, type SafeText, type Subject, say} from '../../vocabulary.ts';
import {type Holder, holderWords} from '../lock.ts';
import type {Concern} from '../plan.ts';
import {type Cordoner, cordonerWords} from './cordoner.ts';

/** A node that is to be uncordoned, or cordoned, as it is now. */
export type CordonSight = {
	readonly name: RawName;
	readonly shown: SafeText;
	/** Undefined where it is not cordoned. */
	readonly cordoner: Cordoner | undefined;
	/** Whoever drains it right now with midwatch. */
	readonly drainer: Holder | undefined;
};

export const subjectOf = (node: RawName): Subject => ({resource: 'nodes', namespace: '' as RawName, name: node});

/** Who does something with the node that wants it cordoned, and what to do instead. */
function stillNeeded({cordoner, drainer}: CordonSight, now: number): Pick<Concern, 'check' | 'text' | 'wayOut'> | undefined {
	if (drainer !== undefined) {
		return {
			check: 'draining',
			text: say`${holderWords(drainer, now)}: pods would come back while it is emptied`,
			wayOut: own('have that drain stopped first'),
		};
	}
	if (cordoner?.is === 'upgrade') {
		const {version} = cordoner.plan;
		const to = version === '' ? own('') : say` to ${version}`;
		return {
			check: 'upgrade',
			text: say`it is being upgraded${to}: pods would come to a node whose kubelet is about to restart`,
			wayOut: own('wait until the plan is through: it uncordons the node itself'),
		};
	}
	if (cordoner?.is !== 'talos') return undefined;
	return {
		check: 'talos',
		text: own('that was for an upgrade or a reboot: pods would come to a node that is about to go down'),
		wayOut: own('wait until Talos is through: it uncordons the node itself'),
	};
}

/** Who cordoned the node; and where that is still needed, that nobody takes it away without typing the name. */
export function concernsOf(sight: CordonSight, is: 'cordon' | 'uncordon', now: number): readonly Concern[] {
	const {name, shown, cordoner} = sight;
	if (cordoner === undefined) return [];
	const about = subjectOf(name);
	const words = say`${shown} was cordoned ${cordonerWords(cordoner, now)}`;
	const needed = is === 'cordon' ? undefined : stillNeeded(sight, now);
	if (needed === undefined) return [{check: 'cordoned', weight: 'tells', about, text: words}];
	return [{...needed, weight: 'overrides', about, text: say`${words}; ${needed.text}`}];
}

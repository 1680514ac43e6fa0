import {sameList} from '../reuse.ts';
import {own, type Reading, type StoredRecord} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {Controllers} from '../workloads/controllers.ts';
import {keepers} from '../workloads/role.ts';
import {type ComponentFact, componentFact} from './component.ts';
import {presenceOf} from './presence.ts';

/** What a controller keeps true: without it, these look fine for ever. */
export type Kept = {
	readonly longhornVolumes: Reading<StoredRecord>;
	readonly veleroSchedules: Reading<StoredRecord>;
	readonly addressPools: Reading<StoredRecord>;
	readonly bgpNodes: Reading<StoredRecord>;
};

export type ControllerParts = {
	readonly controllers: Controllers;
	/** Whether pods that are not there would be seen. */
	readonly allSeen: boolean;
	readonly kept: Kept;
	readonly lost: ReadonlySet<string>;
	readonly now: number;
};

type Keeper = (typeof keepers)[number];

const keeps: Partial<Record<Keeper, readonly [of: keyof Kept, one: string]>> = {
	'longhorn-manager': ['longhornVolumes', 'Longhorn volume'],
	velero: ['veleroSchedules', 'Velero schedule'],
	'cilium-operator': ['addressPools', 'address pool'],
};

function keptBy(keeper: Keeper, kept: Kept): ComponentFact['keeps'] {
	const known = keeps[keeper];
	if (known === undefined) return undefined;
	const [of, one] = known;
	const {state, records} = kept[of];
	return isKnown(state) && records.size > 0 ? {many: records.size, one} : undefined;
}

/** The controllers of what is installed: those that have a pod, or keep something although they have none. */
export function controllerFacts(
	{controllers, allSeen, kept, lost, now}: ControllerParts,
	previous: readonly ComponentFact[] | undefined,
): readonly ComponentFact[] {
	const known = new Map(previous?.map(fact => [fact.key, fact]));
	const facts = keepers.map(component => {
		const presence = presenceOf(controllers.records.get(component) ?? none);
		const keptNow = keptBy(component, kept);
		if (presence.wanted === 0 && (keptNow === undefined || !allSeen)) return undefined;
		const key = `controller/${component}`;
		const parts = {key, about: own(component), node: undefined, presence, nodes: undefined, keeps: keptNow, lost} as const;
		return componentFact({...parts, none: 'warn', some: 'ok'}, known.get(key), now);
	});
	return sameList(
		previous,
		facts.filter(fact => fact !== undefined),
	);
}
const none: readonly [] = [];

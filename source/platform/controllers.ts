import {sameList} from '../reuse.ts';
import {own, type Reading, type StoredRecord} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import type {Component} from '../workloads/component.ts';
import type {Controllers} from '../workloads/controllers.ts';
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

type Row = {readonly component: Component; readonly keeps?: readonly [of: keyof Kept, one: string]};

const table: readonly Row[] = [
	{component: 'longhorn-manager', keeps: ['longhornVolumes', 'Longhorn volume']},
	{component: 'rook-operator'},
	{component: 'velero', keeps: ['veleroSchedules', 'Velero schedule']},
	{component: 'cilium-operator', keeps: ['addressPools', 'address pool']},
	{component: 'source-controller'},
	{component: 'kustomize-controller'},
	{component: 'helm-controller'},
	{component: 'cert-manager'},
];

function keptBy({keeps}: Row, kept: Kept): ComponentFact['keeps'] {
	if (keeps === undefined) return undefined;
	const [of, one] = keeps;
	const {state, records} = kept[of];
	return isKnown(state) && records.size > 0 ? {many: records.size, one} : undefined;
}

/** The controllers of what is installed: those that have a pod, or keep something although they have none. */
export function controllerFacts(
	{controllers, allSeen, kept, lost, now}: ControllerParts,
	previous: readonly ComponentFact[] | undefined,
): readonly ComponentFact[] {
	const known = new Map(previous?.map(fact => [fact.key, fact]));
	const facts = table.map(row => {
		const {component} = row;
		const presence = presenceOf(controllers.records.get(component) ?? none);
		const keeps = keptBy(row, kept);
		if (presence.wanted === 0 && (keeps === undefined || !allSeen)) return undefined;
		const key = `controller/${component}`;
		const parts = {key, about: own(component), node: undefined, presence, nodes: undefined, keeps, lost} as const;
		return componentFact({...parts, none: 'warn', some: 'ok'}, known.get(key), now);
	});
	return sameList(
		previous,
		facts.filter(fact => fact !== undefined),
	);
}
const none: readonly [] = [];

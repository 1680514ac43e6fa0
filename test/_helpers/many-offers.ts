import {noRunbooks} from '../../source/interface/shell/palette/named-runbooks.ts';
import type {Offer} from '../../source/interface/shell/palette/offer.ts';
import {offersOf, type Scope} from '../../source/interface/shell/palette/offers.ts';
import {own, type RawName} from '../../source/vocabulary.ts';
import {incident, nodes, row} from './sample-picture.ts';

/** What the palette offers on two contexts during an incident. */
export const scope: Scope = {
	picture: incident,
	row: nodes.rows[0],
	markable: false,
	picked: [],
	contexts: ['homelab', 'prod'].map((name, at) => ({name, shown: own(name), server: own(`${name}:6443`), isCurrent: at === 0})),
	looks: ['dark', 'light'],
	look: 0,
	hindrances: new Map(),
	underway: undefined,
	walked: undefined,
	runbooks: noRunbooks,
	acts: true,
	opens: true,
};

/** What it offers on a cluster of 1,220 nodes, `worker-eu-west-0` and so on: some 5,000 entries. */
export function manyOffers(): readonly Offer[] {
	const names = Array.from({length: 1220}, (_, at) => `worker-eu-west-${at}`);
	return offersOf({
		...scope,
		picture: {
			...incident,
			objects: {
				...incident.objects,
				nodes: names.map(name => ({name: name as RawName, shown: own(name), actionable: true, cordoned: false})),
			},
			panes: {...incident.panes, nodes: {...nodes, rows: names.map(name => row('ok', name, [name, 'worker', 'ready']))}},
		},
	});
}

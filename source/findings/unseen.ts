import type {Cluster} from '../cluster/cluster.ts';
import {own, type SafeText, type SourceState} from '../vocabulary.ts';
import {scrapes, systems} from './systems.ts';

/** A source that could not be seen, and in which state it is. */
export type Unseen = {readonly what: SafeText; readonly required: boolean; readonly state: SourceState};

const isSeen = ({is}: SourceState): boolean => is === 'live' || is === 'polled';

/**
 * What could not be seen of everything there is: a system that the API server does not serve is not missed, unless every
 * cluster has it. `nothing`: not one source has answered.
 */
export function unseen(cluster: Cluster): {readonly blind: readonly Unseen[]; readonly nothing: boolean} {
	const resources = systems.flatMap(({required, kinds}) =>
		kinds.map(kind => ({what: resourceOf(kind), required, state: cluster.source(kind).reading().state})),
	);
	const figures = scrapes.map(scrape => ({what: own(scrape.id), required: false, state: cluster.source(scrape).reading().state}));
	const all = [...resources, ...figures];
	return {
		blind: all.filter(({required, state}) => !isSeen(state) && (required || state.is !== 'absent')),
		nothing: !all.some(({state}) => isSeen(state)),
	};
}

function resourceOf({plural, group}: {readonly plural: string; readonly group: string}): SafeText {
	return own(group === '' ? plural : `${plural}.${group}`);
}

/** Whether anything is still waited for. */
export function isLoading(cluster: Cluster): boolean {
	return unseen(cluster).blind.some(({state}) => state.is === 'loading');
}

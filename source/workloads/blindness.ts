import type {Blind, FindingId} from '../diagnosis.ts';
import {own, type SafeText, type SourceState, say} from '../vocabulary.ts';
import {whyUnread} from '../words.ts';
import type {WorkloadsFacts} from './facts.ts';

const ofPods: readonly FindingId[] = ['pods-failing', 'pods-unschedulable'];
const ofWorkloads: readonly FindingId[] = ['critical-workload-down', 'workload-short'];
const ofEvents: readonly FindingId[] = ['pods-failing', 'workload-short'];

const whyOf = (state: SourceState): SafeText | undefined => (state.is === 'absent' ? own('not served') : whyUnread(state));

type Kinds = ReadonlyArray<readonly [name: string, state: SourceState]>;

/** What of these cannot be seen, and with it the findings; what is for the same reason is told together. */
function unread(what: string, ids: readonly FindingId[], kinds: Kinds): readonly Blind[] {
	const reasons = Map.groupBy(kinds, ([, state]) => whyOf(state));
	return [...reasons].flatMap(([why, all]) => {
		if (why === undefined) return [];
		const names = own(all.map(([name]) => name).join(', '));
		const loading = all.every(([, state]) => state.is === 'loading');
		return [{ids, what: own(what), why: say`${names}: ${why}`, loading, required: true}];
	});
}

/** Only an event explains pods whose containers are not made, and workloads that say nothing themselves. */
function unexplained({troubled, short, states}: WorkloadsFacts): readonly Blind[] {
	const creating = troubled.filter(({pods}) => pods.some(({trouble}) => trouble?.is === 'creating'));
	const missing = short.filter(({record}) => record.kind !== 'Deployment' && record.made < record.wanted);
	const abouts = new Set([...creating, ...missing].map(({shown}) => shown));
	if (abouts.size === 0) return [];
	return unread('events', ofEvents, [['events', states.warnings]]).map(blind => ({...blind, abouts, required: false}));
}

/** Nobody keeps up what they say of their pods. */
const withoutManager: Blind = {
	ids: ofWorkloads,
	what: own('workloads'),
	why: own('kube-controller-manager does not renew its lease: what workloads say is frozen'),
	loading: false,
	required: true,
};

/** What of the workloads and their pods cannot be judged now. */
export function blindOf(facts: WorkloadsFacts): readonly Blind[] {
	const {states, manager} = facts;
	return [
		...unread('pods', ofPods, [['pods', states.pods]]),
		...unread('workloads', ofWorkloads, [
			['deployments', states.deployments],
			['statefulsets', states.statefulSets],
			['daemonsets', states.daemonSets],
		]),
		...unexplained(facts),
		...(manager.goneSince === 0 ? [] : [withoutManager]),
	];
}

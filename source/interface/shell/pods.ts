import type {Cluster} from '../../cluster/cluster.ts';
import type {FindingId} from '../../diagnosis.ts';
import type {Finding} from '../../findings/finding.ts';
import type {World} from '../../findings/world.ts';
import {type Detail, type DetailLine, own, type Row, say} from '../../vocabulary.ts';
import {age, count, join, shownName, shownPath} from '../../words.ts';
import {podDetail} from '../../workloads/detail.ts';
import {type EventRecord, warningKind} from '../../workloads/event.ts';
import {jobKind, replicaSetKind} from '../../workloads/index.ts';
import {type PodRecord, podKind} from '../../workloads/pod.ts';
import {podsOf} from '../../workloads/pods-of.ts';

/** Findings that are about pods, and told with them. */
const aboutPods: ReadonlySet<FindingId> = new Set([
	'pods-failing',
	'pods-unschedulable',
	'workload-short',
	'critical-workload-down',
]);
/** So many pods are listed. */
const most = 12;

const ownersIn = (cluster: Cluster) => ({
	replicaSets: cluster.source(replicaSetKind).reading(),
	jobs: cluster.source(jobKind).reading(),
});

function eventsOf({namespace, name}: PodRecord, cluster: Cluster): readonly EventRecord[] | undefined {
	const {state, records} = cluster.source(warningKind).reading();
	if (state.is === 'denied' || state.is === 'loading') return undefined;
	return [...records.values()].filter(({kind, about}) => kind === 'Pod' && about.namespace === namespace && about.name === name);
}

/** Everything known of one pod, as it stands in its cluster. */
function detailOfPod(pod: PodRecord, {nodes}: World, cluster: Cluster): Detail {
	const standing = nodes.byName.get(pod.node)?.live;
	return podDetail(pod, {owners: ownersIn(cluster), standing, events: eventsOf(pod, cluster)}, cluster.now());
}

/** What is known of the pod that a row stands for; undefined where it stands for something else. */
export function podBehind(rows: readonly Row[], key: string, world: World, cluster: Cluster): Detail | undefined {
	const subject = rows.find(row => row.key === key)?.subject;
	if (subject?.resource !== 'pods') return undefined;
	const [pod] = podsOf(subject, cluster.source(podKind).reading(), ownersIn(cluster));
	return pod && detailOfPod(pod, world, cluster);
}

function podLine(pod: PodRecord, now: number): DetailLine {
	const {status, ready, restarts, node, createdAt, trouble} = pod;
	const where = node === '' ? own('on no node') : say`on ${shownName({name: node})}`;
	const again = restarts === 0 ? undefined : count(restarts, 'restart');
	const health = trouble !== undefined ? 'bad' : ready ? 'ok' : 'warn';
	return {label: shownName(pod), value: join([status, where, again, say`${age(createdAt, now)} old`]), health};
}

/** The story of a finding about pods, with those pods in it, and all that is known of the one that is worst off. */
export function withPods(story: Detail, {symptom: {id, subject}}: Finding, world: World, cluster: Cluster): Detail {
	if (!aboutPods.has(id) || subject === undefined) return story;
	const pods = podsOf(subject, cluster.source(podKind).reading(), ownersIn(cluster));
	const [worst] = pods;
	if (worst === undefined) return story;
	const rest = pods.length - most;
	const more: readonly DetailLine[] = rest > 0 ? [{label: '', value: say`and ${rest} more`}] : [];
	const list = {title: 'Pods', lines: [...pods.slice(0, most).map(pod => podLine(pod, cluster.now())), ...more]};
	const told = detailOfPod(worst, world, cluster).sections.filter(({title}) => title !== 'State');
	const about = told.map(({title, lines}) => ({title: `${title} of ${shownPath(worst)}`, lines}));
	const at = story.sections.findIndex(({title}) => title === 'Evidence') + 1;
	return {...story, sections: [...story.sections.slice(0, at), list, ...story.sections.slice(at), ...about]};
}

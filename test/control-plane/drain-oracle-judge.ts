import type {PodData} from '../../source/actions/drain/data.ts';
import type {Raw} from '../../source/cluster/raw.ts';
import {items} from '../../source/cluster/raw.ts';
import {textOf} from '../conformance/subject.ts';
import type {Case} from './drain-oracle-case.ts';
import {isHealthy, isOver, isUnschedulable} from './drain-oracle-make.ts';
import type {Ran} from './kubectl.ts';

/** What was said beforehand, and what then was. */
export type Told = {
	readonly wanted: Case;
	readonly pods: readonly PodData[];
	readonly kubectl: Ran;
	readonly before: readonly Raw[];
	readonly after: readonly Raw[];
};

const pathOf = ({namespace, name}: PodData): string => `${namespace}/${name}`;
const uidOf = ({metadata}: Raw): string => textOf(metadata?.uid);
const ownerOf = ({metadata}: Raw): string => textOf(items(metadata?.ownerReferences)[0]?.name);

/** Whether kubectl refused to begin: nothing was evicted then. */
function isRefused({stderr}: Ran): boolean {
	return /cannot delete|daemonsets\.apps ".*" not found/.test(stderr);
}

/** What kubectl names for want of an option, by the option. */
function refusedByKubectl({stderr}: Ran): ReadonlyMap<string, ReadonlySet<string>> {
	const found = new Map<string, Set<string>>();
	for (const [, flag = '', names = ''] of stderr.matchAll(
		/\(use (--[a-z-]+) to [a-z]+\): ((?:[a-z0-9.-]+\/[a-z0-9.-]+(?:, )?)+)/g,
	)) {
		found.set(flag, new Set(names.split(', ').filter(name => name.includes('/'))));
	}
	return found;
}

/** Every difference between what was said and what was, one sentence each. */
export function differences(told: Told): readonly string[] {
	const {pods, kubectl} = told;
	const refused = pods.filter(({is}) => is === 'refused');
	if (refused.length > 0 || isRefused(kubectl)) return ofRefusal(told, refused);
	return [...ofLeaving(told), ...ofWhatNext(told)];
}

function ofRefusal({pods, kubectl, after}: Told, refused: readonly PodData[]): readonly string[] {
	const theirs = refusedByKubectl(kubectl);
	const differences: string[] = [];
	if (!isRefused(kubectl)) differences.push(`we refuse (${refused.map(pathOf).join(', ')}), kubectl does not: ${kubectl.stderr}`);
	for (const flag of new Set([...theirs.keys(), ...refused.map(({flag = ''}) => flag)])) {
		const ours = new Set(refused.filter(each => each.flag === flag).map(pathOf));
		const its = theirs.get(flag) ?? new Set();
		if ([...ours].toSorted().join() !== [...its].toSorted().join())
			differences.push(`${flag}: we name ${[...ours].join(', ')}, kubectl ${[...its].join(', ')}`);
	}
	for (const pod of pods) if (isGone(pod, after)) differences.push(`${pathOf(pod)} left although the drain was refused`);
	return differences;
}

/** Gone, or on its way. */
function isGone({uid}: PodData, after: readonly Raw[]): boolean {
	const still = after.find(pod => uidOf(pod) === uid);
	return still === undefined || still.metadata?.deletionTimestamp !== undefined;
}

/** The pods under a budget that leave. */
function leavingUnder({wanted, pods, before}: Told, budget: string): readonly PodData[] {
	const over = wanted.budgets.find(({name}) => name === budget);
	return pods.filter(({uid, is}) => {
		const app = textOf(before.find(raw => uidOf(raw) === uid)?.metadata?.labels?.app);
		const load = wanted.loads.find(({name}) => name === app);
		return is === 'leaves' && load !== undefined && over !== undefined && isOver(over, load);
	});
}

function ofLeaving(told: Told): readonly string[] {
	const {pods, after} = told;
	const differences = pods.flatMap(pod => ofPod(pod, isGone(pod, after), told));
	for (const [budget, sharing] of Map.groupBy(pods, ({contested}) => contested?.budget)) {
		if (budget !== undefined) differences.push(...ofBudget(budget, sharing, told));
	}
	return differences;
}

function ofPod(pod: PodData, gone: boolean, told: Told): readonly string[] {
	const {stderr} = told.kubectl;
	if (pod.is === 'stays') return gone ? [`${pathOf(pod)} was to stay (${pod.why}), and left`] : [];
	if (pod.is === 'leaves')
		return pod.contested === undefined && !gone ? [`${pathOf(pod)} was to leave, and is there: ${stderr}`] : [];
	// A budget that loses pods and gets others in their place may allow more than at first.
	const recovers = pod.budgets.some(budget => leavingUnder(told, budget).some(({next}) => next.is !== 'gone'));
	if (recovers && pod.budgets.length === 1) return [];
	const complained = new RegExp(`pods?/"?${pod.name}"`).test(stderr);
	return [
		...(complained ? [] : [`${pathOf(pod)} was to be blocked, and kubectl has no complaint: ${stderr}`]),
		...(gone ? [`${pathOf(pod)} was to be blocked (${pod.why}), and left`] : []),
	];
}

/** Of pods that want the same budget, the number that left. */
function ofBudget(budget: string, sharing: readonly PodData[], told: Told): readonly string[] {
	const {allowed = 0, wanting = 0} = sharing[0]?.contested ?? {};
	const left = sharing.filter(pod => isGone(pod, told.after)).length;
	const nexts = leavingUnder(told, budget).map(({next}) => next);
	const isReplaced = nexts.every(({is}) => is === 'fits');
	const isNotReplaced = nexts.every(({is, contested}) => is === 'gone' || (is === 'pending' && !contested));
	// While kubectl tries it four times, whatever is replaced lets as many go a second time.
	const least = isReplaced ? Math.min(wanting, 2 * allowed) : allowed;
	// One that is not healthy takes of the budget, and gives it back as soon as that is counted anew.
	const ill = told.before.filter(raw => sharing.some(({uid}) => uid === uidOf(raw)) && !isHealthy(raw)).length;
	const most = isNotReplaced ? Math.min(wanting, allowed + ill) : wanting;
	return [
		...(wanting === sharing.length ? [] : [`${budget}: ${wanting} were to want it, and ${sharing.length} do`]),
		...(left >= least && left <= most ? [] : [`${budget} was to let ${least} to ${most} of ${wanting} go, and let ${left}`]),
	];
}

/** What came in place of those that left, workload by workload. */
function ofWhatNext({pods, before, after}: Told): readonly string[] {
	const known = new Set(before.map(uidOf));
	const fresh = after.filter(pod => !known.has(uidOf(pod)) && pod.metadata?.deletionTimestamp === undefined);
	const owners = Map.groupBy(
		pods.filter(pod => isGone(pod, after)),
		({uid}) => ownerOf(before.find(pod => uidOf(pod) === uid) ?? {}),
	);
	const differences: string[] = [];
	for (const [owner, left] of owners) {
		if (owner === '' || left.some(({next}) => next.is === 'untold' || next.contested)) continue;
		const its = fresh.filter(pod => ownerOf(pod) === owner);
		const count = (is: PodData['next']['is']): number => left.filter(({next}) => next.is === is).length;
		const pending = its.filter(({spec}) => textOf(spec?.nodeName) === '');
		const placed = its.length - pending.length;
		const reasons = left.map(({next}) => next.why).filter(why => why !== '');
		if (placed !== count('fits'))
			differences.push(
				`${owner}: ${count('fits')} were to fit elsewhere, and ${placed} do${where(its)} (${messagesOf(pending)})`,
			);
		if (pending.filter(isUnschedulable).length !== count('pending')) {
			differences.push(
				`${owner}: ${count('pending')} were to be pending (${reasons.join('; ')}), and ${pending.length} are (${messagesOf(pending)})`,
			);
		}
		for (const [ours, theirs] of words) {
			const said = reasons.some(why => ours.test(why));
			if (said && pending.length > 0 && !theirs.test(messagesOf(pending))) {
				differences.push(`${owner}: was to be pending because ${reasons.join('; ')}, and is because ${messagesOf(pending)}`);
			}
		}
	}
	return differences;
}

/** Words of ours for why a pod is pending, and the scheduler's. */
const words: ReadonlyArray<readonly [ours: RegExp, theirs: RegExp]> = [
	[/needs \S+ memory/, /Insufficient memory/],
	[/needs \S+ cores?/, /Insufficient cpu/],
	[/can be used on no other node/, /PersistentVolume's node affinity|volume node affinity|untolerated taint|unschedulable/],
	[/its anti-affinity/, /anti-affinity/],
	[/its topology spread/, /topology spread/],
	[/node selector or affinity/, /node affinity\/selector/],
];

const where = (pods: readonly Raw[]): string => pods.map(({spec}) => ` on ${textOf(spec?.nodeName)}`).join('');

function messagesOf(pods: readonly Raw[]): string {
	const conditions = pods.flatMap(({status}) => items(status?.conditions).filter(({type}) => textOf(type) === 'PodScheduled'));
	return conditions.map(({message}) => textOf(message)).join(' | ');
}

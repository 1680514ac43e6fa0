import type {Ailment, Stage} from '../model.ts';
import {end, ready, restart, restartsAt, runningSince, unready} from '../objects/container-state.ts';
import {conditionOf} from '../objects/node.ts';
import {type PodObject, pods} from '../objects/pod.ts';
import {stamp} from '../objects/time.ts';
import {ailmentOf} from './ailments.ts';
import {record, recordRarely} from './events.ts';
import type {Player} from './player.ts';

/** How long a container that crashes runs before it does. */
const runsMs = 4_000;

/**
 * What kubelets do with containers that fail: one that ends is started again after an ever longer wait, one that fails its
 * probe is not ready. When nothing ails them any more, they are ready again.
 */
export const failing: Player = {
	name: 'failing containers',
	every: 2,
	act: (stage, now) => {
		for (const pod of pods.all(stage.store)) {
			const {nodeName} = pod.spec;
			if (nodeName === undefined || stage.silent.has(nodeName)) continue;
			if (pod.status?.phase === 'Running' && pod.metadata.deletionTimestamp === undefined) attend(stage, pod, now);
		}
	},
};

function attend(stage: Stage, pod: PodObject, now: number): void {
	const crash = ailmentOf(stage, 'crashing', pod, now);
	let current = pod;
	for (let next = nextStep(current, crash); next && next.at <= now; next = nextStep(current, crash)) {
		current = next.act(stage, current, next.at) ?? current;
	}
	if (crash || runningSince(current) === undefined) return;
	const silent = ailmentOf(stage, 'not ready', current, now);
	const isReady = conditionOf(current, 'Ready')?.status === 'True';
	if (silent) doubt(stage, current, isReady ? Math.max(silent.since, runningSince(current) ?? now) : now, silent.probe, now);
	else if (conditionOf(current, 'Ready')?.reason === 'ContainersNotReady') {
		pods.change(stage.store, current, draft => ready(draft, now));
	}
}

type Step = {readonly at: number; readonly act: (stage: Stage, pod: PodObject, at: number) => PodObject | undefined};

/** What becomes of a pod's containers next; undefined where nothing does. */
function nextStep(pod: PodObject, crash: Extract<Ailment, {is: 'crashing'}> | undefined): Step | undefined {
	const due = restartsAt(pod);
	if (due !== undefined) return {at: due, act: startAgain};
	const since = runningSince(pod);
	if (!crash || since === undefined) return undefined;
	return {at: Math.max(since + runsMs, crash.since), act: (stage, each, at) => fall(stage, each, at, crash)};
}

function fall(
	stage: Stage,
	pod: PodObject,
	at: number,
	{exitCode, lines}: Extract<Ailment, {is: 'crashing'}>,
): PodObject | undefined {
	const {name, namespace, uid = ''} = pod.metadata;
	const changed = pods.change(stage.store, pod, draft => end(draft, at, {exitCode, message: `${lines.join('\n')}\n`}));
	for (const {name: container} of pod.spec.containers) {
		const message = `Back-off restarting failed container ${container} in pod ${name}_${namespace}(${uid})`;
		record(stage, {...about(pod, at), type: 'Warning', reason: 'BackOff', message});
		const key = `${namespace}/${name}/${container}`;
		const said = [`${stamp(at - runsMs)} starting`, ...lines.map(line => `${stamp(at)} ${line}`)];
		// While nothing runs, the log is that of the container that ended last, and so is the previous one.
		for (const each of [key, `${key}/previous`]) stage.logs.set(each, [...said]);
	}
	return changed;
}

function startAgain(stage: Stage, pod: PodObject, at: number): PodObject | undefined {
	const {name, namespace} = pod.metadata;
	for (const {name: container} of pod.spec.containers) {
		record(stage, {...about(pod, at), type: 'Normal', reason: 'Started', message: `Started container ${container}`});
		stage.logs.set(`${namespace}/${name}/${container}`, [`${stamp(at)} starting`]);
	}
	return pods.change(stage.store, pod, draft => restart(draft, at));
}

function doubt(stage: Stage, pod: PodObject, since: number, probe: string, now: number): void {
	if (conditionOf(pod, 'Ready')?.status === 'True') pods.change(stage.store, pod, draft => unready(draft, since));
	const message = `Readiness probe failed: ${probe}`;
	recordRarely(stage, 60, {...about(pod, now), type: 'Warning', reason: 'Unhealthy', message});
}

function about(pod: PodObject, at: number) {
	return {about: pod, from: 'kubelet', host: pod.spec.nodeName ?? '', at};
}

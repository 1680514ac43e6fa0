import {nameOf} from '../diagnosis.ts';
import {type SafeText, say} from '../vocabulary.ts';
import {count} from '../words.ts';
import {type Ailment, podNames} from './ailment.ts';
import type {PodRecord} from './pod.ts';
import {evidenceLine} from './said.ts';
import {obstaclesOf, obstacleWords, pendingWords} from './scheduling.ts';
import type {Surroundings} from './surroundings.ts';

const patience = 2 * 60_000;
/** It takes as long until a node is called lost, and its pods are made anew: it may have gone before they began to wait. */
const noticed = 60_000;

const waitsForGpu = ({gpus, trouble}: PodRecord) => gpus > 0 && trouble?.message.includes('Insufficient nvidia.com/') === true;

/** The pods no node takes. */
export function pendingPods(all: readonly PodRecord[], {causes, lost, gpuNodes, room}: Surroundings): Ailment | undefined {
	const pods = all.filter(({trouble}) => trouble?.is === 'unschedulable');
	const [first] = pods;
	if (first === undefined) return undefined;
	const since = pods.reduce((at, {trouble}) => Math.min(at, trouble?.since ?? at), Number.POSITIVE_INFINITY);
	const why = pendingWords(first, room);
	const gone = lost.filter(node => node.since <= since + noticed).map(({name}) => nameOf('node-not-ready', name));
	const gpus = pods.some(waitsForGpu) ? gpuNodes.map(node => nameOf('gpu-missing', node)) : [];
	return {
		many: pods.length,
		since,
		after: patience,
		title: say`${count(pods.length, 'pod')} pending: ${why}`,
		evidence: [podNames(pods), ...saidOf(first)],
		causes: [...new Set([...gpus, ...causes, ...gone])],
	};
}

function saidOf({trouble}: PodRecord): readonly SafeText[] {
	return obstaclesOf(trouble?.message ?? '').map(obstacle => evidenceLine(obstacleWords(obstacle)));
}

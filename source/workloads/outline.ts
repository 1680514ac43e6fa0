import {keyOf, memoised} from '../vocabulary.ts';
import type {PodRecord} from './pod.ts';
import {missedAs} from './role.ts';
import type {Trouble} from './trouble.ts';
import type {Troubled} from './troubled.ts';

/** What it takes to know whether anything around pods in trouble has changed, without looking at each of them again. */
export type Outline = {
	readonly pods: readonly PodRecord[];
	/** Of one that no node takes. */
	readonly waiting: Trouble | undefined;
	/** The first of those that a node has taken: what is noted of them is read. */
	readonly noted: readonly PodRecord[];
	readonly nodes: readonly string[];
	/** As `namespace/claim`. */
	readonly claims: readonly string[];
	/** Names of findings that say that such pods are missed. */
	readonly missed: readonly string[];
};

/** What is noted is looked up for so many pods. */
const sampled = 8;

const isTaken = ({trouble}: PodRecord) => trouble !== undefined && trouble.is !== 'unschedulable';

/** The outline of pods that the same thing keeps. */
export const outlineOf = memoised((troubled: Troubled): Outline => {
	const pods = [...troubled.pods];
	return {
		pods,
		waiting: pods.find(({trouble}) => trouble?.is === 'unschedulable')?.trouble,
		noted: pods.filter(isTaken).slice(0, sampled),
		nodes: [...new Set(pods.map(({node}) => node))],
		claims: [...new Set(pods.flatMap(({namespace, claims}) => claims.map(claim => keyOf(namespace, claim))))],
		missed: [...new Set(pods.map(missedAs).filter(name => name !== undefined))],
	};
});

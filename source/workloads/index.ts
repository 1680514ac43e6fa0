import type {System} from '../cluster/kind.ts';
import {warningKind} from './event.ts';
import {podKind} from './pod.ts';

/** What the other slices count: pods, and what was noted down as wrong. */
export const workloadSystems: readonly System[] = [
	{id: 'pods', title: 'Pods', required: true, kinds: [podKind]},
	{id: 'warnings', title: 'Events of type Warning', required: false, kinds: [warningKind]},
];

import type {System} from '../cluster/kind.ts';
import {podKind} from './pod.ts';

/** What the other slices count: pods. */
export const workloadSystems: readonly System[] = [{id: 'pods', title: 'Pods', required: true, kinds: [podKind]}];

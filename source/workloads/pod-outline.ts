import type {Outline} from '../cluster/kind.ts';
import {name, number} from '../cluster/raw.ts';
import {own} from '../vocabulary.ts';
import {componentSelectors} from './component.ts';
import type {PodRecord} from './pod-record.ts';
import {share} from './share.ts';
import {manyRestarts} from './troubled.ts';

/** `3`, `3 (5m12s ago)`: how often its containers were restarted, and when last. */
const restarted = /^(\d+)(?: \((\S+) ago\))?$/;
/** What ended hours ago has settled since. */
const longAgo = /^\d+[hdy]/;

const nameless = name(undefined);
const none: PodRecord['claims'] = [];

/** The pods that are well, by their row: `Running` with all containers ready, or `Completed`; not those that were restarted often of late. */
export const podOutline: Outline<PodRecord> = {
	whole: componentSelectors,
	record: (row, identity) => {
		const status = name(row('Status'));
		const [ready, containers] = name(row('Ready')).split('/').map(Number);
		const [, times, ago = ''] = restarted.exec(name(row('Restarts')) || `${number(row('Restarts'))}`) ?? [];
		const isRunning = status === 'Running' && ready !== undefined && ready === containers;
		if (!isRunning && status !== 'Completed') return undefined;
		const restarts = Number(times ?? manyRestarts);
		if (restarts >= manyRestarts && !longAgo.test(ago)) return undefined;
		return {
			...identity,
			namespace: share(identity.namespace),
			node: share(name(row('Node'))),
			phase: isRunning ? 'Running' : 'Succeeded',
			status: own(isRunning ? 'Running' : 'Completed'),
			// By its containers: what went with its node is told by the node.
			ready: isRunning,
			readyAt: 0,
			readyContainers: ready ?? 0,
			containers: containers ?? 0,
			restarts,
			container: nameless,
			ended: undefined,
			ownerKind: own(''),
			ownerName: nameless,
			component: undefined,
			kubeletDir: own(''),
			claims: none,
			trouble: undefined,
			milliCpu: Number.NaN,
			memory: Number.NaN,
			gpus: 0,
			gpuResource: nameless,
			deletingAt: 0,
		};
	},
};

import {backupSystems} from '../backups/index.ts';
import {bgpSystems} from '../bgp/index.ts';
import type {System} from '../cluster/kind.ts';
import type {Scrape} from '../cluster/scrape.ts';
import {gpuScrapes, gpuSystems} from '../gpu/index.ts';
import {nodeSystems} from '../nodes/index.ts';
import {platformSystems} from '../platform/index.ts';
import {storageSystems} from '../storage/index.ts';
import {workloadSystems} from '../workloads/index.ts';

/** Everything midwatch reads, the most wanted first. */
export const systems: readonly System[] = [
	...nodeSystems,
	...workloadSystems,
	...storageSystems,
	...bgpSystems,
	...backupSystems,
	...gpuSystems,
	...platformSystems,
];
export const scrapes: ReadonlyArray<Scrape<unknown>> = gpuScrapes;

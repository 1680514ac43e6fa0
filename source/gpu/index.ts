import type {System} from '../cluster/kind.ts';
import {chartExporters, dcgmScrape, operatorExporters} from './exporter.ts';

/** The systems the GPU pane is read from, beside the nodes and their pods. */
export const gpuSystems: readonly System[] = [
	{id: 'dcgm', title: 'dcgm-exporter', required: false, kinds: [operatorExporters, chartExporters]},
];

/** What is asked of the exporters themselves. */
export const gpuScrapes = [dcgmScrape] as const;

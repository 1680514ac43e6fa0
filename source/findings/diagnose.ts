import {diagnoseBackups} from '../backups/findings.ts';
import {diagnoseBgp} from '../bgp/findings.ts';
import type {Diagnosis} from '../diagnosis.ts';
import {diagnoseGpu} from '../gpu/findings.ts';
import {diagnoseNodes} from '../nodes/findings.ts';
import {diagnosePlatform} from '../platform/findings.ts';
import type {Settings} from '../settings.ts';
import {diagnoseStorage} from '../storage/findings.ts';
import {diagnoseWorkloads} from '../workloads/findings.ts';
import type {Facts} from './facts.ts';

/** What every slice says is wrong. The same facts give the same diagnoses. */
export function diagnose(
	{nodes, storage, bgp, backups, gpu, platform, workloads}: Facts,
	settings: Settings,
): readonly Diagnosis[] {
	return [
		diagnoseNodes(nodes),
		diagnosePlatform(platform, settings),
		diagnoseStorage(storage, settings),
		diagnoseBgp(bgp, settings),
		diagnoseBackups(backups, settings),
		diagnoseGpu(gpu, settings),
		diagnoseWorkloads(workloads, settings),
	];
}

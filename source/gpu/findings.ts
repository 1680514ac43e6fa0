import type {Diagnosis, Symptom} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {memoised} from '../vocabulary.ts';
import {isKnown} from '../words.ts';
import {gpuBlind} from './blind.ts';
import {deviceSymptoms} from './device-findings.ts';
import type {GpuFacts} from './facts.ts';
import {exporterSymptoms, missingSymptoms} from './node-findings.ts';

/** What was only begun to be read says nothing yet. */
function symptomsOf(facts: GpuFacts, settings: Settings): readonly Symptom[] {
	const {nodes, exporters} = facts.states;
	return [
		...(isKnown(nodes) ? missingSymptoms(facts, settings) : []),
		...facts.devices.flatMap(deviceSymptoms),
		...(isKnown(nodes) && isKnown(exporters) ? exporterSymptoms(facts) : []),
	];
}

const diagnosed = memoised((settings: Settings) =>
	memoised((facts: GpuFacts): Diagnosis => ({symptoms: symptomsOf(facts, settings), blind: gpuBlind(facts)})),
);

/** What is wrong with the GPUs. The same facts and settings give the same object. */
export function diagnoseGpu(facts: GpuFacts, settings: Settings): Diagnosis {
	return diagnosed(settings)(facts);
}

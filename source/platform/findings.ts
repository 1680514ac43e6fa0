import type {Diagnosis} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {memoised} from '../vocabulary.ts';
import {apiServiceSymptoms, webhookSymptoms} from './asked-symptoms.ts';
import {blindOf} from './blindness.ts';
import {controllerSymptoms, coreSymptoms} from './component-symptoms.ts';
import type {PlatformFacts} from './facts.ts';
import {certificateSymptoms, serverSymptoms} from './server-symptoms.ts';

function diagnosis(facts: PlatformFacts, settings: Settings): Diagnosis {
	return {
		symptoms: [
			...facts.core.flatMap(coreSymptoms),
			...facts.controllers.flatMap(controllerSymptoms),
			...facts.webhooks.flatMap(webhookSymptoms),
			...facts.apiServices.flatMap(apiServiceSymptoms),
			...serverSymptoms(facts.server)(settings),
			...facts.certificates.flatMap(certificateSymptoms),
		],
		blind: blindOf(facts),
	};
}

const diagnoses = memoised((facts: PlatformFacts) => memoised((settings: Settings) => diagnosis(facts, settings)));

/** What is wrong with the platform. The same facts and settings give the same object, an unchanged fact the same symptom. */
export function diagnosePlatform(facts: PlatformFacts, settings: Settings): Diagnosis {
	return diagnoses(facts)(settings);
}

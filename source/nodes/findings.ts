import type {Diagnosis, Symptom} from '../diagnosis.ts';
import {memoised} from '../vocabulary.ts';
import {nodesBlind} from './blind.ts';
import {controlPlaneSymptoms, etcdSymptoms, vipSymptoms} from './control-plane-symptoms.ts';
import type {NodeFact} from './fact.ts';
import type {NodesFacts} from './facts.ts';
import {nodeSymptoms} from './node-symptoms.ts';

const symptomsOf = memoised((nodes: readonly NodeFact[]): readonly Symptom[] => nodes.flatMap(nodeSymptoms));

/** Half of the nodes make another control plane than all of them. */
function ofWhatIsRead({states, nodes, etcd}: NodesFacts): readonly Symptom[] {
	if (states.nodes.is === 'loading') return [];
	return [...symptomsOf(nodes), ...etcdSymptoms(etcd), ...controlPlaneSymptoms(nodes)];
}

/** What is wrong with the nodes and the control plane. The same facts give the same object. */
export const diagnoseNodes = memoised(
	(facts: NodesFacts): Diagnosis => ({
		symptoms: [...ofWhatIsRead(facts), ...facts.vips.flatMap(vipSymptoms)],
		blind: nodesBlind(facts),
	}),
);

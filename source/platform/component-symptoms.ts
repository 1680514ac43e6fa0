import type {Symptom} from '../diagnosis.ts';
import {memoised, own, type SafeText, say} from '../vocabulary.ts';
import type {ComponentFact} from './component.ts';
import {listed, podLine, saidBy} from './lines.ts';
import {componentWords, keptWords} from './state-words.ts';

const minute = 60_000;

const withSubject = ({subject}: Pick<ComponentFact, 'subject'>) => (subject === undefined ? {} : {subject});

const podLines = ({presence}: ComponentFact): readonly SafeText[] =>
	presence.wanted === 0 ? [own('it has no pod at all')] : [...saidBy(presence.missing), ...listed(presence.missing.map(podLine))];

const titleOf = (fact: ComponentFact): SafeText =>
	fact.presence.ready === 0 && fact.presence.wanted > 0 ? own('not ready') : componentWords(fact);

/** Something every cluster stands on is missing, or part of it. */
export const coreSymptoms = memoised((fact: ComponentFact): readonly Symptom[] => {
	const {presence, about, causes, nodes} = fact;
	const isNone = presence.ready === 0;
	const below = (nodes ?? []).flatMap(coreSymptoms);
	// What each node has its own of is told node by node, unless none has.
	if (fact.health === 'ok' || (nodes !== undefined && !isNone)) return below;
	const symptom: Symptom = {
		id: 'core-service-down',
		about,
		...withSubject(fact),
		after: isNone ? {critical: 0} : {warning: 5 * minute},
		since: presence.since,
		title: titleOf(fact),
		evidence: podLines(fact),
		causes,
	};
	return [symptom, ...below];
});

/** Nobody keeps true what a pane shows. */
export const controllerSymptoms = memoised((fact: ComponentFact): readonly Symptom[] => {
	const {presence, about, causes, keeps} = fact;
	if (presence.ready > 0) return [];
	const frozen = keeps && say`frozen with it: ${keptWords(fact)}`;
	return [
		{
			id: 'controller-down',
			about,
			...withSubject(fact),
			after: {warning: 2 * minute},
			since: presence.since,
			title: titleOf(fact),
			...(frozen === undefined ? {} : {more: frozen}),
			evidence: [...(frozen === undefined ? [] : [frozen]), ...podLines(fact)],
			causes,
		},
	];
});

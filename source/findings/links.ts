import {safeText} from '../cluster/safe-text.ts';
import type {Symptom} from '../diagnosis.ts';
import {own, type SafeText, type Subject} from '../vocabulary.ts';

/** What a template may name, and what of a subject stands there. */
function valuesOf({resource, namespace, name}: Subject, {about}: Symptom): Readonly<Record<string, string>> {
	return {
		namespace,
		name,
		resource,
		about,
		...(resource === 'nodes' ? {node: name} : {}),
		...(resource === 'pods' ? {pod: name} : {}),
	};
}

const places = /\{(\w+)\}/g;

/**
 * Places elsewhere that show more of a finding: the user's templates with its names in them, as parts of a URL. A template
 * that asks for what this finding does not have is left out.
 */
export function linksOf(
	symptom: Symptom,
	templates: Readonly<Record<string, string>>,
): ReadonlyArray<readonly [place: string, url: SafeText]> {
	const values = symptom.subject === undefined ? {about: symptom.about} : valuesOf(symptom.subject, symptom);
	const has = (template: string) => [...template.matchAll(places)].every(([, key = '']) => Object.hasOwn(values, key));
	const filled = (template: string) =>
		template.replaceAll(places, (_, key: string) => encodeURIComponent((values as Readonly<Record<string, string>>)[key] ?? ''));
	return Object.entries(templates)
		.filter(([, template]) => has(template))
		.map(([place, template]) => [safeText(place), own(safeText(filled(template)))] as const);
}

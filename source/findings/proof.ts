import {safeText} from '../cluster/safe-text.ts';
import type {Symptom} from '../diagnosis.ts';
import {own, type SafeText, say} from '../vocabulary.ts';

const plain = /^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$/;

/**
 * The command that proves a finding, for a shell; none where no object stands behind it, or where a name in it is not one
 * that Kubernetes would take: it may be made to mislead.
 */
export function proofOf({subject, id}: Symptom): readonly SafeText[] {
	if (id === 'apiserver-slow') return [own('kubectl get --raw "/readyz?verbose"')];
	if (subject === undefined) return [];
	const {resource, namespace, name} = subject;
	if (![resource, name].every(word => plain.test(word)) || (namespace !== '' && !plain.test(namespace))) return [];
	const where = namespace === '' ? own('') : say`-n ${safeText(namespace)} `;
	return [say`kubectl ${where}describe ${safeText(resource)} ${safeText(name)}`];
}

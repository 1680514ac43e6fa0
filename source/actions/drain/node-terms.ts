import {entries, items, name, type Raw} from '../../cluster/raw.ts';
import type {DrainNode} from './node.ts';

/** Whether a node is one that a required `nodeSelectorTerms` asks for: any of the terms, each of them whole. */
export function matchesTerms(terms: readonly Raw[], node: DrainNode): boolean {
	return terms.some(({matchExpressions, matchFields}) => {
		const [expressions, fields] = [items(matchExpressions), items(matchFields)];
		// A term that asks for nothing is for no node.
		if (expressions.length + fields.length === 0) return false;
		return (
			expressions.every(expression => holds(expression, node.labels.get(name(expression.key)))) &&
			fields.every(field => holds(field, name(field.key) === 'metadata.name' ? node.name : undefined))
		);
	});
}

const integer = /^[+-]?\d+$/;

/** One requirement, by Kubernetes' rules (component-helpers scheduling/corev1/nodeaffinity); an unknown operator never holds. */
function holds({operator: raw, values: list}: Raw, value: string | undefined): boolean {
	const [operator, values] = [name(raw), items(list).map(name) as readonly string[]];
	if (operator === 'Exists') return value !== undefined;
	if (operator === 'DoesNotExist') return value === undefined;
	if (operator === 'NotIn') return value === undefined || !values.includes(value);
	if (value === undefined) return false;
	if (operator === 'In') return values.includes(value);
	const bound = values[0] ?? '';
	if (values.length !== 1 || !integer.test(value) || !integer.test(bound)) return false;
	if (operator === 'Gt') return BigInt(value) > BigInt(bound);
	return operator === 'Lt' && BigInt(value) < BigInt(bound);
}

/** What a pod asks of its node's labels; `undefined` where nothing. */
function requiredTerms(pod: Raw): readonly Raw[] | undefined {
	const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
	return (required ?? undefined) === undefined ? undefined : items(required?.nodeSelectorTerms);
}

/** Whether a pod's `nodeSelector` and required node affinity let it onto a node. */
export function isWanted(pod: Raw, node: DrainNode): boolean {
	const terms = requiredTerms(pod);
	const selected = entries(pod.spec?.nodeSelector).every(([key, value]) => node.labels.get(key) === name(value));
	return selected && (terms === undefined || matchesTerms(terms, node));
}

const archLabels = ['kubernetes.io/arch', 'beta.kubernetes.io/arch'];

/** The architectures a pod says it is made for; none where it does not. */
export function architecturesOf(pod: Raw): readonly string[] {
	const selected = archLabels.map(key => name(pod.spec?.nodeSelector?.[key])).filter(value => value !== '');
	const affine = (requiredTerms(pod) ?? []).flatMap(({matchExpressions}) =>
		items(matchExpressions)
			.filter(({key, operator}) => archLabels.includes(name(key)) && name(operator) === 'In')
			.flatMap(({values}) => items(values).map(name)),
	);
	return [...new Set([...selected, ...affine])];
}

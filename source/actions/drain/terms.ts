import {items, name, number, type Raw} from '../../cluster/raw.ts';
import {type Selector, selectorOf} from '../../cluster/selector.ts';
import {own, type SafeText} from '../../vocabulary.ts';

/** Where other pods decide on where a pod may be: none of some in its domain, one of some in it, or an even spread over all. */
export type Term =
	| {
			readonly is: 'apart' | 'beside';
			/** The label whose equal values make a domain: `kubernetes.io/hostname`. */
			readonly key: string;
			readonly namespaces: readonly string[];
			readonly selector: Selector;
	  }
	| {
			readonly is: 'spread';
			readonly key: string;
			readonly namespaces: readonly string[];
			readonly selector: Selector;
			/** So many more than in the emptiest domain there may be at the most. */
			readonly skew: number;
	  }
	/** Not judged here, and why. */
	| {readonly is: 'untold'; readonly why: SafeText};

/** One that can be judged. */
export type ToldTerm = Exclude<Term, {is: 'untold'}>;

const nothing: Selector = {labels: [], expressions: [{key: '', operator: 'Exists', values: []}]};

function termOf(is: 'apart' | 'beside', raw: Raw, namespace: string): Term {
	if ((raw.namespaceSelector ?? undefined) !== undefined) {
		return {
			is: 'untold',
			why: own(`its pod ${is === 'apart' ? 'anti-affinity' : 'affinity'} looks at namespaces by their labels`),
		};
	}
	const named = items(raw.namespaces).map(name);
	return {
		is,
		key: name(raw.topologyKey),
		namespaces: named.length === 0 ? [namespace] : named,
		selector: selectorOf(raw.labelSelector) ?? nothing,
	};
}

const required = (affinity: Raw | undefined): readonly Raw[] => items(affinity?.requiredDuringSchedulingIgnoredDuringExecution);

/** Whom a pod must not share a domain with. */
export function apartTermsOf({spec}: Raw, namespace: string): readonly Term[] {
	return required(spec?.affinity?.podAntiAffinity).map(each => termOf('apart', each, namespace));
}

function spreadOf(raw: Raw, namespace: string): Term {
	const unusual =
		raw.minDomains !== undefined ||
		(raw.nodeAffinityPolicy !== undefined && name(raw.nodeAffinityPolicy) !== 'Honor') ||
		(raw.nodeTaintsPolicy !== undefined && name(raw.nodeTaintsPolicy) !== 'Ignore');
	if (unusual) return {is: 'untold', why: own('its topology spread has policies of its own')};
	return {
		is: 'spread',
		key: name(raw.topologyKey),
		namespaces: [namespace],
		selector: selectorOf(raw.labelSelector) ?? nothing,
		skew: number(raw.maxSkew) ?? 1,
	};
}

/** All that a pod demands of the pods around it; what it only prefers is left out. */
export function termsOf(pod: Raw, namespace: string): readonly Term[] {
	const spreads = items(pod.spec?.topologySpreadConstraints).filter(each => name(each.whenUnsatisfiable) !== 'ScheduleAnyway');
	return [
		...apartTermsOf(pod, namespace),
		...required(pod.spec?.affinity?.podAffinity).map(each => termOf('beside', each, namespace)),
		...spreads.map(each => spreadOf(each, namespace)),
	];
}

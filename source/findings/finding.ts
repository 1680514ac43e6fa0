import type {FindingClass, Severity, Symptom} from '../diagnosis.ts';
import type {SafeText} from '../vocabulary.ts';

/** A symptom that has lasted, and what became of it. */
export type Finding = {
	/** `node-not-ready:nuc-2`: what people grep for, acknowledge and ignore. */
	readonly name: string;
	readonly symptom: Symptom;
	readonly class: FindingClass;
	readonly severity: Severity;
	readonly is: 'raised' | 'unknown' | 'cleared';
	/** Since when it is true, epoch ms. */
	readonly since: number;
	/**
	 * What `since` is: `recorded` by the object itself; `watched`, when we first saw it, so at the least; `found` there at
	 * the first sight, so then or earlier.
	 */
	readonly known: 'recorded' | 'watched' | 'found';
	/** Why it can be neither raised nor cleared, while it is unknown. */
	readonly why?: SafeText;
	/** Epoch ms, once it is cleared. */
	readonly clearedAt?: number;
};

/** Negative when `a` is to be told before `b`: the worse first, then the older, then by name, the same way every time. */
export function compareFindings(a: Finding, b: Finding): number {
	if (a.severity !== b.severity) return a.severity === 'critical' ? -1 : 1;
	return a.since - b.since || (a.name < b.name ? -1 : 1);
}

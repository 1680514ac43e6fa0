import type {PhaseKind} from '../runbook.ts';

/** What headings begin with, in the order they are asked for. */
const meanings: ReadonlyArray<readonly [PhaseKind, RegExp]> = [
	['causes', /^(?:(?:common|possible|likely|potential|known|typical|usual|root) )*(?:causes?|reasons?)\b(?! analysis)/],
	[
		'verification',
		/^(?:verif|validat|confirm|post[- ](?:incident|mitigation|check|recovery)|check (?:that|whether) it (?:work|help)|did it (?:work|help)|afterwards|follow[- ]?up|is it (?:over|well))/,
	],
	[
		'preparation',
		/^(?:pre-?requisit|preparation|prepare|before you|requirements?\b|pre-?(?:check|flight)|(?:required )?access\b|what you need|needed\b)/,
	],
	[
		'diagnosis',
		/^(?:(?:initial|first|quick|further|detailed) )?(?:diagnos|investigat|triage|troubleshoot|debug|assess|analy[sz]|inspect|identif|detect|check|examin|gather|look|find|root cause|evidence|initial (?:response|checks?)|steps to (?:diagnos|investigat|debug))/,
	],
	[
		'mitigation',
		/^(?:(?:immediate|short[- ]term|long[- ]term|temporary|permanent|suggested|recommended|manual) )*(?:mitigat|remed|resol|fix|recover|repair|solution|work-?around|restor|roll-?back|procedure|actions?\b|steps?\b|instructions?\b|response\b|what to do|how to|runbook\b|playbook\b)/,
	],
	[
		'impact',
		/^(?:(?:user|business|service|customer) )*(?:impact|consequence|effects?\b|severity|who is affected|what is affected|blast radius)/,
	],
	[
		'meaning',
		/^(?:meaning|overview|description|summary|what (?:is|does|it|this|the)|about\b|background|context\b|symptoms?\b|purpose|when (?:to|does|it|this)|trigger|introduction|alert (?:description|meaning|details))/,
	],
];

/** A heading in words: without its number, its colon and what decorates it. */
export function headingWords(heading: string): string {
	return heading
		.replace(/^[^\p{L}\p{N}`]+/u, '')
		.replace(/^(?:step|phase|part)\s+\d+\s*[:.–—-]\s*/i, '')
		.replace(/^(?:\d+(?:\.\d+)*|[ivx]+|[a-z])[.):]\s+/i, '')
		.replace(/^\d+(?:\.\d+)+\s+/, '')
		.replace(/[\s:：.]+$/u, '')
		.replace(/\s+/g, ' ')
		.trim();
}

/** What a phase is for, by its heading; undefined where the heading says nothing of that. */
export function kindOf(heading: string): PhaseKind | undefined {
	const words = headingWords(heading).toLowerCase();
	return meanings.find(([, pattern]) => pattern.test(words))?.[0];
}

/** The name after `Alert:`; undefined where a heading has none. */
export function alertAfterColon(heading: string): string | undefined {
	const [, name] = /^(?:alert|alarm|alertname)s?\s*(?:name)?\s*[:–—-]\s*`?([\w:.-]+)`?/i.exec(headingWords(heading)) ?? [];
	return name;
}

/** A heading that is nothing but a name as alerts have them: `KubeNodeNotReady`. */
export function alertAlone(heading: string): string | undefined {
	const words = headingWords(heading);
	return /^[A-Za-z][a-z0-9]*(?:[A-Z][A-Za-z0-9]*)+$/.test(words) && /[a-z]/.test(words) ? words : undefined;
}

const withoutSteps =
	/^(?:references?|links?|see also|contacts?|escalat|table of contents|contents|toc|related|change ?log|history|notes?\b|glossary|appendix|further reading|resources|owners?)/i;

/** Whether what is numbered under a heading is something to do. */
export function isToDo(kind: PhaseKind, heading: string): boolean {
	return kind !== 'meaning' && kind !== 'impact' && kind !== 'causes' && !withoutSteps.test(headingWords(heading));
}

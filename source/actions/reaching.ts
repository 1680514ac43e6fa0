import type {Outcome} from './action.ts';
import type {Hands} from './hands.ts';
import type {Plan} from './plan.ts';

/** Velero has its own name for it. */
const named: Readonly<Record<string, Readonly<Record<string, string>>>> = {velero: {'--context': '--kubecontext'}};

/** A command line that reaches this cluster, whatever the current context of who runs it is; behind `--` there are no flags. */
function reaching(words: readonly string[], flags: readonly string[]): readonly string[] {
	const [program = ''] = words;
	const end = words.includes('--') ? words.indexOf('--') : words.length;
	return [...words.slice(0, end), ...flags.map(flag => named[program]?.[flag] ?? flag), ...words.slice(end)];
}

/** A plan whose command lines reach the cluster that it was made for. */
export function reachingPlan(plan: Plan, {flags = []}: Hands): Plan {
	const {command, likewise} = plan;
	return {...plan, command: reaching(command, flags), ...(likewise && {likewise: reaching(likewise, flags)})};
}

/** The same of how it goes on and back. */
export function reachingOutcome(outcome: Outcome, {flags = []}: Hands): Outcome {
	const {resume, rollBack} = outcome;
	return {
		...outcome,
		...(resume && {resume: reaching(resume, flags)}),
		...(rollBack && {rollBack: reaching(rollBack, flags)}),
	};
}

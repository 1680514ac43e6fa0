import type {Phase, Runbook, Step} from '../runbook.ts';

/** The steps of one phase, in their order. */
export function stepsIn({blocks}: Phase): readonly Step[] {
	return blocks.flatMap(block => (block.is === 'step' ? [block.step] : []));
}

/** All steps of a runbook, in their order. */
export function stepsOf({phases}: Runbook): readonly Step[] {
	return phases.flatMap(stepsIn);
}

/** A step by its id. */
export function stepOf(runbook: Runbook, id: string): Step | undefined {
	return stepsOf(runbook).find(step => step.id === id);
}

/** The steps of the phase in which one stands, from that one on. */
export function restOfPhase({phases}: Runbook, id: string): readonly Step[] {
	const steps = phases.map(stepsIn).find(some => some.some(step => step.id === id)) ?? [];
	return steps.slice(steps.findIndex(step => step.id === id));
}

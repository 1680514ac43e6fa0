import type {FindingId, Symptom} from '../diagnosis.ts';
import {nameOf} from '../diagnosis.ts';
import {commandLine} from '../shell-word.ts';
import type {SafeText} from '../vocabulary.ts';

/** Which runbook is for which finding: ids by id. Whoever walks them knows. */
export type RunbookIndex = Readonly<Partial<Record<FindingId, string>>>;

export const noRunbooks: RunbookIndex = {};

/** The command that walks the runbook for a finding, for a shell; undefined where there is none, or where a name in it may be made to mislead. */
export function runbookLine({id, about}: Symptom, runbooks: RunbookIndex): SafeText | undefined {
	const runbook = runbooks[id];
	return runbook === undefined ? undefined : commandLine(['midwatch', 'runbook', 'run', runbook, '--finding', nameOf(id, about)]);
}

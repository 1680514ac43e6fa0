import type {Entry} from '../../journal/entry.ts';
import {beginningOf} from '../../journal/view.ts';
import {type Arguments, readArguments} from '../arguments.ts';

/** The flags that lead to the cluster that a run was begun on, unless others are given. */
export async function flagsOfRun(entries: readonly Entry[], flags: Arguments['flags']): Promise<Arguments['flags']> {
	const {kubeconfig, context} = (await readArguments('runbook', beginningOf(entries)?.command.slice(2) ?? [])).flags;
	const isNamed = flags.context !== undefined || flags.kubeconfig !== undefined || flags.server !== undefined;
	return isNamed ? flags : {...flags, kubeconfig, context};
}

import {guardAgainst, guardedConfirm} from '../../actions/guards.ts';
import type {Hands} from '../../actions/hands.ts';
import {allowanceMissing} from '../../actions/preparing.ts';
import type {SafeText} from '../../vocabulary.ts';
import type {Performer} from '../session/open-session.ts';
import type {Rules} from '../session/session.ts';

/** What holds for all steps of a walk on a cluster. */
export function rulesOf(hands: Hands): Rules {
	const readOnly = guardAgainst('runbook', hands);
	const {ask} = guardedConfirm({ask: 'yes'}, hands);
	return {context: hands.context, ...(readOnly === undefined ? {} : {readOnly}), ...(ask === 'name' ? {confirm: ask} : {})};
}

/**
 * Why a command of a runbook may change nothing now: a guard as it stands in the configuration at this moment, or nobody has
 * allowed changes on this cluster yet (`allow`). Undefined where it may.
 */
export async function whyUnchanged(hands: Hands): Promise<{readonly why: SafeText; readonly allow: boolean} | undefined> {
	const guard = guardAgainst('runbook', {...hands, ...(await hands.declared?.())});
	if (guard !== undefined) return {why: guard, allow: false};
	const missing = await allowanceMissing(hands);
	return missing === undefined ? undefined : {why: missing, allow: true};
}

/** Holds the commands of a runbook to the guards as they stand right before each of them, whoever asks for it. */
export function guardedSteps(shell: Performer, hands: Hands): Performer {
	return {
		follow: shell.follow,
		perform: async (task, watching) => {
			const isReading = task.doing.is === 'shell' && task.doing.class === 'reading';
			const held = isReading ? undefined : await whyUnchanged(hands);
			return held === undefined ? shell.perform(task, watching) : {result: 'failed', text: held.why};
		},
	};
}

import {Unplanned} from '../../actions/action.ts';
import type {ActionRequest} from '../../actions/request.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {own, say} from '../../vocabulary.ts';
import {type Arguments, readArguments} from '../arguments.ts';
import {backupRequest} from '../backup.ts';
import {Complaint} from '../complaint.ts';
import {drainRequest} from '../drain.ts';

/** What looks, and changes nothing. */
const looking = new Set(['check', 'snapshot', 'risks', 'about', 'rbac', 'journal']);

/** Flags that would lead past the context of the one who walks the runbook. */
const leading = ['context', 'all-contexts', 'kubeconfig', 'server'];

function requestOf(name: string, asked: Arguments): ActionRequest | undefined {
	if (looking.has(name)) return undefined;
	if (name === 'cordon' || name === 'uncordon') return {is: name, nodes: asked.words};
	if (name === 'drain' && asked.words.length > 0) return drainRequest(asked);
	const backup = name === 'backup' ? backupRequest(asked) : undefined;
	if (backup === undefined) throw new Complaint(`midwatch ${name} cannot be a step of a runbook.`, 2);
	return backup;
}

/**
 * What a command line of ours in a runbook asks for; undefined where it changes nothing. A yes in it counts for nothing.
 * @throws Unplanned where it asks for nothing that can be done, or leads to another cluster
 */
export async function askedAction([name = '', ...argv]: readonly string[]): Promise<ActionRequest | undefined> {
	try {
		const asked = await readArguments(name, argv);
		const flag = leading.find(each => asked.flags[each] !== undefined);
		if (flag !== undefined)
			throw new Unplanned(say`--${own(flag)} is not taken from a runbook: it is walked on the context that it was begun on.`);
		return requestOf(name, asked);
	} catch (error) {
		throw error instanceof Complaint ? new Unplanned(safeText(error.message, 400)) : error;
	}
}

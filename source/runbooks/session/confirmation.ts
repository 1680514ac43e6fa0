import type {Confirm} from '../../actions/plan.ts';
import {own} from '../../vocabulary.ts';
import type {CommandClass} from '../runbook.ts';
import type {Rules} from './session.ts';

/**
 * What has to be said before a command of a class runs; undefined for nothing. What nobody knows counts as changing. Nothing
 * that a runbook says has a part in it.
 */
export function confirmation(of: CommandClass, {context, confirm}: Rules): Confirm | undefined {
	if (of === 'reading') return undefined;
	const byName = (why: string): Confirm => ({ask: 'name', name: context, why: own(why)});
	if (of === 'destructive') return byName('it destroys something that does not come back');
	return confirm === 'name' ? byName('every change asks for it here') : {ask: 'yes'};
}

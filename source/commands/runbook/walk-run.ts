import {safeText} from '../../cluster/safe-text.ts';
import {allowChanges} from '../../files/allowed.ts';
import type {Step} from '../../runbooks/runbook.ts';
import {doingOf} from '../../runbooks/session/session.ts';
import {whyUnchanged} from '../../runbooks/walk/guarded.ts';
import {own, say} from '../../vocabulary.ts';
import {type Walking, wish} from './walk.ts';

/** Whether what a runbook changes is allowed here, now; asks where nobody ever said so. */
async function isAllowed({hands, mouth, signals}: Walking): Promise<boolean> {
	const held = await whyUnchanged(hands);
	if (held === undefined) return true;
	mouth.say(held.why);
	if (!held.allow) return false;
	if ((await mouth.ask(own('Allow them from now on? (yes/no) '), signals.signal)) !== 'yes') return false;
	await allowChanges(hands.environment, hands.place);
	return true;
}

/** Runs a step that somebody said yes to, with all that has to be asked before. */
export async function runStep(walking: Walking, step: Step): Promise<void> {
	const {live} = walking.walk;
	const {mouth, signals} = walking;
	const doing = doingOf(live.session(), step);
	if (doing.is === 'shell' && doing.class !== 'reading' && !(await isAllowed(walking))) return;
	const {asking} = await wish(walking, {is: 'run'});
	if (asking === undefined) return;
	const {confirm} = asking;
	if (confirm.ask === 'yes') {
		await wish(walking, {is: 'confirm'});
		return;
	}
	const name = await mouth.ask(say`Type ${safeText(confirm.name, 253)} to run it, for ${confirm.why}: `, signals.signal);
	await wish(walking, name === undefined || name === '' ? {is: 'decline'} : {is: 'confirm', name});
}

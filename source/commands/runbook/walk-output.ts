import {safeText} from '../../cluster/safe-text.ts';
import type {LiveSession} from '../../runbooks/session/open-session.ts';
import {runningStep, type Session, stateOfStep} from '../../runbooks/session/session.ts';
import {own, say} from '../../vocabulary.ts';
import type {Mouth} from '../mouth.ts';
import {newLines, nonePrinted} from './live-lines.ts';

/** After so long without more of it, the last line of what is printed counts as whole; ms. */
const lull = 300;

/** Says what the commands of a walk print, as they print it, and how each ends. Returns the way to leave off. */
export function followOutput(live: LiveSession, {say: tell}: Mouth): () => void {
	let printed = nonePrinted;
	let before: Session = live.session();
	let timer: NodeJS.Timeout | undefined;
	const print = (isWhole: boolean) => {
		const next = newLines(printed, live.seen(), isWhole);
		printed = next.printed;
		for (const line of next.news) tell(say`  | ${line}`);
	};
	const look = () => {
		const session = live.session();
		const [was, is] = [runningStep(before), runningStep(session)];
		before = session;
		clearTimeout(timer);
		if (was !== undefined && was !== is) {
			print(true);
			const {is: result, text} = stateOfStep(session, was);
			tell(say`  ${own(result)}${own(text === '' ? '' : ': ')}${safeText(text, 400)}`);
		}
		if (was !== is) printed = nonePrinted;
		if (is === undefined) return;
		print(false);
		timer = setTimeout(print, lull, true);
	};
	const stop = live.subscribe(look);
	return () => {
		stop();
		clearTimeout(timer);
	};
}

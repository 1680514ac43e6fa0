import type {Hands} from '../../actions/hands.ts';
import type {Plan} from '../../actions/plan.ts';
import {planLines} from '../../actions/tell.ts';
import type {Stage, Undertaking} from '../../actions/undertaking.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {wrap} from '../../interface/widgets/width.ts';
import {commandLine} from '../../shell-word.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import type {Mouth} from '../mouth.ts';
import {nothingPrinted, progressLines} from './progress-lines.ts';

/** Says what would be done, and to which cluster. */
export function sayPlan(plan: Plan, {context, place}: Hands, {say: tell, width}: Mouth): void {
	tell(say`${safeText(context, 120)} (${safeText(place.server, 200)})`);
	for (const line of planLines(plan, width)) tell(line);
}

/** A sentence, for whoever sits at a terminal in lines of its width. */
function sayWhole(text: SafeText, {say: tell, answers, width}: Mouth): void {
	const lines = answers ? wrap(text, width - 2) : [text];
	for (const [at, line] of lines.entries()) tell(own(`${at === 0 ? '' : '  '}${line}`));
}

/** Says what happens, as it happens. Returns what was said last of it. */
export function followProgress({stage, subscribe}: Undertaking, mouth: Mouth): () => SafeText | undefined {
	let printed = nothingPrinted;
	subscribe(() => {
		const now = stage();
		if (now.is !== 'running' || now.progress === undefined) return;
		const next = progressLines(printed, now.progress, Date.now());
		printed = next.printed;
		for (const line of next.news) sayWhole(line, mouth);
	});
	return () => printed.lines.at(-1);
}

/**
 * Says how it ended, and the command lines that go on from there. `saidLast` need not be said again. What preflight refuses is
 * told with all that stands against it, and the ways out.
 */
export function sayEnd(stage: Stage, saidLast: SafeText | undefined, hands: Hands, mouth: Mouth): void {
	const {say: tell} = mouth;
	if (stage.is === 'refused' && stage.by === 'preflight' && stage.plan !== undefined) sayPlan(stage.plan, hands, mouth);
	else if (stage.is === 'refused') sayWhole(stage.why, mouth);
	if (stage.is !== 'ended') return;
	const {run, outcome} = stage;
	if (outcome.text !== saidLast) sayWhole(outcome.text, mouth);
	const ways = [
		['to go on', outcome.resume],
		['to take it back', outcome.rollBack],
		['what was done', run === '' ? undefined : ['midwatch', 'journal', 'show', run]],
	] as const;
	for (const [what, words] of ways) {
		const line = words && commandLine(words);
		if (line !== undefined) tell(say`${own(what)}: ${line}`);
	}
}

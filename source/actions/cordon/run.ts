import {safeText} from '../../cluster/safe-text.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import {own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {join, shownName} from '../../words.ts';
import type {Outcome, Running} from '../action.ts';
import {leaveEvent} from '../event.ts';
import type {Hands} from '../hands.ts';
import {isPassing, outlast} from '../outlast.ts';
import type {Plan} from '../plan.ts';
import type {CordonData, CordonRequest} from './plan.ts';
import {type Changed, type SeenNode, setCordon} from './set.ts';

/** How it went with one node. */
type Went = {readonly is: Changed | 'failed' | 'unknown'; readonly text: SafeText};

const didWords = {cordon: 'cordoned', uncordon: 'uncordoned'} as const;

/**
 * Cordons or uncordons one node: announced in the journal before, and told there after. A server that is away is
 * waited for, until somebody says stop. Rejects only where the journal fails.
 */
export async function changeCordon(
	is: CordonRequest['is'],
	node: SeenNode,
	hands: Hands,
	{journal, stop}: Pick<Running, 'journal' | 'stop'>,
	waiting: (why: SafeText) => void,
): Promise<Went> {
	const shown = safeText(node.name, 253);
	const step = `${is} ${node.name}`;
	await journal.write({is: 'intent', step, title: step, detail: {uid: node.uid}});
	const went = await attempt();
	const result = went.is === 'gone' || went.is === 'failed' ? 'failed' : went.is === 'already' ? 'skipped' : went.is;
	await journal.write({is: 'outcome', step, result, text: went.text});
	return went;

	async function attempt(): Promise<Went> {
		try {
			const changed = await outlast(() => setCordon(hands, node, is === 'cordon', journal.run), {stop, waiting});
			if (changed === 'gone') return {is: 'gone', text: say`${shown} is not the node any more that was looked at`};
			if (changed === 'already') return {is: 'already', text: say`${shown} was ${own(didWords[is])} already`};
			return {is: 'done', text: say`${shown} ${own(didWords[is])}`};
		} catch (error) {
			const text = say`${shown} could not be ${own(didWords[is])}: ${sentenceOf(error)}`;
			return {is: isPassing(error) ? 'unknown' : 'failed', text};
		}
	}
}

/** Does what `planCordon` planned, one node after the other. Rejects only where the journal fails. */
export async function runCordon(plan: Plan, {is}: CordonRequest, hands: Hands, running: Running): Promise<Outcome> {
	const {nodes} = plan.data as CordonData;
	const {journal, report, stop} = running;
	const lines: SafeText[] = [];
	const events: Promise<void>[] = [];
	const changed: RawName[] = [];
	const left = new Set(nodes);
	let failed = false;
	const tell = (waiting: readonly SafeText[] = []) => {
		const done = nodes.length - left.size;
		report({short: plan.title, done, total: nodes.length, waiting, lines: [...lines]});
	};

	tell();
	for (const node of nodes) {
		if (stop.aborted) break;
		const went = await changeCordon(is, node, hands, running, why => tell([why]));
		lines.push(went.text);
		failed ||= went.is === 'failed' || went.is === 'gone';
		if (went.is === 'unknown') break;
		left.delete(node);
		if (went.is === 'done') {
			changed.push(node.name);
			const reason = is === 'cordon' ? 'Cordoned' : 'Uncordoned';
			events.push(leaveEvent(hands, {node, reason, message: `${didWords[is]} by ${hands.by} with midwatch, run ${journal.run}`}));
		}
		tell();
	}
	await Promise.all(events);
	const undo = is === 'cordon' ? 'uncordon' : 'cordon';
	return {
		result: left.size > 0 ? 'stopped' : failed ? 'failed' : 'done',
		text: join([...lines, left.size === 0 ? undefined : say`left as before: ${join([...left].map(shownName))}`], '; '),
		...(left.size === 0 ? {} : {resume: ['midwatch', is, ...[...left].map(({name}) => name)]}),
		...(changed.length === 0 ? {} : {rollBack: ['midwatch', undo, ...changed]}),
	};
}

import {own, type SafeText, say} from '../../../vocabulary.ts';
import {join, shownName} from '../../../words.ts';
import {changeCordon} from '../../cordon/run.ts';
import {type DriveParts, drive} from './drive.ts';
import {type Following, followNode, seenPod} from './follow.ts';
import type {DrainState} from './state.ts';
import {isSettled} from './step.ts';
import type {Task} from './task.ts';
import {leftWords, strangerWords} from './told.ts';

/** How the drain of one node ended. */
export type NodeEnd = {
	readonly result: 'done' | 'failed' | 'stopped';
	readonly text: SafeText;
	/** This run has cordoned it, now or before it was taken up again. */
	readonly cordoned: boolean;
};

export type NodeParts = DriveParts & {
	/** Told what is waited for before the first pod is asked for, and what has been done. */
	readonly tell: (told: {readonly waiting?: SafeText; readonly line?: SafeText}) => void;
	/** Plans the node anew where other pods are on it than were planned for; a sentence where that stands against going on. */
	readonly replan: () => Promise<Task | SafeText>;
};

/** Whether there are pods on the node that came since it was planned, before it was cordoned. */
function isOutdated({leave, stay}: Task, following: Following): boolean {
	const planned = new Set([...leave.map(({uid}) => uid), ...stay]);
	return [...following.pods().records.values()].some(pod => !planned.has(pod.uid) && !seenPod(pod).stays);
}

/** Drains one node: cordons it, looks whether it is still as it was planned, and has its pods go. Rejects only where the journal fails. */
export async function drainNode(planned: Task, parts: NodeParts): Promise<NodeEnd> {
	const {hands, options, running, tell, replan} = parts;
	const {stop} = running;
	const shown = shownName({name: planned.node});
	const stopped = new Promise<void>(resolve => stop.addEventListener('abort', () => resolve()));
	const following = followNode(hands, planned.node, options.podSelector);
	try {
		const node = {name: planned.node, uid: planned.uid};
		const went = await changeCordon('cordon', node, hands, running, why => tell({waiting: why}));
		tell({line: went.text});
		const cordoned = went.is === 'done';
		if (went.is === 'failed' || went.is === 'gone') return {result: 'failed', text: went.text, cordoned};
		if (went.is === 'unknown') return {result: 'stopped', text: say`${went.text}; whether it is cordoned is not known`, cordoned};

		await Promise.race([following.known, stopped]);
		const task = !stop.aborted && isOutdated(planned, following) ? await replan() : planned;
		if (typeof task === 'string') return {result: 'stopped', text: say`${shown} stays cordoned: ${task}`, cordoned};
		return {...endOf(await drive(task, following, parts)), cordoned};
	} finally {
		following.stop();
	}
}

function endOf(state: DrainState): Omit<NodeEnd, 'cordoned'> {
	const {ending, health, cordoned, node, pods} = state;
	const shown = shownName({name: node});
	const left = join([leftWords(state), strangerWords(state)], '; ');
	const stay =
		health === 'gone' ? own('is not in the cluster any more') : own(cordoned ? 'stays cordoned' : 'is not cordoned any more');
	const stays = say`${shown} ${stay}`;
	if (ending !== undefined && ![...pods.values()].every(isSettled)) {
		return {result: ending.is === 'timed out' ? 'failed' : 'stopped', text: say`${ending.text}: ${stays}, ${left}`};
	}
	const hasFailed = [...pods.values()].some(({course}) => course.is === 'failed');
	if (hasFailed) return {result: 'failed', text: say`${stays}, ${left}`};
	return {
		result: 'done',
		text: say`${shown} is drained and ${stay}: ${left}`,
	};
}

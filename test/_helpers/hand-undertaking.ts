import type {Plan} from '../../source/actions/plan.ts';
import type {Answer, Stage, Undertaking} from '../../source/actions/undertaking.ts';
import {own, type RawName} from '../../source/vocabulary.ts';

/** A plan as a drain would make it; parts of it replaced. */
export function planOf(more: Partial<Plan> = {}): Plan {
	return {
		action: 'drain',
		title: own('drain nuc-2'),
		command: ['midwatch', 'drain', 'nuc-2', '--context', 'homelab'],
		likewise: ['kubectl', 'drain', 'nuc-2', '--ignore-daemonsets'],
		steps: [own('cordon nuc-2: no new pods come to it'), own('evict 20 pods')],
		concerns: [
			{
				check: 'budgets',
				weight: 'blocks',
				text: own('default/web-0 cannot leave: budget web allows none'),
				wayOut: own('raise the replicas of web'),
			},
			{check: 'sessions', weight: 'tells', text: own('1 BGP session of nuc-2 stays up')},
		],
		deeds: [{verb: 'patch', group: '', resource: 'nodes', name: 'nuc-2'}],
		confirm: {ask: 'yes'},
		data: {},
		...more,
	};
}

/** It wants the name of the node. */
export const named: Partial<Plan> = {
	confirm: {ask: 'name', name: 'nuc-2' as RawName, why: own('the last copy of media/books is on it')},
};

/** An undertaking whose stages are set by hand, and what a person did to it. */
export type HandUndertaking = Undertaking & {
	readonly show: (stage: Stage) => void;
	readonly answers: Answer[];
	readonly stops: () => number;
};

export function handUndertaking(first: Stage): HandUndertaking {
	let stage = first;
	let stops = 0;
	const listeners = new Set<() => void>();
	const answers: Answer[] = [];
	const {promise: ended, resolve} = Promise.withResolvers<Stage>();
	return {
		stage: () => stage,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		confirm: answer => {
			if (stage.is === 'planned' && stage.plan.confirm.ask === 'name' && answer.name !== stage.plan.confirm.name)
				return own('Type nuc-2 exactly.');
			answers.push(answer);
			return undefined;
		},
		stop: () => {
			stops += 1;
		},
		ended,
		answers,
		stops: () => stops,
		show: next => {
			stage = next;
			if (next.is === 'ended' || next.is === 'refused') resolve(next);
			for (const listener of listeners) listener();
		},
	};
}

import type {Progress} from '../../../actions/action.ts';
import {changesOf} from '../../../actions/compare.ts';
import type {Plan} from '../../../actions/plan.ts';
import {type ActionRequest, titleOf} from '../../../actions/request.ts';
import {isUnderWay} from '../../../actions/stages.ts';
import type {Answer, Stage, Undertaking} from '../../../actions/undertaking.ts';
import {sentenceOf} from '../../../cluster/sentence.ts';
import {own, type SafeText} from '../../../vocabulary.ts';

/** The one action that is under way, from being asked for until somebody has seen its end. */
export type ActionView = {
	readonly request: ActionRequest;
	readonly stage: Stage;
	/** What the plan says otherwise than the one that was looked at before, with other options. */
	readonly changed: readonly SafeText[];
	/** The last that was heard of it; also when it has ended. */
	readonly progress?: Progress | undefined;
	/** A runbook asks for it: it is taken as it stands there. */
	readonly attended?: true;
};

export type Underway = {
	/** The same object while nothing changed. */
	readonly view: () => ActionView | undefined;
	/** Plans another one; `before` is the plan it takes the place of. What was planned meanwhile is given up. */
	readonly begin: (request: ActionRequest, before?: Plan) => void;
	/** Shows one that something else has asked for, in the place of what was planned. */
	readonly attend: (undertaking: Undertaking, request: ActionRequest) => void;
	/** Yes. Returns what is wrong with the answer, where it does not do. */
	readonly confirm: (answer: Answer) => SafeText | undefined;
	/** Stops it at the next safe point; resolves once it has ended. */
	readonly stop: () => Promise<void>;
	/** Its end has been seen, or it is given up before it began. */
	readonly dismiss: () => void;
};

type Undertake = (request: ActionRequest) => Promise<Undertaking>;

/** True while it changes something, or is about to: no other may begin then, and nobody just leaves. */
export const isRunning = (view: ActionView | undefined): boolean => view !== undefined && isUnderWay(view.stage);

/** What was planned, as far as it got to a plan. */
export const planOf = ({stage}: ActionView): Plan | undefined => ('plan' in stage ? stage.plan : undefined);

/** Whether it stands elsewhere than before, so that whoever looks has to begin anew. */
export const isElsewhere = (before: Stage, now: Stage): boolean =>
	before.is !== now.is || ('plan' in before && 'plan' in now && before.plan !== now.plan);

/** Keeps the action under way. `told` is called after every change; `steps` where it stands elsewhere than before. */
export function makeUnderway(undertake: Undertake | undefined, told: (steps: boolean) => void): Underway {
	let view: ActionView | undefined;
	let undertaking: Undertaking | undefined;
	let unsubscribe = () => {};

	const show = (next: ActionView) => {
		const steps = view === undefined || isElsewhere(view.stage, next.stage);
		view = next;
		told(steps);
	};
	const letGo = () => {
		unsubscribe();
		undertaking?.stop();
		undertaking = undefined;
		view = undefined;
	};
	const attach = (to: Undertaking, request: ActionRequest, before: Plan | undefined, attended?: true) => {
		const look = () => {
			const stage = to.stage();
			if (stage === view?.stage) return;
			const isFirst = before !== undefined && stage.is === 'planned' && view?.stage.is === 'planning';
			const changed = isFirst ? changesOf(before, stage.plan) : [];
			const progress = stage.is === 'running' ? stage.progress : view?.progress;
			show({request, stage, changed, progress, ...(attended && {attended})});
		};
		undertaking = to;
		unsubscribe = to.subscribe(look);
		look();
	};

	return {
		view: () => view,
		begin: (request, before) => {
			if (isRunning(view) || undertake === undefined) return;
			letGo();
			const asked: ActionView = {request, stage: {is: 'planning', title: titleOf(request)}, changed: []};
			show(asked);
			void undertake(request).then(
				opened => (view === asked ? attach(opened, request, before) : opened.stop()),
				(error: unknown) => {
					if (view !== asked) return;
					show({...asked, stage: {is: 'refused', title: titleOf(request), by: 'failure', why: sentenceOf(error)}});
				},
			);
		},
		attend: (to, request) => {
			letGo();
			attach(to, request, undefined, true);
		},
		confirm: answer => (undertaking === undefined ? own('There is nothing to say yes to.') : undertaking.confirm(answer)),
		stop: async () => {
			undertaking?.stop();
			await undertaking?.ended;
		},
		dismiss: () => {
			if (isRunning(view)) return;
			letGo();
			told(false);
		},
	};
}

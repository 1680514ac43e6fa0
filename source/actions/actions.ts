import type {Action, Outcome, Running} from './action.ts';
import type {Hands} from './hands.ts';
import type {Plan} from './plan.ts';
import type {ActionRequest} from './request.ts';

/** An action that knows its request. */
export type AskedAction = {
	readonly plan: (hands: Hands) => Promise<Plan>;
	readonly run: (plan: Plan, hands: Hands, running: Running) => Promise<Outcome>;
};

/** Loaded when it is first planned: whoever only looks never needs it. */
const lazily = <R extends ActionRequest>(request: R, load: () => Promise<Action<R>>): AskedAction => ({
	plan: async hands => (await load()).plan(request, hands),
	run: async (plan, hands, running) => (await load()).run(plan, request, hands, running),
});

/** Finds the action of a request. */
export type ActionFor = (request: ActionRequest) => AskedAction;

/** All that can be done here. */
export const actionFor: ActionFor = request => {
	switch (request.is) {
		case 'cordon':
		case 'uncordon':
			return lazily(request, async () => (await import('./cordon/cordon.ts')).cordonAction);
		case 'drain':
			return lazily(request, async () => (await import('./drain/drain.ts')).drainAction);
		case 'backup':
			return lazily(request, async () => (await import('./backup/backup.ts')).backupAction);
		case 'pause':
		case 'unpause':
			return lazily(request, async () => (await import('./backup/pause.ts')).pauseAction);
	}
};

import type {Action} from '../action.ts';
import {type DrainRequest, planDrain} from './plan.ts';
import {runDrain} from './run/run.ts';

/** Takes everything off nodes that is not bound to them, one node after the other. */
export const drainAction: Action<DrainRequest> = {plan: planDrain, run: runDrain};

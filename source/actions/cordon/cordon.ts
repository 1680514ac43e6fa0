import type {Action} from '../action.ts';
import {type CordonRequest, planCordon} from './plan.ts';
import {runCordon} from './run.ts';

/** Keeps pods away from nodes, or lets them come again: the request says which. */
const cordoning: Action<CordonRequest> = {plan: planCordon, run: runCordon};

export const cordonAction = cordoning;
export const uncordonAction = cordoning;

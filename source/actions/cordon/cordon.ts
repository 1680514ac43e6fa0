import type {Action} from '../action.ts';
import {type CordonRequest, planCordon} from './plan.ts';
import {runCordon} from './run.ts';

/** Keeps pods away from nodes, or lets them come again: the request says which. */
export const cordonAction: Action<CordonRequest> = {plan: planCordon, run: runCordon};

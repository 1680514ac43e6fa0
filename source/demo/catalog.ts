import type {Scenario, World} from './model.ts';
import {calm} from './scenarios/calm.ts';
import {nodeLost} from './scenarios/node-lost.ts';
import {homelab} from './worlds/homelab/homelab.ts';

/** The first one is the default. */
export const worlds: readonly World[] = [homelab];

/** The first one is the default. */
export const scenarios: readonly Scenario[] = [calm, nodeLost];

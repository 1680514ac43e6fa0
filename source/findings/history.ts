import type {Moment} from '../diagnosis.ts';
import {memoised} from '../vocabulary.ts';
import {inOrder} from './timeline.ts';
import type {World} from './world.ts';

/** Everything that is known to have happened, newest first: what the cluster recorded, and what was seen from here. */
export const historyOf = memoised((world: World): readonly Moment[] => inOrder([...world.seen]));

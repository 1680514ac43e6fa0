import type {Patch} from './patch.ts';
import {quickWidth} from './quick-width.ts';
import {sharedOutputCaches} from './shared-output-caches.ts';
import {synchronousYoga, withoutCarriedWasm} from './synchronous-yoga.ts';
import {withoutDevtools} from './without-devtools.ts';

/** Every change made to a dependency. The build works without them too: `--unpatched`. */
export const patches: readonly Patch[] = [synchronousYoga, withoutCarriedWasm, withoutDevtools, quickWidth, sharedOutputCaches];

import type {Patch} from './patch.ts';
import {quickWidth} from './quick-width.ts';
import {sharedOutputCaches} from './shared-output-caches.ts';
import {synchronousYoga, withoutCarriedWasm} from './synchronous-yoga.ts';
import {unreadPackage} from './unread-package.ts';
import {withoutDeveloperMode} from './without-developer-mode.ts';

/** Every change made to a dependency. The build works without them too: `--unpatched`. */
export const patches: readonly Patch[] = [
	synchronousYoga,
	withoutCarriedWasm,
	withoutDeveloperMode,
	quickWidth,
	sharedOutputCaches,
	unreadPackage,
];

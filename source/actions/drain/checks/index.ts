import type {Check} from '../sight.ts';

/** Everything preflight looks at; a file each. */
export const checks: readonly Check[] = [];

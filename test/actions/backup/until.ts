import {setTimeout as pause} from 'node:timers/promises';

/** Waits until something is so; the test's own time is the limit. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await what())) await pause(20);
}

import {bytesOf} from '../bytes.ts';
import {safeText} from '../safe-text.ts';
import type {Answer, Readyz} from '../transport.ts';

const mostBytes = 1 << 16;
const mostChecks = 16;

/** What the API server answers to `/readyz`; undefined where it does not tell us. Reads the body, or lets it run dry. */
export async function readyzOf({status, body}: Answer): Promise<Readyz | undefined> {
	if (status < 500) {
		body.resume();
		return status === 200 ? {ok: true, failing: []} : undefined;
	}
	const report = (await bytesOf(body, mostBytes)).toString();
	const failing = [...report.matchAll(/^\[-\](\S+)/gm)].slice(0, mostChecks).map(([, check = '']) => safeText(check, 128));
	return {ok: false, failing};
}

export function sameReadyz(a: Readyz | undefined, b: Readyz | undefined): boolean {
	return a?.ok === b?.ok && a?.failing.join() === b?.failing.join();
}

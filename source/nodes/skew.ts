import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {count} from '../words.ts';

/** How many minor versions a kubelet is older than the API server; negative when it is newer. */
export type Skew = {readonly older: number; readonly server: SafeText};

const minorOf = (version: string): readonly [major: number, minor: number] | undefined => {
	const parts = /^v?(\d+)\.(\d+)/.exec(version);
	return parts === null ? undefined : [Number(parts[1]), Number(parts[2])];
};

/**
 * The skew between two versions (`v1.35.4+k3s1`) where it is one to worry about: Kubernetes supports kubelets up to three
 * minors older than the API server and none that is newer, so the third is the last step.
 */
export function skewOf(kubelet: string, server: string | undefined): Skew | undefined {
	if (server === undefined) return undefined;
	const [ours, theirs] = [minorOf(kubelet), minorOf(server)];
	if (ours === undefined || theirs === undefined || ours[0] !== theirs[0]) return undefined;
	const older = theirs[1] - ours[1];
	return older < 0 || older >= 3 ? {older, server: safeText(server, 32)} : undefined;
}

/** A kubelet that nobody supports with this API server. */
export const isUnsupported = ({older}: Skew): boolean => older < 0 || older > 3;

/** `kubelet 3 minors older`, as seen from the API server. */
export function skewWords({older}: Skew): SafeText {
	return older < 0 ? own('kubelet newer than the API server') : say`kubelet ${count(older, 'minor')} older`;
}

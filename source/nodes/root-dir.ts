import type {Raw} from '../cluster/raw.ts';
import {safeText} from '../cluster/safe-text.ts';
import type {SafeText} from '../vocabulary.ts';
import {argumentLines} from './node-args.ts';

const flag = /^(?:--kubelet-arg[=\n](?:--)?root-dir=|--root-dir[=\n])(.+)$/gm;

/** Where the kubelet lives, out of the arguments k3s notes down in `k3s.io/node-args`; `''` where they do not say. */
export function rootDirOf(nodeArgs: Raw | undefined): SafeText {
	const given = [...argumentLines(nodeArgs).matchAll(flag)];
	return safeText(given.at(-1)?.[1] ?? '', 128);
}

import {name, type Raw} from '../cluster/raw.ts';
import {safeText} from '../cluster/safe-text.ts';
import type {SafeText} from '../vocabulary.ts';

/** Arguments stand one a line here: a flag and its value in one of them, or in two. */
const flag = /^(?:--kubelet-arg[=\n](?:--)?root-dir=|--root-dir[=\n])(.+)$/gm;

function argumentsIn(json: string): readonly string[] {
	try {
		const read: unknown = JSON.parse(json);
		return Array.isArray(read) ? read.filter(each => typeof each === 'string') : [];
	} catch {
		return [];
	}
}

/** Where the kubelet lives, out of the arguments k3s notes down in `k3s.io/node-args`; `''` where they do not say. */
export function rootDirOf(nodeArgs: Raw | undefined): SafeText {
	const given = [...argumentsIn(name(nodeArgs)).join('\n').matchAll(flag)];
	return safeText(given.at(-1)?.[1] ?? '', 128);
}

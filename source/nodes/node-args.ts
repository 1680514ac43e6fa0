import {name, type Raw} from '../cluster/raw.ts';

/** The arguments k3s notes down in `k3s.io/node-args`, one a line: a flag and its value stand in one of them, or in two. */
export function argumentLines(nodeArgs: Raw | undefined): string {
	try {
		const read: unknown = JSON.parse(name(nodeArgs));
		return Array.isArray(read) ? read.filter(each => typeof each === 'string').join('\n') : '';
	} catch {
		return '';
	}
}

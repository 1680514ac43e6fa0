import type {Raw} from '../cluster/raw.ts';
import {safeText} from '../cluster/safe-text.ts';
import type {SafeText} from '../vocabulary.ts';
import {argumentLines} from './node-args.ts';

/** What a server of k3s was told of the snapshots of its etcd, where it was told anything. */
export type SnapshotArguments = {
	/** When it takes them; `''` for the usual times. */
	readonly cron: SafeText;
	/** It takes none. */
	readonly areOff: boolean;
};

const schedule = /^--etcd-snapshot-schedule-cron[=\n](.+)$/gm;
const off = /^--etcd-disable-snapshots(?:=true)?$(?!\nfalse$)/m;

/** Reads it out of `k3s.io/node-args`; undefined where nothing is said. */
export function snapshotArgumentsOf(nodeArgs: Raw | undefined): SnapshotArguments | undefined {
	const lines = argumentLines(nodeArgs);
	const given = [...lines.matchAll(schedule)].at(-1)?.[1];
	const areOff = off.test(lines);
	return given === undefined && !areOff ? undefined : {cron: safeText(given ?? '', 128), areOff};
}

import type {PersistentVolumeRecord} from '../storage/kubernetes.ts';
import {memoised, type Reading} from '../vocabulary.ts';

/** The NFS and NAS servers that hold data, by name or address. */
export const dataServers = memoised(
	({records}: Reading<PersistentVolumeRecord>): ReadonlySet<string> =>
		new Set([...records.values()].map(({server}) => server as string).filter(server => server !== '')),
);

import type {DrainOptions} from '../request.ts';

const seconds = (ms: number): string => String(Math.round(ms / 1000));

/** The options that were given, as kubectl writes them; DaemonSets apart. */
function given(options: DrainOptions): readonly string[] {
	const {force, deleteEmptyDirData, disableEviction, gracePeriod, timeout, podSelector, skipWaitForDeleteTimeout: skip} = options;
	return [
		...(force ? ['--force'] : []),
		...(deleteEmptyDirData ? ['--delete-emptydir-data'] : []),
		...(disableEviction ? ['--disable-eviction'] : []),
		...(gracePeriod === undefined ? [] : [`--grace-period=${seconds(gracePeriod)}`]),
		...(timeout === undefined ? [] : [`--timeout=${seconds(timeout)}s`]),
		...(podSelector === undefined ? [] : [`--pod-selector=${podSelector}`]),
		...(skip === undefined ? [] : [`--skip-wait-for-delete-timeout=${seconds(skip)}`]),
	];
}

/** The options of a drain as words of our command line, which leaves DaemonSets alone unless told otherwise. */
export function ourFlags(options: DrainOptions): readonly string[] {
	return [...(options.ignoreDaemonSets ? [] : ['--ignore-daemonsets=false']), ...given(options)];
}

/** The options of a drain as words of kubectl's command line. */
export function kubectlFlags(options: DrainOptions): readonly string[] {
	return [...(options.ignoreDaemonSets ? ['--ignore-daemonsets'] : []), ...given(options)];
}

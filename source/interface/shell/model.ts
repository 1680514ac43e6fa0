import type {Latency} from '../../cluster/transport.ts';
import {type Detail, type Note, type PaneId, type PaneView, paneIds, type SafeText} from '../../vocabulary.ts';

/** Everything the dashboard shows, at one moment. Immutable; what has not changed is the same object as before. */
export type Picture = {
	readonly context: SafeText;
	readonly server: SafeText;
	readonly demo: boolean;
	/** The connection to the API server. */
	readonly line: {readonly is: 'connecting' | 'up' | 'down'; readonly why?: SafeText};
	readonly latency: Latency;
	/** Epoch ms of the oldest knowledge on screen when something is stale. */
	readonly oldest: number | undefined;
	readonly panes: Readonly<Record<PaneId, PaneView>>;
	/** Cluster-wide: missing permissions by name, and the like. */
	readonly notes: readonly Note[];
};

/** Where the picture comes from. */
export type PictureSource = {
	/** The same object as long as nothing has changed. */
	readonly current: () => Picture;
	/** Calls the listener after changes, at most once per frame; returns how to stop that. */
	readonly subscribe: (listener: () => void) => () => void;
	/** The detail of one row; undefined when it is not there (any more). */
	readonly detail: (pane: PaneId, key: string) => Detail | undefined;
	/** Epoch ms on the server's clock. */
	readonly now: () => number;
};

/** The names of the panes, as their titles say them. */
export const paneTitles: Readonly<Record<PaneId, string>> = {
	nodes: 'Nodes',
	storage: 'Storage tiers',
	bgp: 'BGP peers',
	backups: 'Backup tiers',
	gpu: 'GPU',
};

/** The title of a pane with the key that leads to it: `1 Nodes`. */
export function paneTitle(pane: PaneId): string {
	return `${paneIds.indexOf(pane) + 1} ${paneTitles[pane]}`;
}

import type {Latency} from '../../cluster/transport.ts';
import type {Detail, Note, PaneView, SafeText, ViewId} from '../../vocabulary.ts';
import type {Command} from './keymap.ts';
import {type Keys, usualKeys} from './keys.ts';
import type {Objects} from './objects.ts';

/** Everything the dashboard shows, at one moment. Immutable; what has not changed is the same object as before. */
export type Picture = {
	readonly context: SafeText;
	readonly server: SafeText;
	readonly demo: boolean;
	/** What its user declared may not be done here: `read-only`; missing where everything may. */
	readonly guard?: SafeText;
	/** The connection to the API server. */
	readonly line: {readonly is: 'connecting' | 'up' | 'down'; readonly why?: SafeText};
	readonly latency: Latency;
	/** Epoch ms of the oldest knowledge on screen when something is stale. */
	readonly oldest: number | undefined;
	readonly panes: Readonly<Record<ViewId, PaneView>>;
	/** What can be acted on. */
	readonly objects: Objects;
	/** How much is wrong: what pages, by severity, and what is only borne with. */
	readonly wrong: Wrong;
	/** Cluster-wide: missing permissions by name, and the like. */
	readonly notes: readonly Note[];
	/** What is told while the API server does not answer: what its doors say, what was known last, and the way on. */
	readonly outage: readonly Note[];
};

/** What is found out about an API server that does not answer; undefined while it does, or nothing is known yet. */
export type Outage = {readonly said: () => readonly Note[] | undefined; readonly subscribe: (listener: () => void) => () => void};

/** Where the picture comes from. */
export type PictureSource = {
	/** The same object as long as nothing has changed. */
	readonly current: () => Picture;
	/** Calls the listener after changes, at most once per frame; returns how to stop that. */
	readonly subscribe: (listener: () => void) => () => void;
	/** The detail of one row; undefined when it is not there (any more). */
	readonly detail: (pane: ViewId, key: string) => Detail | undefined;
	/** Told which detail is open: more is asked for while it is. */
	readonly attend?: (open: {readonly pane: ViewId; readonly key: string} | undefined) => void;
	/** Epoch ms on the server's clock. */
	readonly now: () => number;
};

/** Counts of incidents; `unknown` is what cannot be judged. */
export type Wrong = {
	readonly critical: number;
	readonly warning: number;
	readonly unknown: number;
	readonly risks: number;
	/** Something that is judged has not been read yet: until then nothing is calm. */
	readonly unread: boolean;
};

/** The names of the views, as their titles say them. */
export const paneTitles: Readonly<Record<ViewId, string>> = {
	incidents: 'Incidents',
	nodes: 'Nodes',
	storage: 'Storage tiers',
	bgp: 'BGP peers',
	backups: 'Backup tiers',
	gpu: 'GPU',
	platform: 'Platform',
	timeline: 'Timeline',
	risks: 'Risks and targets',
};

/** What leads to a view. */
const paneCommands: Readonly<Record<ViewId, Command>> = {
	incidents: 'incidents',
	nodes: 'pane1',
	storage: 'pane2',
	bgp: 'pane3',
	backups: 'pane4',
	gpu: 'pane5',
	platform: 'platform',
	timeline: 'timeline',
	risks: 'risks',
};

/** The title of a view with the key that leads to it: `1 Nodes`. */
export function paneTitle(pane: ViewId, {keyOf}: Pick<Keys, 'keyOf'> = usualKeys): string {
	return `${keyOf(paneCommands[pane])} ${paneTitles[pane]}`;
}

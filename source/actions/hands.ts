import type {Reader} from '../cluster/read-once.ts';
import type {Transport} from '../cluster/transport.ts';
import type {ClusterPlace, Environment} from '../files/places.ts';
import type {Settings} from '../settings.ts';
import type {RawName} from '../vocabulary.ts';

/** What is declared for a context about changing anything there. */
export type Guard = {readonly context: RawName; readonly rules: Settings['guards']};

/** All that an action may take hold of: one cluster, as one user, and the disk of this machine. */
export type Hands = {
	readonly transport: Transport;
	/** Epoch ms on the server's clock. */
	readonly now: () => number;
	/** Reads the cluster as it is now; made anew for every plan. */
	readonly reader: () => Reader;
	readonly settings: Settings;
	/** Of other contexts that lead to the same cluster: they hold here as well. */
	readonly guardsBeside?: readonly Guard[];
	/** Reads anew what is declared: a guard that was written meanwhile holds. Rejects where it cannot be read. */
	readonly declared?: () => Promise<Pick<Hands, 'settings' | 'guardsBeside'>>;
	readonly context: RawName;
	/** The namespace of the context. */
	readonly namespace: RawName;
	readonly place: ClusterPlace;
	readonly environment: Environment;
	/** The flags by which commands reach the same cluster: `['--context', 'homelab']`. kubectl takes them too. */
	readonly flags?: readonly string[];
	/** Tokens, keys and passwords of the kubeconfig: never written down. */
	readonly secrets?: readonly string[];
	/** `user@host`, for the lease and the journal. */
	readonly by: string;
	/** midwatch's own. */
	readonly version: string;
	/** It is the embedded cluster: nothing real is changed. */
	readonly demo: boolean;
	/** Given with `--read-only`. */
	readonly readOnly: boolean;
	/** Where the person is: what may only be asked for on the command line is refused elsewhere. */
	readonly from: 'palette' | 'command line';
};

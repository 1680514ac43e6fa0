import type {OutgoingHttpHeaders} from 'node:http';
import type {SafeText} from '../../vocabulary.ts';
import type {ClusterTarget} from '../kubeconfig/target.ts';

/** What goes along with each request, and into the handshake. PEM texts. */
export type Credential = {
	readonly headers: OutgoingHttpHeaders;
	readonly certificate?: string;
	readonly key?: string;
};

/** A credential and until when it may be used: epoch milliseconds, `Infinity` for as long as the server takes it. */
export type Issued = {readonly credential: Credential; readonly until: number};

export type CredentialOptions = {
	readonly env: NodeJS.ProcessEnv;
	/** Whether a plugin may talk to the person at this terminal. */
	readonly interactive: boolean;
	/** Milliseconds a plugin may take. */
	readonly pluginWithin: number;
	/** Milliseconds in which nobody is asked again after a failure (doubled each time, up to a minute) or a renewal: a plugin may open a browser each time. */
	readonly restAfter: {readonly failure: number; readonly renewal: number};
	/** Told what is waited for, each second, and (undefined) when it is over. */
	readonly onWaiting: (why: SafeText | undefined) => void;
};

/** Gets credentials from one kind of place. */
export type Issuer = (target: ClusterTarget, options: CredentialOptions, stop: AbortSignal) => Promise<Issued>;

import {say} from '../../vocabulary.ts';
import {KubeconfigError} from '../kubeconfig/error.ts';
import type {ClusterTarget} from '../kubeconfig/target.ts';
import {safeText} from '../safe-text.ts';
import {TransportError} from '../transport.ts';
import type {Credential, CredentialOptions, Issued, Issuer} from './credential.ts';

/** The credentials of one user. */
export type Credentials = {
	/** Those in use; asked for when there are none yet or they ran out. Rejects with `TransportError`, reason `credentials`. */
	readonly current: () => Promise<Credential>;
	/** Others, because the server refused these; the same object where there is nothing newer to be had. */
	readonly renew: (refused: Credential) => Promise<Credential>;
	/** Stops a plugin that is still running. */
	readonly close: () => void;
};

export function credentialsOf(target: ClusterTarget, options: CredentialOptions): Credentials {
	const stop = new AbortController();
	let issuer: Promise<Issuer> | undefined;
	let held: Issued | undefined;
	let asking: Promise<Credential> | undefined;
	let failures = 0;
	let failure: TransportError | undefined;
	// By a clock that nobody sets: set back, the other one would make a rest of seconds one of hours.
	let restUntil = 0;
	const ask = async (): Promise<Credential> => {
		try {
			issuer ??= issuerOf(target);
			const issued = await (await issuer)(target, options, stop.signal);
			const credential = held !== undefined && same(held.credential, issued.credential) ? held.credential : issued.credential;
			held = {credential, until: issued.until};
			failures = 0;
			failure = undefined;
			return credential;
		} catch (error) {
			failure = asTransportError(error);
			restUntil = performance.now() + Math.min(60_000, options.restAfter.failure * 2 ** failures++);
			throw failure;
		}
	};
	/** Whoever asks meanwhile gets the same answer. */
	const share = (): Promise<Credential> => {
		asking ??= ask().finally(() => {
			asking = undefined;
		});
		return asking;
	};
	return {
		current: () => {
			if (held !== undefined && Date.now() < held.until) return Promise.resolve(held.credential);
			return failure !== undefined && performance.now() < restUntil ? Promise.reject(failure) : share();
		},
		renew: refused => {
			if (asking !== undefined) return asking;
			if (held !== undefined && held.credential !== refused) return Promise.resolve(held.credential);
			if (performance.now() < restUntil) return Promise.resolve(refused);
			restUntil = performance.now() + options.restAfter.renewal;
			return share();
		},
		close: () => stop.abort(),
	};
}

/** Plugins and providers are loaded only for those who have one. */
async function issuerOf(target: ClusterTarget): Promise<Issuer> {
	const {user} = target;
	if (user.exec !== undefined) return (await import('./exec.ts')).fromPlugin;
	if (user.authProvider !== undefined) return (await import('./provider.ts')).fromProvider(target);
	return (await import('./token-file.ts')).fromKubeconfig;
}

function same(a: Credential, b: Credential): boolean {
	return a.certificate === b.certificate && a.key === b.key && JSON.stringify(a.headers) === JSON.stringify(b.headers);
}

function asTransportError(error: unknown): TransportError {
	if (error instanceof TransportError) return error;
	const message = safeText(error instanceof Error ? error.message : String(error), 200);
	return new TransportError(
		'credentials',
		error instanceof KubeconfigError ? error.sentence : say`no credentials: ${message}`,
		error,
	);
}

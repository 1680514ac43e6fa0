import {askJson} from './ask.ts';
import {text} from './raw.ts';
import type {Transport} from './transport.ts';

/** The version of the API server, as it tells it to everybody: `v1.35.4+k3s1`. */
export type ServerVersion = {
	/** Undefined until it has answered. */
	readonly current: () => string | undefined;
	/** Asks again: a server that was away may have come back as another one. */
	readonly renew: () => void;
};

/** Knows the server's version once it is asked; who may not know it goes without. */
export function serverVersion(transport: Transport, changed: () => void): ServerVersion {
	let known: string | undefined;
	const ask = async () => {
		const {json} = await askJson(transport, {path: '/version'});
		const version = text(json.gitVersion, 64);
		if (version === '' || version === known) return;
		known = version;
		changed();
	};
	return {current: () => known, renew: () => void ask().catch(() => {})};
}

import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText} from '../vocabulary.ts';

/** The host of a URL or of `host:port`, in lower case; `''` where there is none. */
export function hostOf(url: SafeText): SafeText {
	const [, host = ''] = /^(?:[a-z][\w+.-]*:\/\/)?(?:[^/@]*@)?(\[[^\]]+\]|[^/:?#]+)/i.exec(url) ?? [];
	return safeText(host.toLowerCase(), 253);
}

/** Where a host is, as far as its name tells: a service of this cluster, a machine of this site, or away from here. */
export type Place = 'cluster' | 'site' | 'away';

const service = /\.svc(\.|$)/;
const privateAddress = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?(f[cd][\da-f]{2}|fe80):)/;
const privateName = /^[^.:]+$|\.(local|localdomain|lan|home|internal|home\.arpa)$/;

/** Without a host it is the provider's own, and away. */
export function placeOf(host: SafeText): Place {
	if (host === own('')) return 'away';
	if (service.test(host)) return 'cluster';
	return privateAddress.test(host) || privateName.test(host) ? 'site' : 'away';
}

import type {Settings} from '../settings.ts';
import type {SafeText} from '../vocabulary.ts';

/** Whether a host is one of the servers that hold the data, by whatever name. */
export function holdsData(host: SafeText, servers: ReadonlySet<string>, aliases: Settings['aliases']): boolean {
	const named = (server: string) => aliases[server] ?? server.toLowerCase();
	return host !== '' && [...servers].some(server => named(server) === named(host));
}

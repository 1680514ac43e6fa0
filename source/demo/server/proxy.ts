import type {ResourceExchange} from './exchange.ts';
import {send} from './respond.ts';
import {notFound, Refusal} from './status.ts';

/** Answers `nodes/proxy`, `pods/proxy` and `services/proxy` from what stands on the stage behind them. */
export function proxy(exchange: ResourceExchange): void {
	const {cluster, address, query} = exchange;
	const {plural, namespace, rest} = address;
	// `https:name:port` and `name:port` speak of the same object.
	const name = bare(address.name);
	if (!cluster.stage.store.get({...address, name})) throw notFound(address, name);
	const key = namespace === '' ? `${plural}/${name}` : `${plural}/${namespace}/${name}`;
	const asked = query.size === 0 ? `/${rest}` : `/${rest}?${query.toString()}`;
	const answer = cluster.stage.proxies.get(key)?.(asked);
	if (answer === undefined) throw unreachable(plural, name);
	// A server that hangs lets the client wait for as long as it likes.
	if (answer !== 'hang') send(exchange, answer.status, answer.type, answer.body);
}

/** The object's name without scheme and port. */
export function bare(name: string): string {
	const parts = name.split(':');
	return (parts.length === 3 ? parts[1] : parts[0]) ?? '';
}

function unreachable(plural: string, name: string): Refusal {
	if (plural === 'services') return new Refusal(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
	return new Refusal(503, 'ServiceUnavailable', `error trying to reach service: dial tcp: connect: connection refused`);
}

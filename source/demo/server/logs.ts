import {items, name, type Raw} from '../../cluster/raw.ts';
import type {KubeObject} from '../model.ts';
import type {ResourceExchange, Response} from './exchange.ts';
import {headersFor} from './respond.ts';
import {badRequest, notFound, Refusal} from './status.ts';

const lookEvery = 250;

/** Answers `pods/log`: the last lines of a container, and the coming ones where they are followed. */
export function readLogs(exchange: ResourceExchange): void {
	const {cluster, address, query, response} = exchange;
	const pod = cluster.stage.store.get(address);
	if (!pod) throw notFound(address, address.name);
	const container = containerOf(pod, query.get('container') ?? '');
	const previous = query.get('previous') === 'true';
	requireStarted(pod as unknown as Raw, container, previous);
	const node = name((pod as unknown as Raw).spec?.nodeName);
	if (cluster.stage.silent.has(node)) {
		throw new Refusal(
			500,
			undefined,
			`Get "https://${node}:10250/containerLogs/${address.namespace}/${address.name}/${container}": dial tcp: i/o timeout`,
		);
	}
	const key = `${address.namespace}/${address.name}/${container}${previous ? '/previous' : ''}`;
	const lines = () => cluster.stage.logs.get(key) ?? [];
	const tail = query.get('tailLines');
	const first = tail === null ? 0 : Math.max(0, lines().length - Number(tail));
	response.writeHead(200, headersFor(exchange, 'text/plain'));
	response.flushHeaders?.();
	response.write(lines().slice(first).map(endLine).join(''));
	if (query.get('follow') === 'true') follow(lines, response);
	else response.end();
}

const endLine = (line: string) => `${line}\n`;

/** Looks for new lines as long as somebody reads. */
function follow(lines: () => readonly string[], response: Response): void {
	let seen = lines().length;
	const timer = setInterval(() => {
		const now = lines();
		if (now.length > seen) response.write(now.slice(seen).map(endLine).join(''));
		seen = now.length;
	}, lookEvery);
	timer.unref();
	response.on('close', () => clearInterval(timer));
}

function containerOf(pod: KubeObject, wanted: string): string {
	const {spec} = pod as unknown as Raw;
	const [names, more] = [spec?.containers, spec?.initContainers].map(list => items(list).map(each => name(each.name) as string));
	const [first = ''] = names ?? [];
	const all = [...(names ?? []), ...(more ?? [])];
	if (wanted === '' && (names ?? []).length === 1) return first;
	if (wanted === '')
		throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, choose one of: [${all.join(' ')}]`);
	if (!all.includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
	return wanted;
}

function requireStarted({status, metadata}: Raw, container: string, previous: boolean): void {
	const all = [...items(status?.containerStatuses), ...items(status?.initContainerStatuses)];
	const {state, lastState} = all.find(each => name(each.name) === container) ?? {};
	const pod = name(metadata?.name);
	if (previous) {
		if (lastState?.terminated !== undefined) return;
		throw badRequest(`previous terminated container "${container}" in pod "${pod}" not found`);
	}
	const isWaiting = state === undefined || (state.waiting !== undefined && lastState?.terminated === undefined);
	if (!isWaiting) return;
	const reason = name(state?.waiting?.reason);
	throw badRequest(`container "${container}" in pod "${pod}" is waiting to start: ${reason || 'ContainerCreating'}`);
}

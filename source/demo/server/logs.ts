import {items, name, type Raw} from '../../cluster/raw.ts';
import type {KubeObject} from '../model.ts';
import {instantOf} from '../objects/time.ts';
import type {ResourceExchange, Response} from './exchange.ts';
import {type LogOptions, parseLogOptions} from './log-options.ts';
import {headersFor} from './respond.ts';
import {badRequest, notFound, Refusal} from './status.ts';

const lookEvery = 250;

/** Answers `pods/log`: the last lines of a container, and the coming ones where they are followed, until it ends. */
export function readLogs(exchange: ResourceExchange): void {
	const {cluster, address, query, response} = exchange;
	const {stage} = cluster;
	const pod = stage.store.get(address);
	if (!pod) throw notFound(address, address.name);
	const options = parseLogOptions(query, address.name, stage.clock.now());
	const container = containerOf(pod, options.container);
	const node = name((pod as unknown as Raw).spec?.nodeName);
	if (node === '') {
		// A pod without a node has no log, which is no failure.
		response.writeHead(204, headersFor(exchange, 'text/plain'));
		response.end();
		return;
	}
	requireStarted(pod as unknown as Raw, container, options.previous);
	const where = `${address.namespace}/${address.name}/${container}`;
	if (stage.silent.has(node)) {
		throw new Refusal(500, undefined, `Get "https://${node}:10250/containerLogs/${where}": dial tcp: i/o timeout`);
	}
	const lines = () => stage.logs.get(`${where}${options.previous ? '/previous' : ''}`) ?? [];
	const written = writer(options, response);
	response.writeHead(200, headersFor(exchange, 'text/plain'));
	response.flushHeaders?.();
	const known = lines();
	written(tailOf(known, options));
	const run = runOf(pod, container);
	if (!options.follow || options.previous || run === undefined) response.end();
	else follow(lines, () => runOf(stage.store.get(address), container) === run, written, response);
}

/** The last lines that are wanted, as far as they are young enough; the time of a line is that it begins with. */
function tailOf(lines: readonly string[], {tail, since}: LogOptions): readonly string[] {
	const young = lines.filter(line => !(instantOf(timeOf(line)) < since) || timeOf(line) === '');
	return young.slice(Math.max(0, young.length - tail));
}

const timeOf = (line: string) => /^\d{4}-\d\d-\d\dT\S+Z/.exec(line)?.[0] ?? '';

/** Writes lines until as many bytes are written as are wanted. */
function writer({timestamps, bytes}: LogOptions, response: Response): (lines: readonly string[]) => void {
	let left = bytes;
	const stamped = (line: string) => `${(timeOf(line) || '1970-01-01T00:00:00Z').replace('Z', '.000000000Z')} ${line}`;
	return lines => {
		const text = Buffer.from(lines.map(line => `${timestamps ? stamped(line) : line}\n`).join(''));
		if (text.length > 0 && left > 0) response.write(text.subarray(0, left));
		left -= text.length;
	};
}

/** Looks for new lines as long as somebody reads and the container runs. */
function follow(
	lines: () => readonly string[],
	isRunning: () => boolean,
	write: (lines: readonly string[]) => void,
	response: Response,
): void {
	let seen = lines().length;
	const timer = setInterval(() => {
		const now = lines();
		write(now.slice(seen));
		seen = now.length;
		if (!isRunning()) response.end();
	}, lookEvery);
	timer.unref();
	response.on('close', () => clearInterval(timer));
}

/** Which run of a container it is; undefined while it does not run. */
function runOf(pod: KubeObject | undefined, container: string): string | undefined {
	const {state, containerID} = statusOf((pod ?? {}) as unknown as Raw, container) ?? {};
	return state?.running === undefined ? undefined : `${name(containerID)} ${name(state.running.startedAt)}`;
}

function statusOf({status}: Raw, container: string): Raw | undefined {
	const all = [...items(status?.containerStatuses), ...items(status?.initContainerStatuses)];
	return all.find(each => name(each.name) === container);
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

function requireStarted(pod: Raw, container: string, previous: boolean): void {
	const {state, lastState} = statusOf(pod, container) ?? {};
	const of = name(pod.metadata?.name);
	if (previous) {
		if (lastState?.terminated !== undefined) return;
		throw badRequest(`previous terminated container "${container}" in pod "${of}" not found`);
	}
	const isWaiting = state === undefined || (state.waiting !== undefined && lastState?.terminated === undefined);
	if (!isWaiting) return;
	const reason = name(state?.waiting?.reason) as string;
	const why = waits[reason] ?? (reason || 'ContainerCreating');
	throw badRequest(`container "${container}" in pod "${of}" is waiting to start: ${why}`);
}

/** What a kubelet says of images instead of its own reason. */
const waits: Readonly<Record<string, string>> = {
	ErrImagePull: "image can't be pulled",
	ImagePullBackOff: 'trying and failing to pull image',
};

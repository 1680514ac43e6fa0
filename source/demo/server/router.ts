import {authenticate, authorizePath} from './access.ts';
import {parseAddress} from './address.ts';
import {describeGroup, describeVersion, discoverRoot} from './discovery.ts';
import type {Cluster, Exchange, Request, Response} from './exchange.ts';
import {health, version} from './health.ts';
import {openapi} from './openapi.ts';
import {answerResource} from './resource.ts';
import {sendJson, sendStatus, sendText} from './respond.ts';
import {methodNotAllowed, Refusal} from './status.ts';
import type {Users} from './users.ts';

/** Answers one request, whatever becomes of it. */
export async function answer(cluster: Cluster, users: Users, request: Request, response: Response): Promise<void> {
	const answering = {cluster, request, response};
	try {
		const [path = '', search] = (request.url ?? '/').split(/\?(.*)/s);
		const {delayMs} = cluster.stage.server;
		if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs));
		const user = authenticate(users.byToken, request.headers.authorization);
		await route({...answering, method: request.method ?? 'GET', path, query: new URLSearchParams(search), user});
	} catch (error) {
		// The client went away, or the answer broke off in its middle: nothing more can be said.
		if (response.headersSent || response.destroyed) response.destroy();
		else if (error instanceof Refusal) sendStatus(answering, error.status);
		else sendStatus(answering, new Refusal(500, 'InternalError', `Internal error occurred: ${String(error)}`).status);
	}
}

async function route(exchange: Exchange): Promise<void> {
	const {path, method, user, cluster} = exchange;
	const address = parseAddress(path);
	if (address) return answerResource({...exchange, address});

	authorizePath(user, method.toLowerCase(), path);
	if (!['GET', 'HEAD'].includes(method)) throw methodNotAllowed();
	if (/^\/(readyz|livez|healthz)(\/|$)/.test(path)) return health(exchange);
	if (/^\/version\/?$/.test(path)) return version(exchange);
	if (/^\/openapi\/v3(\/|$)/.test(path)) return openapi(exchange);
	if (/^\/apis?\/?$/.test(path)) return discoverRoot(exchange, !path.startsWith('/apis'));
	const document = describe(exchange);
	if (document) sendJson(exchange, 200, document);
	else if (path === '/') sendJson(exchange, 200, {paths: rootPaths(cluster)});
	else sendText(exchange, 404, '404 page not found\n');
}

/** The discovery document of a group or of a group version. */
function describe({path, cluster}: Exchange): object | undefined {
	const [, root, first = '', second = ''] = path.replace(/\/$/, '').split('/');
	const resources = cluster.stage.store.resources();
	if (root === 'api') return describeVersion(resources, '', first);
	if (root !== 'apis') return undefined;
	return second === '' ? describeGroup(resources, first) : describeVersion(resources, first, second);
}

function rootPaths({stage: {store}}: Cluster): string[] {
	const versions = store.resources().flatMap(({group, versions}) => versions.map(version => `/apis/${group}/${version}`));
	const groups = store.resources().map(({group}) => `/apis/${group}`);
	const named = [...groups, ...versions].filter(path => !path.startsWith('/apis/') || path.split('/')[2] !== '');
	return [...new Set(['/api', '/api/v1', '/apis', ...named, '/healthz', '/livez', '/openapi/v3', '/readyz', '/version'])].sort();
}

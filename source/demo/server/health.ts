import type {Exchange} from './exchange.ts';
import {sendJson, sendText} from './respond.ts';

const checks: Readonly<Record<string, readonly string[]>> = {
	livez: ['ping', 'log', 'etcd', 'poststarthook/start-apiextensions-controllers', 'poststarthook/crd-informer-synced'],
	readyz: [
		'ping',
		'log',
		'etcd',
		'etcd-readiness',
		'informer-sync',
		'poststarthook/start-apiextensions-controllers',
		'poststarthook/crd-informer-synced',
		'poststarthook/rbac/bootstrap-roles',
		'shutdown',
	],
	healthz: ['ping', 'log', 'etcd'],
};

/** Answers `/readyz`, `/livez` and `/healthz`, also for one check, with `?verbose`, and but for some (`?exclude`). */
export function health(exchange: Exchange): void {
	const [endpoint = '', ...rest] = exchange.path.slice(1).split('/');
	const only = rest.join('/');
	const names = (checks[endpoint] ?? []).filter(name => only === '' || name === only);
	const failing = exchange.cluster.stage.server.failing;
	const spared = new Set(exchange.query.getAll('exclude'));
	const isBad = (name: string) => failing && name.startsWith('etcd') && !spared.has(name);
	const verdict = names.some(isBad) ? 'failed' : 'passed';
	const lines = names.map(name => {
		if (spared.has(name)) return `[+]${name} excluded: ok`;
		return isBad(name) ? `[-]${name} failed: reason withheld` : `[+]${name} ok`;
	});
	const report = [...lines, `${endpoint} check ${verdict}`, ''].join('\n');
	if (names.length === 0) sendText(exchange, 404, '404 page not found\n');
	else if (verdict === 'failed') sendText(exchange, 500, report);
	else sendText(exchange, 200, exchange.query.has('verbose') && only === '' ? report : 'ok');
}

/** Answers `/version`. */
export function version(exchange: Exchange): void {
	const gitVersion = exchange.cluster.version;
	const [, major = '1', minor = '36'] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
	sendJson(exchange, 200, {
		major,
		minor,
		gitVersion,
		gitCommit: '0000000000000000000000000000000000000000',
		gitTreeState: 'clean',
		buildDate: '2026-09-16T12:00:00Z',
		goVersion: 'go1.26.3',
		compiler: 'gc',
		platform: 'linux/amd64',
	});
}

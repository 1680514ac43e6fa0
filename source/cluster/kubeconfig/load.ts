import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {own, type RawName, say} from '../../vocabulary.ts';
import {fromContext, readServer} from './context.ts';
import {KubeconfigError} from './error.ts';
import {type Kubeconfig, readKubeconfigs, scalar} from './file.ts';
import {places, readable} from './places.ts';
import type {ClusterTarget} from './target.ts';

export type Wish = {
	/** `--kubeconfig`: this file only. */
	readonly path?: string;
	/** `--context`; the current one when missing. */
	readonly context?: string;
	/** `--server`: another address of the same cluster; CA and credentials stay. */
	readonly server?: string;
	readonly env: NodeJS.ProcessEnv;
	/** Where the file system starts, `/`; another in tests. */
	readonly root?: string;
};

/**
 * Finds the cluster to talk to: `--kubeconfig`, `KUBECONFIG`, `~/.kube/config`, the service account of a pod, k3s' own file.
 * Throws `KubeconfigError`.
 */
export async function loadKubeconfig(wish: Wish): Promise<ClusterTarget> {
	const found = await find(wish);
	const target = 'kubeconfig' in found ? fromContext(found.kubeconfig, wish.context, found.flag) : found.target;
	return wish.server === undefined ? target : redirected(target, wish.server);
}

/** One context of a kubeconfig. */
export type Context = {
	readonly name: RawName;
	readonly clusterName: RawName;
	readonly namespace: RawName;
	readonly isCurrent: boolean;
};

/** The contexts there are, in the order of the files. Throws `KubeconfigError`. */
export async function listContexts(wish: Wish): Promise<readonly Context[]> {
	const found = await find(wish);
	if (!('kubeconfig' in found))
		return [
			{name: found.target.contextName, clusterName: found.target.clusterName, namespace: found.target.namespace, isCurrent: true},
		];
	const {contexts, currentContext} = found.kubeconfig;
	return [...contexts].map(([name, {value}]) => ({
		name: name as RawName,
		clusterName: scalar(value.cluster) as RawName,
		namespace: (scalar(value.namespace) || 'default') as RawName,
		isCurrent: name === currentContext,
	}));
}

/** `flag` is the file that kubectl would not find by itself. */
type Found = {readonly kubeconfig: Kubeconfig; readonly flag: string | undefined} | {readonly target: ClusterTarget};

async function find(wish: Wish): Promise<Found> {
	const where = places(wish.path, wish.env, wish.root ?? '/');
	const kubeconfig = await readKubeconfigs(where.files);
	if (kubeconfig.contexts.size > 0 || (where.named && kubeconfig.files.length > 0)) return {kubeconfig, flag: wish.path};
	if (!where.named && where.serviceAccount !== undefined) return {target: inPod(where.serviceAccount, wish.env)};
	if (!where.named && readable(where.k3s)) return {kubeconfig: await readKubeconfigs([where.k3s]), flag: where.k3s};
	if (wish.server !== undefined && wish.path === undefined && wish.context === undefined) return {target: bare};
	throw new KubeconfigError(say`no kubeconfig: ${where.looked}; name one with --kubeconfig, or look around with: midwatch demo`);
}

/** Another door to the same cluster. Like kubectl, it drops `tls-server-name`, which was for the first door. */
function redirected(target: ClusterTarget, address: string): ClusterTarget {
	const server = readServer(/^https?:\/\//.test(address) ? address : `https://${address}`, own('--server'));
	const {serverName: _, ...tls} = target.tls;
	return {...target, server, declared: target.server, tls, ...(server.protocol === 'http:' && {user: {impersonate: {}}})};
}

function inPod(directory: string, env: NodeJS.ProcessEnv): ClusterTarget {
	const host = env.KUBERNETES_SERVICE_HOST ?? '';
	const namespace = join(directory, 'namespace');
	return {
		...bare,
		contextName: 'in-cluster' as RawName,
		clusterName: 'in-cluster' as RawName,
		server: readServer(
			`https://${host.includes(':') ? `[${host}]` : host}:${env.KUBERNETES_SERVICE_PORT ?? 443}`,
			own('this pod'),
		),
		namespace: (readable(namespace) ? readFileSync(namespace, 'utf8').trim() : 'default') as RawName,
		tls: {insecure: false, authority: {file: join(directory, 'ca.crt')}},
		user: {tokenFile: join(directory, 'token'), impersonate: {}},
		source: own('the service account of this pod'),
	};
}

/** No kubeconfig at all: `--server http://127.0.0.1:8001` of a `kubectl proxy`. */
const bare: ClusterTarget = {
	contextName: '' as RawName,
	clusterName: '' as RawName,
	userName: '' as RawName,
	server: new URL('http://localhost:8080'),
	namespace: 'default' as RawName,
	tls: {insecure: false},
	user: {impersonate: {}},
	source: own('--server'),
	files: [],
	kubectlFlags: own(''),
};

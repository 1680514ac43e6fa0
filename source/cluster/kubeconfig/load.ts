import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {safeText} from '../safe-text.ts';
import {KubeconfigError} from './error.ts';
import {type Entry, extension, type Kubeconfig, readKubeconfigs, scalar} from './file.ts';
import {readPem} from './pem.ts';
import {places, readable} from './places.ts';
import type {ClusterTarget} from './target.ts';
import {readUser} from './user.ts';

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
	const target = 'kubeconfig' in found ? fromContext(found.kubeconfig, wish) : found.target;
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

async function find(wish: Wish): Promise<{kubeconfig: Kubeconfig} | {target: ClusterTarget}> {
	const where = places(wish.path, wish.env, wish.root ?? '/');
	const kubeconfig = await readKubeconfigs(where.files);
	if (kubeconfig.contexts.size > 0 || (where.named && kubeconfig.files.length > 0)) return {kubeconfig};
	if (!where.named && where.serviceAccount !== undefined) return {target: inPod(where.serviceAccount, wish.env)};
	if (!where.named && readable(where.k3s)) return {kubeconfig: await readKubeconfigs([where.k3s])};
	if (wish.server !== undefined && wish.path === undefined && wish.context === undefined) return {target: bare};
	throw new KubeconfigError(say`no kubeconfig: ${where.looked}; name one with --kubeconfig, or look around with: midwatch demo`);
}

function fromContext(kubeconfig: Kubeconfig, wish: Wish): ClusterTarget {
	const files = safeText(kubeconfig.files.join(', '));
	const contextName = chooseContext(kubeconfig, wish.context, files);
	const context = kubeconfig.contexts.get(contextName)?.value ?? {};
	const clusterName = scalar(context.cluster);
	const userName = scalar(context.user);
	const cluster = kubeconfig.clusters.get(clusterName);
	const user = kubeconfig.users.get(userName);
	const missing =
		cluster === undefined
			? say`cluster ${quote(clusterName)}`
			: user === undefined && userName !== ''
				? say`user ${quote(userName)}`
				: undefined;
	if (cluster === undefined || missing !== undefined)
		throw new KubeconfigError(
			say`context ${quote(contextName)} names the ${missing ?? own('cluster')}, which is not in ${files}`,
		);
	const server = readServer(scalar(cluster.value.server), say`cluster ${quote(clusterName)} in ${safeText(cluster.file)}`);
	const kubectl = [...(wish.path === undefined ? [] : ['--kubeconfig', wish.path]), '--context', contextName];
	const none: Entry = {value: {}, file: cluster.file};
	return {
		contextName: contextName as RawName,
		clusterName: clusterName as RawName,
		userName: userName as RawName,
		namespace: (scalar(context.namespace) || 'default') as RawName,
		server,
		...readCluster(cluster, clusterName),
		// As client-go does: nobody's token goes over a line that everybody can read.
		user: readUser(server.protocol === 'https:' && user ? user : none, userName),
		source: safeText(kubeconfig.contexts.get(contextName)?.file ?? ''),
		kubectlFlags: safeText(kubectl.map(shellWord).join(' ')),
	};
}

function readCluster(cluster: Entry, name: string): Pick<ClusterTarget, 'tls' | 'proxy' | 'execConfig'> {
	const {value} = cluster;
	const insecure = scalar(value['insecure-skip-tls-verify']) === 'true';
	const authority = insecure ? undefined : readPem(cluster, 'certificate-authority', say`cluster ${safeText(name)}`);
	const serverName = scalar(value['tls-server-name']);
	const proxy = scalar(value['proxy-url']);
	const execConfig = extension(value, 'client.authentication.k8s.io/exec');
	return {
		tls: {insecure, ...(authority && {authority}), ...(serverName !== '' && {serverName})},
		...(proxy !== '' && {proxy}),
		...(execConfig && {execConfig}),
	};
}

function chooseContext({contexts, currentContext}: Kubeconfig, wanted: string | undefined, files: SafeText): string {
	const names = [...contexts.keys()];
	const [only] = names;
	const name = wanted ?? (currentContext === '' && names.length === 1 ? (only ?? '') : currentContext);
	if (contexts.has(name)) return name;
	const there =
		names.length === 0
			? own('there are none')
			: say`there are ${safeText(names.slice(0, 12).join(', '))}${own(names.length > 12 ? ', …' : '')}`;
	throw new KubeconfigError(
		name === ''
			? say`${files} has no current context: choose one with --context; ${there}`
			: say`there is no context ${quote(name)} in ${files}: ${there}`,
	);
}

/** Another door to the same cluster. Like kubectl, it drops `tls-server-name`, which was for the first door. */
function redirected(target: ClusterTarget, address: string): ClusterTarget {
	const server = readServer(/^https?:\/\//.test(address) ? address : `https://${address}`, own('--server'));
	const {serverName: _, ...tls} = target.tls;
	return {...target, server, tls, ...(server.protocol === 'http:' && {user: {impersonate: {}}})};
}

function readServer(address: string, of: SafeText): URL {
	const server = URL.canParse(address) ? new URL(address) : undefined;
	if (server && /^https?:$/.test(server.protocol) && server.hostname !== '') return server;
	throw new KubeconfigError(say`the server of ${of} is ${quote(address)}, which is not an address like https://nuc-1:6443`);
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
	kubectlFlags: own(''),
};

function quote(name: string): SafeText {
	return say`"${safeText(name, 120)}"`;
}

/** Quoted for a POSIX shell where it has to be. */
function shellWord(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

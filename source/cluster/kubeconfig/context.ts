import {shellWord} from '../../shell-word.ts';
import {own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {safeText} from '../safe-text.ts';
import {KubeconfigError} from './error.ts';
import {type Entry, extension, type Kubeconfig, scalar} from './file.ts';
import {readPem} from './pem.ts';
import type {ClusterTarget} from './target.ts';
import {readUser} from './user.ts';

/**
 * What a context points to. `wanted` undefined: the current one; `flag` is the file to name to kubectl, where it needs that.
 * Throws `KubeconfigError` where something it names is not there or cannot work.
 */
export function fromContext(kubeconfig: Kubeconfig, wanted: string | undefined, flag: string | undefined): ClusterTarget {
	const {name, file, context} = chooseContext(kubeconfig, wanted);
	const clusterName = scalar(context.cluster);
	const userName = scalar(context.user);
	const lookUp = (kind: 'cluster' | 'user', of: string): Entry => {
		const found = kubeconfig[`${kind}s`].get(of);
		if (found !== undefined) return found;
		throw new KubeconfigError(
			say`context ${quote(name)} names the ${own(kind)} ${quote(of)}, which is not in ${listed(kubeconfig.files)}`,
		);
	};
	const cluster = lookUp('cluster', clusterName);
	const user = userName === '' ? {value: {}, file} : lookUp('user', userName);
	const server = readServer(scalar(cluster.value.server), say`cluster ${quote(clusterName)} in ${safeText(cluster.file)}`);
	return {
		contextName: name as RawName,
		clusterName: clusterName as RawName,
		userName: userName as RawName,
		namespace: (scalar(context.namespace) || 'default') as RawName,
		server,
		...readCluster(cluster, clusterName),
		// As client-go does: nobody's token goes over a line that everybody can read.
		user: server.protocol === 'https:' ? readUser(user, userName) : {impersonate: {}},
		source: safeText(file),
		files: kubeconfig.files,
		kubectlFlags: safeText([...(flag === undefined ? [] : ['--kubeconfig', flag]), '--context', name].map(shellWord).join(' ')),
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

function chooseContext({contexts, currentContext, files}: Kubeconfig, wanted: string | undefined) {
	const names = [...contexts.keys()];
	const [only] = names;
	const name = wanted ?? (currentContext === '' && names.length === 1 ? (only ?? '') : currentContext);
	const found = contexts.get(name);
	if (found !== undefined) return {name, file: found.file, context: found.value};
	const there =
		names.length === 0
			? own('there are none')
			: say`there are ${safeText(names.slice(0, 12).join(', '))}${own(names.length > 12 ? ', …' : '')}`;
	throw new KubeconfigError(
		name === ''
			? say`${listed(files)} has no current context: choose one with --context; ${there}`
			: say`there is no context ${quote(name)} in ${listed(files)}: ${there}`,
	);
}

function listed(files: readonly string[]): SafeText {
	return safeText(files.join(', '));
}

/** The address of an API server. `of` says whose. Throws `KubeconfigError` for anything else. */
export function readServer(address: string, of: SafeText): URL {
	const server = URL.canParse(address) ? new URL(address) : undefined;
	if (server && /^https?:$/.test(server.protocol) && server.hostname !== '') return server;
	throw new KubeconfigError(say`the server of ${of} is ${quote(address)}, which is not an address like https://nuc-1:6443`);
}

function quote(name: string): SafeText {
	return say`"${safeText(name, 120)}"`;
}

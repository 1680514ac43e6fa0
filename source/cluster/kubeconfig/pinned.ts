import {say} from '../../vocabulary.ts';
import type {Raw} from '../raw.ts';
import {safeText} from '../safe-text.ts';
import {KubeconfigError} from './error.ts';
import {type Entry, readKubeconfigs, resolvePath, scalar} from './file.ts';
import type {ClusterTarget, Pem} from './target.ts';

/** An entry with its paths made absolute: it will stand in another folder. */
function withPaths({value, file}: Entry, fields: readonly string[]): Record<string, unknown> {
	const paths = fields
		.filter(field => scalar(value[field]) !== '')
		.map(field => [field, resolvePath(scalar(value[field]), file)]);
	return {...value, ...Object.fromEntries(paths)};
}

function userOf(entry: Entry | undefined): object {
	if (entry === undefined) return {};
	const user = withPaths(entry, ['client-certificate', 'client-key', 'tokenFile']);
	const exec = entry.value.exec as Raw | undefined;
	const command = scalar(exec?.command);
	return /[\\/]/.test(command) ? {...user, exec: {...exec, command: resolvePath(command, entry.file)}} : user;
}

/** Another door to the same cluster, as `--server` asks for it: like kubectl, without the name that the first door goes by. */
function clusterOf(entry: Entry, {server, declared}: ClusterTarget): object {
	const cluster = withPaths(entry, ['certificate-authority']);
	if (declared === undefined) return cluster;
	const {'tls-server-name': _, ...others} = cluster;
	return {...others, server: server.href};
}

const pemField = (name: string, pem: Pem | undefined): object =>
	pem === undefined ? {} : 'file' in pem ? {[name]: pem.file} : {[`${name}-data`]: Buffer.from(pem.pem).toString('base64')};

/** Where no kubeconfig was read: in a pod, or with `--server` alone. */
function fromTarget({server, tls, user}: ClusterTarget): {readonly cluster: object; readonly user: object} {
	return {
		cluster: {server: server.href, ...pemField('certificate-authority', tls.authority)},
		user: {...(user.tokenFile !== undefined && {tokenFile: user.tokenFile})},
	};
}

async function fromFiles(target: ClusterTarget): Promise<{readonly cluster: object; readonly user: object}> {
	const {clusters, users} = await readKubeconfigs(target.files);
	const cluster = clusters.get(target.clusterName);
	const expected = (target.declared ?? target.server).href;
	const server = scalar(cluster?.value.server);
	if (cluster === undefined || !URL.canParse(server) || new URL(server).href !== expected) {
		throw new KubeconfigError(
			say`the context ${safeText(target.contextName)} led to ${safeText(expected)} when this began, and does no more: ${target.source} was changed`,
		);
	}
	return {cluster: clusterOf(cluster, target), user: userOf(users.get(target.userName))};
}

/**
 * A kubeconfig with nothing but the context of a target, as an object; credential plugins, extensions and the like stay as they are.
 * @throws KubeconfigError where the context is gone, or leads to another server than it did
 */
export async function pinnedKubeconfig(target: ClusterTarget): Promise<object> {
	const {cluster, user} = await (target.files.length === 0 ? fromTarget(target) : fromFiles(target));
	const name = target.contextName === '' ? 'pinned' : target.contextName;
	const [clusterName, userName] = [target.clusterName || name, target.userName || name];
	return {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': name,
		contexts: [{name, context: {cluster: clusterName, user: userName, namespace: target.namespace}}],
		clusters: [{name: clusterName, cluster}],
		users: [{name: userName, user}],
	};
}

import {rmSync} from 'node:fs';
import {chmod, mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Where a cluster is and how to come in. */
export type Access = {readonly server: string; readonly ca: string; readonly token: string; readonly contextName: string};

/** Writes kubeconfigs into private temporary folders, until `clear` takes them away again. */
export function kubeconfigWriter(access: Access): {write: () => Promise<string>; clear: () => void} {
	const folders: string[] = [];
	const remove = () => {
		for (const folder of folders) rmSync(folder, {recursive: true, force: true});
	};
	// A signal ends the process without closing anything, and the token is not to stay behind.
	process.on('exit', remove);
	return {
		write: async () => {
			const folder = await mkdtemp(join(tmpdir(), 'midwatch-demo-'));
			folders.push(folder);
			await chmod(folder, 0o700);
			const path = join(folder, 'kubeconfig');
			await writeFile(path, kubeconfig(access), {mode: 0o600});
			return path;
		},
		clear: () => {
			remove();
			process.off('exit', remove);
		},
	};
}

/** JSON is YAML. */
function kubeconfig({server, ca, token, contextName: name}: Access): string {
	const config = {
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{name, cluster: {server, 'certificate-authority-data': Buffer.from(ca).toString('base64')}}],
		users: [{name, user: {token}}],
		contexts: [{name, context: {cluster: name, user: name, namespace: 'default'}}],
		'current-context': name,
	};
	return `${JSON.stringify(config, null, '\t')}\n`;
}

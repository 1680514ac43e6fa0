import {accessSync, constants, existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {safeText} from '../safe-text.ts';

/** Where this process could learn about a cluster, in the order of kubectl, then what k3s left on this machine. */
export type Places = {
	readonly files: readonly string[];
	/** True where the user named the files (flag or `KUBECONFIG`): nothing else is looked at then. */
	readonly named: boolean;
	/** Directory of the service account when this runs in a pod. */
	readonly serviceAccount?: string;
	readonly k3s: string;
	/** What a person is told when there is nothing at any of them. */
	readonly looked: SafeText;
};

/** `root` is where the file system starts; other than `/` in tests only. */
export function places(path: string | undefined, env: NodeJS.ProcessEnv, root: string): Places {
	const serviceAccount = join(root, 'var/run/secrets/kubernetes.io/serviceaccount');
	const inPod = Boolean(env.KUBERNETES_SERVICE_HOST) && existsSync(join(serviceAccount, 'token'));
	const k3s = join(root, 'etc/rancher/k3s/k3s.yaml');
	const listed = [...new Set((env.KUBECONFIG ?? '').split(delimiter).filter(file => file !== ''))];
	const home = env.HOME ?? env.USERPROFILE;
	const files = path !== undefined ? [path] : listed.length > 0 ? listed : home ? [join(home, '.kube', 'config')] : [];
	const named = path !== undefined || listed.length > 0;
	const names = safeText(files.join(', '));
	const looked = named
		? say`${names} ${own(files.length > 1 ? 'are' : 'is')} not there`
		: say`KUBECONFIG is not set, ${files.length > 0 ? say`there is no ${names}` : own('HOME is not set')}, this is not a pod, and ${safeText(k3s)} ${own(existsSync(k3s) ? 'may not be read (try sudo)' : 'is not there')}`;
	return {files, named, ...(inPod ? {serviceAccount} : {}), k3s, looked};
}

/** Whether this user may read the file. */
export function readable(file: string): boolean {
	try {
		accessSync(file, constants.R_OK);
		return true;
	} catch {
		return false;
	}
}

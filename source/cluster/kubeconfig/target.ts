import type {RawName, SafeText} from '../../vocabulary.ts';
import type {Raw} from '../raw.ts';

/** A certificate or key: PEM text from the kubeconfig itself, or a file (absolute path) that is read when it is needed. */
export type Pem = {readonly pem: string} | {readonly file: string};

/** A program that hands out credentials, as `users[].user.exec` describes it. */
export type ExecPlugin = {
	/** A name to be found on PATH, or an absolute path. */
	readonly command: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly apiVersion: 'client.authentication.k8s.io/v1' | 'client.authentication.k8s.io/v1beta1';
	readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always';
	readonly provideClusterInfo: boolean;
	/** Said when the program is missing; '' for none. */
	readonly installHint: SafeText;
};

/** How the user is known to the server. Several may be set; `exec` and `authProvider` come before tokens. */
export type UserCredentials = {
	readonly certificate?: Pem;
	readonly key?: Pem;
	readonly token?: string;
	/** Absolute path; read again every minute and comes before `token`. */
	readonly tokenFile?: string;
	readonly basic?: {readonly username: string; readonly password: string};
	readonly exec?: ExecPlugin;
	/** `auth-provider` as it stands in the file; `@kubernetes/client-node` knows what to do with it. */
	readonly authProvider?: Raw;
	/** `Impersonate-…` headers of `as`, `as-groups`, `as-uid` and `as-user-extra`. */
	readonly impersonate: Readonly<Record<string, string | string[]>>;
};

/** Everything needed to reach one cluster as one user. */
export type ClusterTarget = {
	readonly contextName: RawName;
	readonly clusterName: RawName;
	readonly userName: RawName;
	/** May have a path (Rancher), under which the API is served. */
	readonly server: URL;
	/** What the kubeconfig says where `--server` asks for another: the cluster is known by it. */
	readonly declared?: URL;
	/** The namespace of the context; `default` where it names none. */
	readonly namespace: RawName;
	/** `authority` missing: the authorities this machine trusts. */
	readonly tls: {readonly authority?: Pem; readonly serverName?: string; readonly insecure: boolean};
	/** From the kubeconfig; the environment's proxies are looked up when connecting. */
	readonly proxy?: string;
	readonly user: UserCredentials;
	/** What exec plugins get as `spec.cluster.config`: the cluster's extension `client.authentication.k8s.io/exec`. */
	readonly execConfig?: Raw;
	/** Where it was found: a path, `--server`, or `the service account of this pod`. */
	readonly source: SafeText;
	/** The kubeconfigs that were read, as kubectl would list them in `KUBECONFIG`; none in a pod or with `--server` alone. */
	readonly files: readonly string[];
	/** The flags that make kubectl use the same: `--kubeconfig X --context Y`, quoted for a shell. */
	readonly kubectlFlags: SafeText;
};

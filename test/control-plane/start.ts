import {writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {connect} from '../conformance/client.ts';
import type {Rule} from '../conformance/target.ts';
import {buildControlPlane} from './build.ts';
import {type Identity, issueClient, issueServer, type KeyPair, makeAuthority, makeTokenKeys} from './certificates.ts';
import {commandLines, etcdUrl, type Layout, type Settings, serverUrl} from './command-lines.ts';
import {applyCrds, type CrdSet} from './crds.ts';
import {type Etcd, openEtcd} from './etcd.ts';
import {type Keeper, startKeeper} from './keeper.ts';
import {writeKubeconfig} from './kubeconfig.ts';
import {type Kubectl, makeKubectl} from './kubectl.ts';
import {type LimitedUser, makeLimitedUser} from './limited-user.ts';
import {addNodes, type NodeTemplate} from './nodes.ts';
import {type Process, prepare} from './process.ts';

export type ProgramName = keyof ReturnType<typeof commandLines>;

/** A user with a client certificate, and the path of a kubeconfig that holds it. */
export type User = KeyPair & {readonly kubeconfig: string};

/** A whole control plane on 127.0.0.1, of the real programs. See `startControlPlane`. */
export type ControlPlane = {
	/** `https://127.0.0.1:port` */
	readonly server: string;
	/** The authority of the server's certificate, PEM. */
	readonly ca: string;
	/** All its files; vanishes with `stop`. */
	readonly directory: string;
	/** Of the administrator (`system:masters`); its context is `real`. */
	readonly kubeconfig: string;
	readonly admin: User;
	readonly kubectl: Kubectl;
	readonly etcd: Etcd;
	/** The programs: freeze (SIGSTOP), thaw, kill, restart. */
	readonly processes: Readonly<Record<ProgramName, Process>>;
	/** A client certificate for anybody, as short-lived as wanted; it grants nothing by itself. */
	readonly issueUser: (identity: Identity) => Promise<User>;
	/** A user who may do only what the rules say in one namespace, which is made where it is missing. */
	readonly limitedKubeconfig: (options: {namespace: string; rules: readonly Rule[]; validFor?: number}) => Promise<LimitedUser>;
	/** Adds nodes that kwok keeps alive, and resolves with their names when all are Ready. */
	readonly addNodes: (count: number, template?: NodeTemplate) => Promise<string[]>;
	/** Adds custom resources (all sets unless said) and resolves when they are served. */
	readonly applyCrds: (sets?: readonly CrdSet[]) => Promise<void>;
	/** Forgets all history; restarts the API server, for its caches remember too. */
	readonly compact: () => Promise<void>;
	/** Ends everything and removes every file. */
	readonly stop: () => Promise<void>;
};

export type Options = Settings & {
	/** What not to start. Without the controller manager no pod can be made (its service account is missing). */
	readonly without?: readonly ProgramName[];
};

/**
 * Starts etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok with certificates of their own, RBAC
 * on and no anonymous users; builds them first where they are missing. About 4 s.
 *
 * They are taken down by `stop`, and by a keeper process however this process ends.
 *
 * @throws with the last lines of a program's log where it does not come up; nothing is left running then.
 */
export async function startControlPlane(options: Options = {}): Promise<ControlPlane> {
	const binaries = await buildControlPlane();
	const keeper = await startKeeper();
	try {
		return await assemble(binaries, keeper, options);
	} catch (error) {
		await keeper.release();
		throw error;
	}
}

async function assemble(binaries: string, keeper: Keeper, options: Options): Promise<ControlPlane> {
	const {directory} = keeper;
	const [etcdPort = 0, etcdPeer = 0, apiserver = 0, kwok = 0] = await freePorts(4);
	const layout: Layout = {directory, ports: {etcd: etcdPort, etcdPeer, apiserver, kwok}};
	const authority = await makeAuthority('midwatch-test');
	const server = serverUrl(layout);
	const ca = authority.certificate;

	const issueUser = async (identity: Identity): Promise<User> => {
		const pair = await issueClient(authority, identity);
		const kubeconfig = join(directory, `${identity.user.replace('system:', '')}.kubeconfig`);
		return {
			...pair,
			kubeconfig: await writeKubeconfig(kubeconfig, {server, ca, user: pair, namespace: identity.namespace ?? 'default'}),
		};
	};
	await writeFiles(directory, authority);
	const admin = await issueUser({user: 'admin', groups: ['system:masters']});
	await issueUser({user: 'system:kube-controller-manager'});
	await issueUser({user: 'system:kube-scheduler'});

	const etcd = openEtcd(etcdUrl(layout));
	const client = connect({server, ca}, 'http/1.1', admin);
	const isServing = async (path: string) => {
		const {status} = await client.ask(path);
		if (status !== 200) throw new Error(`${path} answers ${status}`);
	};
	const ready: Partial<Record<ProgramName, () => Promise<void>>> = {
		etcd: etcd.isHealthy,
		'kube-apiserver': () => isServing('/readyz'),
		kwok: async () => {
			await fetch(`http://127.0.0.1:${kwok}/healthz`);
		},
		'kube-controller-manager': () => isServing('/api/v1/namespaces/default/serviceaccounts/default'),
	};
	const program = (name: ProgramName): Process =>
		prepare(
			{
				name,
				file: join(binaries, name),
				args: commandLines(layout, options)[name],
				log: join(directory, `${name}.log`),
				isReady: ready[name] ?? (async () => {}),
			},
			keeper,
		);
	const processes: ControlPlane['processes'] = {
		etcd: program('etcd'),
		'kube-apiserver': program('kube-apiserver'),
		'kube-controller-manager': program('kube-controller-manager'),
		'kube-scheduler': program('kube-scheduler'),
		kwok: program('kwok'),
	};
	const wanted = (name: ProgramName) => options.without?.includes(name) !== true;
	const start = async (name: ProgramName) => (wanted(name) ? processes[name].start() : undefined);
	await start('etcd');
	await start('kube-apiserver');
	await Promise.all([start('kube-controller-manager'), start('kube-scheduler'), start('kwok')]);

	const kubectl = makeKubectl(join(binaries, 'kubectl'), admin.kubeconfig, directory);
	return {
		server,
		ca,
		directory,
		kubeconfig: admin.kubeconfig,
		admin,
		kubectl,
		etcd,
		processes,
		issueUser,
		limitedKubeconfig: wishes => makeLimitedUser({...wishes, kubectl, issueUser}),
		addNodes: (count, template) => addNodes(client, count, template),
		applyCrds: sets => applyCrds(kubectl, sets),
		compact: async () => {
			await etcd.compact();
			await processes['kube-apiserver'].restart();
		},
		stop: async () => {
			client.close();
			await keeper.release();
		},
	};
}

async function writeFiles(directory: string, authority: KeyPair): Promise<void> {
	const server = await issueServer(authority);
	const tokens = makeTokenKeys();
	const files = {
		'ca.crt': authority.certificate,
		'ca.key': authority.key,
		'server.crt': server.certificate,
		'server.key': server.key,
		'tokens.key': tokens.privateKey,
		'tokens.pub': tokens.publicKey,
	};
	const write = ([name, text]: [string, string]) => writeFile(join(directory, name), text, {mode: 0o600});
	await Promise.all(Object.entries(files).map(write));
}

/** Ports nobody uses now. They are held until all are known, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
	const servers = Array.from({length: count}, () => createServer());
	const ports = await Promise.all(
		servers.map(
			server =>
				new Promise<number>((resolve, reject) => {
					server.once('error', reject).listen(0, '127.0.0.1', () => {
						const address = server.address();
						resolve(address !== null && typeof address === 'object' ? address.port : 0);
					});
				}),
		),
	);
	await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
	return ports;
}

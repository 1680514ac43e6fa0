import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type Client, connect} from '../conformance/client.ts';
import type {Rule} from '../conformance/target.ts';
import {buildControlPlane} from './build.ts';
import {type Identity, issueClient, issueServer, type KeyPair, makeAuthority, makeTokenKeys} from './certificates.ts';
import {commandLines, etcdUrl, type Layout, type ProgramName, programNames, type Settings, serverUrl} from './command-lines.ts';
import {applyCrds, type CrdSet} from './crds.ts';
import {type Etcd, openEtcd} from './etcd.ts';
import {freePorts} from './free-ports.ts';
import {type Keeper, startKeeper} from './keeper.ts';
import {writeKubeconfig} from './kubeconfig.ts';
import {type Kubectl, makeKubectl} from './kubectl.ts';
import {type LimitedUser, makeLimitedUser} from './limited-user.ts';
import {addNodes, type NodeTemplate} from './nodes.ts';
import {type Process, prepare} from './process.ts';

/** A user with a client certificate, and the path of a kubeconfig that holds it. */
export type User = KeyPair & {readonly kubeconfig: string};

/** A whole control plane on 127.0.0.1, of the real programs. See `startControlPlane`. */
export type ControlPlane = {
	/** `https://127.0.0.1:port` */
	readonly server: string;
	/** The authority of the server's certificate, PEM. */
	readonly ca: string;
	/** All its files, with the log of each program; vanishes with `stop`. */
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
	const layout: Layout = {directory, ports: await freePorts(['etcd', 'etcdPeer', 'apiserver', 'kwok'])};
	const authority = await makeAuthority('midwatch-test');
	const place = {server: serverUrl(layout), ca: authority.certificate};
	await writeKeys(directory, authority);

	const issueUser = makeIssuer(directory, authority, place.server);
	const admin = await issueUser({user: 'admin', groups: ['system:masters']});
	await Promise.all(['kube-controller-manager', 'kube-scheduler'].map(name => issueUser({user: `system:${name}`})));

	const client = connect(place, 'http/1.1', admin);
	const etcd = openEtcd(etcdUrl(layout));
	const processes = prepareAll(binaries, keeper, layout, options, whenReady(layout, etcd, client));
	await startAll(processes, options.without ?? []);

	const kubectl = makeKubectl(join(binaries, 'kubectl'), admin.kubeconfig, directory);
	return {
		...place,
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

/** How each program shows that it does its work. */
function whenReady({ports}: Layout, etcd: Etcd, client: Client): Record<ProgramName, () => Promise<void>> {
	const serves = async (path: string) => {
		const {status} = await client.ask(path);
		if (status !== 200) throw new Error(`${path} answers ${status}`);
	};
	return {
		etcd: etcd.isHealthy,
		'kube-apiserver': () => serves('/readyz'),
		'kube-controller-manager': () => serves('/api/v1/namespaces/default/serviceaccounts/default'),
		// It has no port that could be asked, and nobody waits for it.
		'kube-scheduler': async () => {},
		kwok: async () => {
			await fetch(`http://127.0.0.1:${ports.kwok}/healthz`);
		},
	};
}

function prepareAll(
	binaries: string,
	keeper: Keeper,
	layout: Layout,
	settings: Settings,
	ready: Readonly<Record<ProgramName, () => Promise<void>>>,
): ControlPlane['processes'] {
	const args = commandLines(layout, settings);
	const pairs = programNames.map(name => {
		const log = join(layout.directory, `${name}.log`);
		return [name, prepare({name, file: join(binaries, name), args: args[name], log, isReady: ready[name]}, keeper)] as const;
	});
	return Object.fromEntries(pairs) as Record<ProgramName, Process>;
}

async function startAll(processes: ControlPlane['processes'], without: readonly ProgramName[]): Promise<void> {
	const start = async (...names: readonly ProgramName[]) => {
		await Promise.all(names.filter(name => !without.includes(name)).map(name => processes[name].start()));
	};
	await start('etcd');
	await start('kube-apiserver');
	await start('kube-controller-manager', 'kube-scheduler', 'kwok');
}

function makeIssuer(directory: string, authority: KeyPair, server: string): ControlPlane['issueUser'] {
	return async identity => {
		const user = await issueClient(authority, identity);
		const path = join(directory, `${identity.user.replace('system:', '')}.kubeconfig`);
		const namespace = identity.namespace ?? 'default';
		return {...user, kubeconfig: await writeKubeconfig(path, {server, ca: authority.certificate, user, namespace})};
	};
}

async function writeKeys(directory: string, authority: KeyPair): Promise<void> {
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

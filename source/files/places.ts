import {hash} from 'node:crypto';
import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Which cluster, and as what: the server and the CA tell clusters apart, since names of contexts get reused. */
export type ClusterPlace = {
	readonly context: string;
	/** URL of the API server as the kubeconfig has it. */
	readonly server: string;
	/** The CA: its PEM text or the path of its file; '' for the authorities that this machine trusts. */
	readonly authority: string;
};

/** An XDG base directory: the variable where it holds an absolute path (others are to be ignored), else its default. */
function base(environment: Environment, variable: string, ...otherwise: string[]): string {
	const named = environment[variable];
	return named !== undefined && isAbsolute(named) ? named : join(homedir(), ...otherwise);
}

/** Where the configuration is kept: `$XDG_CONFIG_HOME/midwatch`. */
export function configFolder(environment: Environment): string {
	return join(base(environment, 'XDG_CONFIG_HOME', '.config'), 'midwatch');
}

/** Where it is kept what midwatch has seen and done: `$XDG_STATE_HOME/midwatch`. */
function stateFolder(environment: Environment): string {
	return join(base(environment, 'XDG_STATE_HOME', '.local', 'state'), 'midwatch');
}

/** A name that a person recognises and no file system minds. */
const readable = (name: string): string =>
	name
		.replaceAll(/[^\w.-]+/g, '-')
		.replaceAll(/^[.-]+|[.-]+$/g, '')
		.slice(0, 48);

/** Tells clusters apart, in 16 hexadecimal digits. */
export const identity = ({server, authority}: ClusterPlace): string =>
	hash('sha256', `${server}\n${authority.trim()}`).slice(0, 16);

/** The last-known file of a context: what one may see of a cluster, another may not. */
export function lastKnownFile(environment: Environment, place: ClusterPlace): string {
	return join(stateFolder(environment), 'last-known', `${readable(place.context)}-${identity(place)}.json`);
}

/** The marks of a cluster, which all of its contexts share. */
export function marksFile(environment: Environment, place: ClusterPlace): string {
	const host = URL.parse(place.server)?.host ?? place.server;
	return join(stateFolder(environment), 'marks', `${readable(host)}-${identity(place)}.jsonl`);
}

/** Where runs are kept, each in a folder of its own. */
export function runsFolder(environment: Environment): string {
	return join(stateFolder(environment), 'runs');
}

/** A name for a run that sorts by its time (epoch ms) and tells what it was about. */
export function runName(at: number, what: string, subject: string, random: string): string {
	const stamp = new Date(at)
		.toISOString()
		.replaceAll(/[-:]|\..*$/g, '')
		.replace('T', '-');
	return [stamp, what, readable(subject), random].filter(part => part !== '').join('-');
}

/** The file of a cluster that says that its user allowed changes. */
export function allowedFile(environment: Environment, place: ClusterPlace): string {
	const host = URL.parse(place.server)?.host ?? place.server;
	return join(stateFolder(environment), 'allowed', `${readable(host)}-${identity(place)}.json`);
}

/** Which runbooks of working directories were looked at and trusted. */
export function trustedFile(environment: Environment): string {
	return join(stateFolder(environment), 'trusted-runbooks.jsonl');
}

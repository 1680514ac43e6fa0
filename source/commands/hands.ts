import {hostname, userInfo} from 'node:os';
import {delimiter} from 'node:path';
import type {Guard, Hands} from '../actions/hands.ts';
import {loadKubeconfig} from '../cluster/kubeconfig/load.ts';
import {secretsOf} from '../cluster/kubeconfig/secrets.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {makeReader} from '../cluster/read-once.ts';
import {readConfiguration, readSettings} from '../files/configuration.ts';
import {readLastKnown} from '../files/last-known.ts';
import {type ClusterPlace, identity} from '../files/places.ts';
import {defaults, type Settings} from '../settings.ts';
import type {RawName} from '../vocabulary.ts';
import {placeOf} from './background.ts';

declare const MIDWATCH_VERSION: string;

/** Where hands are given: the line that is open to the cluster, and who wants them. */
export type Reach = Pick<Hands, 'transport' | 'now' | 'readOnly' | 'from'> & {
	readonly target: ClusterTarget;
	/** What is declared for the embedded cluster; undefined for a real one. */
	readonly demo: Settings | undefined;
	/** Whether `--kubeconfig` named the file. */
	readonly namedFile: boolean;
};

/** Whoever has no name on this machine (a container without accounts) has a number. */
function ourselves(): string {
	try {
		return `${userInfo().username}@${hostname()}`;
	} catch {
		return `${process.getuid?.() ?? 'somebody'}@${hostname()}`;
	}
}

/** Whether another context is a name of this cluster: the kubeconfig says so, or it was seen as that from here. */
async function isNamed(
	context: string,
	{files}: ClusterTarget,
	place: ClusterPlace,
	environment: NodeJS.ProcessEnv,
): Promise<boolean> {
	if ((await readLastKnown(environment, {...place, context})) !== undefined) return true;
	if (files.length === 0) return false;
	// Most declared contexts are of other kubeconfigs.
	const other = await loadKubeconfig({context, env: {...environment, KUBECONFIG: files.join(delimiter)}}).catch(() => undefined);
	return other !== undefined && identity(await placeOf(other)) === identity(place);
}

/** The guards that stand under other names of the same cluster: a context that is called otherwise leads past none of them. */
async function guardsBeside(
	target: ClusterTarget,
	place: ClusterPlace,
	environment: NodeJS.ProcessEnv,
): Promise<readonly Guard[]> {
	const {contexts = {}} = await readConfiguration(environment);
	const found = await Promise.all(
		Object.entries(contexts).map(async ([context, {guards}]): Promise<readonly Guard[]> => {
			if (guards === undefined || context === target.contextName) return [];
			const isHere = await isNamed(context, target, place, environment);
			return isHere ? [{context: context as RawName, rules: {...defaults.guards, ...guards}}] : [];
		}),
	);
	return found.flat();
}

function flagsOf({contextName, files}: ClusterTarget, namedFile: boolean): readonly string[] {
	const [file] = files;
	if (file === undefined) return [];
	return [...(namedFile ? ['--kubeconfig', file] : []), '--context', contextName];
}

/**
 * What an action may take hold of on a cluster, made anew for each: guards hold as they stand in the configuration then.
 * @throws ConfigurationError: a guard that cannot be read is not taken for none
 */
export async function handsOn({target, namedFile, demo, ...reach}: Reach, environment: NodeJS.ProcessEnv): Promise<Hands> {
	const place = await placeOf(target);
	const declared = async () => {
		if (demo !== undefined) return {settings: demo};
		const [settings, beside] = await Promise.all([
			readSettings(environment, target.contextName),
			guardsBeside(target, place, environment),
		]);
		return {settings, guardsBeside: beside};
	};
	return {
		...reach,
		...(await declared()),
		declared,
		demo: demo !== undefined,
		reader: () => makeReader(reach.transport, reach.now),
		context: target.contextName,
		namespace: target.namespace,
		place,
		environment,
		flags: flagsOf(target, namedFile),
		secrets: secretsOf(target),
		by: ourselves(),
		version: MIDWATCH_VERSION,
	};
}

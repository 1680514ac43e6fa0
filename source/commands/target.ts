import {delimiter} from 'node:path';
import {loadKubeconfig} from '../cluster/kubeconfig/load.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import type {RawName} from '../vocabulary.ts';
import type {Arguments} from './arguments.ts';
import {Complaint} from './complaint.ts';

export type Chosen = {readonly target: ClusterTarget; readonly kubeconfigs: readonly string[]};

/**
 * The cluster that the flags ask for.
 * @throws Complaint with one sentence and `exit` where there is none.
 */
export async function chooseTarget(flags: Arguments['flags'], exit: number): Promise<Chosen> {
	const {kubeconfig, context, server, namespace} = flags as Readonly<Record<string, string | undefined>>;
	const given = {
		...(kubeconfig === undefined ? {} : {path: kubeconfig}),
		...(context === undefined ? {} : {context}),
		...(server === undefined ? {} : {server}),
	};
	try {
		const target = await loadKubeconfig({...given, env: process.env});
		const named = kubeconfig ?? process.env.KUBECONFIG;
		const kubeconfigs =
			named === undefined
				? target.source.startsWith('/')
					? [target.source]
					: []
				: kubeconfig === undefined
					? named.split(delimiter)
					: [named];
		return {target: namespace === undefined ? target : {...target, namespace: namespace as RawName}, kubeconfigs};
	} catch (error) {
		throw new Complaint((error as {sentence?: string}).sentence ?? (error as Error).message, exit);
	}
}

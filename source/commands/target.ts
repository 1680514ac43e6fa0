import {loadKubeconfig} from '../cluster/kubeconfig/load.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import type {RawName} from '../vocabulary.ts';
import type {Arguments} from './arguments.ts';
import {Complaint} from './complaint.ts';

/**
 * The cluster that the flags ask for.
 * @throws Complaint with one sentence and `exit` where there is none.
 */
export async function chooseTarget(flags: Arguments['flags'], exit: number): Promise<ClusterTarget> {
	const {kubeconfig, context, server, namespace} = flags as Readonly<Record<string, string | undefined>>;
	const given = {
		...(kubeconfig === undefined ? {} : {path: kubeconfig}),
		...(context === undefined ? {} : {context}),
		...(server === undefined ? {} : {server}),
	};
	try {
		const target = await loadKubeconfig({...given, env: process.env});
		return namespace === undefined ? target : {...target, namespace: namespace as RawName};
	} catch (error) {
		throw new Complaint((error as {sentence?: string}).sentence ?? (error as Error).message, exit);
	}
}

import type {Cluster} from '../cluster/cluster.ts';
import {listContexts} from '../cluster/kubeconfig/load.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {safeText} from '../cluster/safe-text.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import type {ContextChoice} from '../interface/shell/context-choice.ts';
import {type SafeText, say} from '../vocabulary.ts';
import type {Arguments} from './arguments.ts';
import {keepingOf} from './background.ts';
import {Complaint} from './complaint.ts';
import {openSession, type Session, type SessionOptions} from './session.ts';
import {chooseTarget} from './target.ts';
import {readCluster} from './watch.ts';

/** How long another cluster may take to answer before it is given up, ms. */
const patience = 5000;

/** The flags that lead to another context: the kubeconfig stays, server and namespace were meant for the first one. */
const flagsFor = ({kubeconfig}: Arguments['flags'], context: string): Arguments['flags'] => ({
	context,
	...(kubeconfig === undefined ? {} : {kubeconfig}),
});

/** The contexts of the kubeconfig, or a sentence why there are none. */
export async function contextsOf(flags: Arguments['flags'], here: ClusterTarget): Promise<readonly ContextChoice[] | SafeText> {
	const {kubeconfig} = flags;
	try {
		const contexts = await listContexts({env: process.env, ...(typeof kubeconfig === 'string' ? {path: kubeconfig} : {})});
		return contexts.map(({name, clusterName}) => ({
			name,
			shown: safeText(name),
			server: safeText(clusterName),
			isCurrent: name === here.contextName,
		}));
	} catch (error) {
		return sentenceOf(error);
	}
}

/** Resolves once a cluster answers. @throws Complaint with why, where it does not in time. */
function answering({transport}: Cluster, {shown}: ContextChoice): Promise<void> {
	return new Promise((resolve, reject) => {
		const settle = (end: () => void) => {
			clearTimeout(timer);
			stop();
			end();
		};
		const fail = (why: string) => settle(() => reject(new Complaint(`${shown} is not opened: ${why}.`, 2)));
		const look = () => {
			const {is, why} = transport.line();
			if (is === 'up') settle(resolve);
			else if (is === 'down') fail(why ?? 'no answer');
		};
		const stop = transport.onLine(look);
		const timer = setTimeout(() => fail(transport.line().why ?? `no answer within ${patience / 1000} s`), patience);
		look();
	});
}

type Surroundings = {readonly flags: Arguments['flags']} & Pick<SessionOptions, 'picturesOf'>;

/** Opens the cluster of another context once it answers, with all that is kept of it; or says why it is not opened. */
export async function openContext(
	choice: ContextChoice,
	{flags, picturesOf}: Surroundings,
): Promise<Session | {readonly refused: SafeText}> {
	let cluster: Cluster | undefined;
	try {
		const target = await chooseTarget(flagsFor(flags, choice.name), 2);
		const kept = await keepingOf(target, process.env);
		// A credential plugin could ask nobody: the terminal is the dashboard's.
		cluster = readCluster(target, false);
		await answering(cluster, choice);
		return openSession({target, cluster, kept, demo: false, readOnly: flags['read-only'] === true, picturesOf});
	} catch (error) {
		cluster?.close();
		return {
			refused: error instanceof Complaint ? safeText(error.message) : say`${choice.shown} is not opened: ${sentenceOf(error)}`,
		};
	}
}

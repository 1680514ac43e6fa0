import {Unplanned} from '../actions/action.ts';
import type {Hands} from '../actions/hands.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {connect} from '../cluster/line/connect.ts';
import type {Arguments} from './arguments.ts';
import {Complaint} from './complaint.ts';
import {handsOn} from './hands.ts';
import {chooseTarget} from './target.ts';

declare const MIDWATCH_VERSION: string;

/**
 * Lends hands on the cluster that the flags name.
 * @throws Complaint (2) where what is asked for cannot be planned
 */
export async function withHands<T>(
	flags: Arguments['flags'],
	work: (hands: Hands, target: ClusterTarget) => Promise<T>,
): Promise<T> {
	const target = await chooseTarget(flags, 2);
	const transport = connect(target, {version: MIDWATCH_VERSION, interactive: process.stdin.isTTY});
	transport.open();
	try {
		const hands = await handsOn(
			{
				target,
				transport,
				now: () => Date.now() + transport.line().skew,
				demo: undefined,
				readOnly: flags['read-only'] === true,
				from: 'command line',
				namedFile: flags.kubeconfig !== undefined,
			},
			process.env,
		);
		return await work(hands, target);
	} catch (error) {
		throw error instanceof Unplanned ? new Complaint(error.sentence, 2) : error;
	} finally {
		transport.close();
	}
}

import type {Deed} from '../../../cluster/access.ts';
import type {Reader} from '../../../cluster/read-once.ts';
import {Refusal} from '../../../cluster/refusal.ts';
import {safeText} from '../../../cluster/safe-text.ts';
import type {Transport} from '../../../cluster/transport.ts';
import {write} from '../../../cluster/write.ts';
import {own, type RawName, say} from '../../../vocabulary.ts';
import type {DrainOptions} from '../../request.ts';
import {answerTo} from './answer.ts';
import type {Answer, PodRef} from './state.ts';

/** Where a pod is, for the API server. */
export function podPath({namespace, name}: PodRef): string {
	return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
}

/** What is needed to have pods of a namespace gone. */
export function evictionDeed(namespace: RawName, {disableEviction}: Pick<DrainOptions, 'disableEviction'>): Deed {
	if (disableEviction) return {verb: 'delete', group: '', resource: 'pods', namespace};
	return {verb: 'create', group: '', resource: 'pods', subresource: 'eviction', namespace};
}

/** Asks for one pod, exactly that one, to go: by eviction, or past all budgets where that was asked for. Never rejects. */
export async function evict(
	transport: Transport,
	pod: PodRef,
	{gracePeriod, disableEviction}: DrainOptions,
	signal: AbortSignal,
): Promise<Answer> {
	const {namespace, name, uid} = pod;
	const deleteOptions = {
		preconditions: {uid},
		...(gracePeriod === undefined ? {} : {gracePeriodSeconds: Math.floor(gracePeriod / 1000)}),
	};
	const path = podPath(pod);
	const eviction = {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {namespace, name}, deleteOptions};
	try {
		await write(
			transport,
			disableEviction
				? {method: 'DELETE', path, body: {apiVersion: 'v1', kind: 'DeleteOptions', ...deleteOptions}, signal}
				: {method: 'POST', path: `${path}/eviction`, body: eviction, signal},
		);
		return {is: 'accepted'};
	} catch (error) {
		return answerTo(error);
	}
}

/**
 * Whether a 403 is about us or about the pod: an admission webhook and a budget that is below nothing say 403 as well.
 * Never rejects: where it cannot be found out, it is about us.
 */
export async function whoseFault(
	reader: Reader,
	{namespace}: PodRef,
	options: DrainOptions,
	answer: Extract<Answer, {is: 'not permitted'}>,
): Promise<Answer> {
	try {
		const deed = evictionDeed(namespace, options);
		const {allowed} = await reader.may(deed);
		if (allowed) return {is: 'failed', why: answer.why};
		const what = options.disableEviction ? own('delete pods') : own('create pods/eviction');
		return {is: 'not permitted', why: say`not permitted any more: ${what} in namespace ${safeText(namespace, 63)}`};
	} catch (error) {
		return error instanceof Refusal ? answer : {is: 'doubtful', why: answer.why};
	}
}

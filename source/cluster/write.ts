import {askJson} from './ask.ts';
import type {Raw} from './raw.ts';
import type {Call, Transport} from './transport.ts';

const patches = {
	merge: 'application/merge-patch+json',
	strategic: 'application/strategic-merge-patch+json',
	json: 'application/json-patch+json',
} as const;

/** One change to the cluster. `path` may carry a query. */
export type Write = {
	readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly path: string;
	readonly body?: object;
	/** How the body of a PATCH is meant; a merge patch unless said. */
	readonly patch?: keyof typeof patches;
	/** The server goes through all of it but keeps nothing. */
	readonly dryRun?: boolean;
	/** Milliseconds until the answer must begin; the transport's own deadline unless said. */
	readonly within?: number;
	readonly signal?: AbortSignal;
};

/** What our fields are owned by, in `metadata.managedFields`. */
export const fieldManager = 'midwatch';

function callOf({method, path, body, patch = 'merge', dryRun = false, within, signal}: Write): Call {
	const query = new URLSearchParams({
		...(method === 'DELETE' ? {} : {fieldManager, fieldValidation: 'Strict'}),
		...(dryRun ? {dryRun: 'All'} : {}),
	}).toString();
	const type = method === 'PATCH' ? patches[patch] : 'application/json';
	return {
		method,
		path: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`,
		headers: {'content-type': type},
		...(body === undefined ? {} : {body: JSON.stringify(body)}),
		...(within === undefined ? {} : {headersWithin: within}),
		...(signal === undefined ? {} : {signal}),
	};
}

/**
 * Changes something, as the manager `midwatch`, and returns what the server answers. Unknown fields are refused rather than
 * dropped. Rejects with `Refusal`, or with `TransportError`: then it may have happened nevertheless.
 */
export async function write(transport: Transport, change: Write): Promise<Raw> {
	return (await askJson(transport, callOf(change))).json;
}

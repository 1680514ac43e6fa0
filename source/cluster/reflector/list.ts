import type {StoredRecord} from '../../vocabulary.ts';
import {bytesOf} from '../bytes.ts';
import type {Page} from '../encoding/encoding.ts';
import {name} from '../raw.ts';
import {Refusal} from '../refusal.ts';
import type {Store} from '../store.ts';
import {createIntake} from './intake.ts';
import {createPace} from './pace.ts';
import {openList, type Resource} from './request.ts';

/**
 * Lists all objects of a resource into a store, in chunks: each is in it while the rest is still to come, and what was
 * not listed goes at the end. Returns the version to watch on from. Rejects with `Refusal` or `TransportError`.
 */
export async function list<R extends StoredRecord>(resource: Resource<R>, store: Store<R>, signal: AbortSignal): Promise<string> {
	const intake = createIntake(resource, store, undefined);
	const pace = createPace();
	let version = '';
	for await (const page of pagesOf(resource, signal)) {
		// That of the first page, also where later pages are newer: what changed in between is then watched for.
		version ||= name(page.metadata?.resourceVersion);
		for (const raw of page.items) {
			signal.throwIfAborted();
			intake.add(raw);
			await pace();
		}
	}
	intake.complete(version);
	return version;
}

/** All objects of a resource, some hundreds at a time. Rejects with `Refusal` or `TransportError`. */
export async function* pagesOf<R extends StoredRecord>(resource: Resource<R>, signal: AbortSignal): AsyncGenerator<Page> {
	let at = '';
	do {
		const page = await pageAt(resource, at, signal);
		yield page;
		at = name(page.metadata?.continue);
	} while (at !== '');
}

async function pageAt<R extends StoredRecord>(resource: Resource<R>, at: string, signal: AbortSignal): Promise<Page> {
	try {
		const {body, encoding} = await openList(resource, at, signal);
		return encoding.page(await bytesOf(body));
	} catch (error) {
		// The version of this list is gone from the server's history, who offers to go on at a newer one.
		if (error instanceof Refusal && error.status === 410 && error.continueAt !== '') {
			return pageAt(resource, error.continueAt, signal);
		}
		throw error;
	}
}

import type {StoredRecord} from '../vocabulary.ts';
import type {Page} from './encoding.ts';
import {createPace} from './pace.ts';
import {name, type Raw} from './raw.ts';
import {Refusal} from './refusal.ts';
import {bytesOf, openList, type Resource} from './request.ts';

/**
 * Lists a resource in chunks, handing on each object while the rest is still to come. Returns the version to watch on
 * from. Rejects with `Refusal` or `TransportError`.
 */
export async function list<R extends StoredRecord>(
	resource: Resource<R>,
	take: (raw: Raw) => void,
	signal: AbortSignal,
): Promise<string> {
	const pace = createPace();
	let version = '';
	let at = '';
	do {
		const page = await pageAt(resource, at, signal);
		// That of the first page, also where later pages are newer: what changed in between is then watched for.
		signal.throwIfAborted();
		version ||= name(page.metadata?.resourceVersion);
		for (const raw of page.items) {
			take(raw);
			await pace();
		}
		at = name(page.metadata?.continue);
	} while (at !== '');
	return version;
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

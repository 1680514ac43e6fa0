import {keyOf, type RawName, type StoredRecord} from '../../vocabulary.ts';
import {identityOf, keyOfObject} from '../identity.ts';
import {inTurn} from '../in-turn.ts';
import type {Kind, Outline} from '../kind.ts';
import {name, number, type Raw} from '../raw.ts';
import {Refusal} from '../refusal.ts';
import type {Listing, Store} from '../store.ts';
import {list, pagesOf} from './list.ts';
import {createPace} from './pace.ts';
import {recordOf} from './projection.ts';
import {pathOf, type Resource} from './request.ts';
import {rowsAt} from './table.ts';

/** More objects than this take longer to be read whole than somebody waits who looks once. */
const tooMany = 5000;
/** Questions that are on their way at once. */
const atOnce = 8;
/** Of a namespace with more than this that must be read whole, all are. */
const several = 20;

/**
 * Reads a resource once into a store: whole, or where there is too much of it in outline. Rejects with `Refusal` or
 * `TransportError`.
 */
export async function glance<R extends StoredRecord>(
	resource: Resource<R>,
	outline: Outline<R>,
	store: Store<R>,
	signal: AbortSignal,
	most = tooMany,
): Promise<void> {
	const listing = store.list();
	const pace = createPace();
	for await (const page of pagesOf(resource, signal)) {
		if ((number(page.metadata?.remainingItemCount) ?? 0) > most) return inOutline(resource, outline, store, signal);
		for (const raw of page.items) {
			put(resource, listing, raw);
			await pace();
		}
	}
	listing.end();
}

function put<R extends StoredRecord>({kind, version}: Resource<R>, listing: Listing<R>, raw: Raw): void {
	const record = recordOf(kind, version, raw);
	if (record !== undefined) listing.put(keyOfObject(raw.metadata), record);
}

async function inOutline<R extends StoredRecord>(
	resource: Resource<R>,
	outline: Outline<R>,
	store: Store<R>,
	signal: AbortSignal,
): Promise<void> {
	try {
		const listing = store.list();
		await readOutline(resource, outline, listing, signal);
		listing.end();
	} catch (error) {
		// Who may not list namespaces, or gets no tables, has to wait.
		if (!(error instanceof Refusal) || (error.status !== 403 && error.status !== 406)) throw error;
		await list(resource, store, signal);
	}
}

const ofNamespaces = '/api/v1/namespaces?resourceVersion=0&includeObject=None';

/**
 * Takes from the server's tables who is well, and asks for all others whole. By namespace, since a row does not tell its own;
 * a table costs the server a tenth of the objects.
 */
async function readOutline<R extends StoredRecord>(
	resource: Resource<R>,
	outline: Outline<R>,
	listing: Listing<R>,
	signal: AbortSignal,
): Promise<void> {
	const {transport} = resource;
	const whole = new Set<string>();
	const readWhole = async (selected: Pick<Kind<R>, 'labelSelector' | 'fieldSelector'>, namespace: string) => {
		const part: Resource<R> = {...resource, kind: {...resource.kind, ...selected}, namespace, atHand: true};
		for await (const page of pagesOf(part, signal)) {
			for (const raw of page.items) {
				whole.add(keyOfObject(raw.metadata));
				put(resource, listing, raw);
			}
		}
	};
	const readRows = async (namespace: RawName) => {
		const path = pathOf({...resource, namespace}, {resourceVersion: 0, includeObject: 'None'});
		const others: string[] = [];
		for (const row of await rowsAt(transport, path, signal)) {
			const identity = {...identityOf({name: row('Name')}), namespace};
			const record = outline.record(row, identity);
			const key = keyOf(namespace, identity.name);
			if (record === undefined) others.push(identity.name);
			else if (!whole.has(key)) listing.put(key, record);
		}
		if (others.length > several) await readWhole({}, namespace);
		else await inTurn(others, atOnce, one => readWhole({fieldSelector: `metadata.name=${one}`}, namespace));
	};
	const namespaces =
		resource.namespace === ''
			? (await rowsAt(transport, ofNamespaces, signal)).map(row => name(row('Name')))
			: [resource.namespace as RawName];
	await Promise.all([
		inTurn(outline.whole, atOnce, labelSelector => readWhole({labelSelector}, resource.namespace)),
		inTurn(namespaces, atOnce, readRows),
	]);
}

import {askJson} from '../ask.ts';
import {items, name, type Raw} from '../raw.ts';
import {Refusal} from '../refusal.ts';
import type {Transport} from '../transport.ts';

/** One row of the server's own table: its cells by the name of their column (`Name`, `Ready`). */
export type TableRow = (column: string) => Raw | undefined;

const table = 'application/json;as=Table;g=meta.k8s.io;v=v1, application/json';

/** Asks for what `kubectl get` shows of a resource, without the objects. Rejects with `Refusal` (406: no table is to be had) or `TransportError`. */
export async function rowsAt(transport: Transport, path: string, signal: AbortSignal): Promise<readonly TableRow[]> {
	const {json} = await askJson(transport, {path, headers: {accept: table}, signal});
	if (name(json.kind) !== 'Table') throw new Refusal(406, undefined, 0);
	const places = new Map(items(json.columnDefinitions).map((column, at) => [name(column.name) as string, at]));
	return items(json.rows).map(({cells}) => {
		const values: unknown = cells;
		const all: readonly Raw[] = Array.isArray(values) ? values : [];
		return column => all[places.get(column) ?? -1];
	});
}

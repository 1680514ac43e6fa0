import type {KubeObject} from '../../model.ts';
import type {TableColumn} from './cells.ts';
import {eventLine, type Form, mapped, pieces} from './form.ts';
import {partial} from './metadata.ts';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

export type TableOptions = {
	readonly columns: readonly TableColumn[];
	/** Of the Table itself: `v1` or `v1beta1`. */
	readonly version: string;
	readonly include: IncludeObject;
	/** Of the objects, where they are included whole. */
	readonly apiVersion: string;
	/** Played time. */
	readonly now: () => number;
};

/** Rows of cells, as `kubectl get` prints them. */
export function tableForm({columns, version, include, apiVersion, now}: TableOptions): Form {
	const definitions = JSON.stringify(
		columns.map(({name, type = 'string', format = '', description = '', priority = 0}) => ({
			name,
			type,
			format,
			description,
			priority,
		})),
	);
	const head = (meta: unknown, columnDefinitions: string) =>
		`{"kind":"Table","apiVersion":"meta.k8s.io/${version}","metadata":${JSON.stringify(meta)},"columnDefinitions":${columnDefinitions},"rows":[`;
	const row = (object: KubeObject) => {
		const at = now();
		const cells = columns.map(column => column.of(object, at));
		return `{"cells":${JSON.stringify(cells)},"object":${included(object)}}`;
	};
	const included = (object: KubeObject) => {
		if (include === 'None') return 'null';
		return JSON.stringify(include === 'Object' ? {...object, apiVersion} : partial(object, version));
	};
	let described = false;
	return {
		contentType: 'application/json',
		watchType: 'application/json',
		one: object => `${head({resourceVersion: object.metadata.resourceVersion}, definitions)}${row(object)}]}\n`,
		list: (meta, items) => pieces(head(meta, definitions), mapped(items, row), ']}\n'),
		event: (type, object) => {
			// Only the first event of a watch describes the columns.
			const start = head({resourceVersion: object.metadata.resourceVersion}, described ? 'null' : definitions);
			described = true;
			return eventLine(type, `${start}${type === 'BOOKMARK' ? junk(columns, object, version) : row(object)}]}`);
		},
		failure: status => eventLine('ERROR', JSON.stringify(status)),
	};
}

/** A bookmark is a row of nothing, whose object carries the annotations even where no objects were asked for. */
function junk(columns: readonly TableColumn[], object: KubeObject, version: string): string {
	const cells = columns.map(column => (column.name === 'Age' ? '<unknown>' : ''));
	return JSON.stringify({cells, object: partial(object, version)});
}

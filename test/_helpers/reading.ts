import {keyOfObject} from '../../source/cluster/identity.ts';
import type {Kind} from '../../source/cluster/kind.ts';
import type {Raw} from '../../source/cluster/raw.ts';
import {recordOf} from '../../source/cluster/reflector/projection.ts';
import type {Reading, SourceState, StoredRecord} from '../../source/vocabulary.ts';

let revision = 0;

/** What a slice gets of a source that holds these objects: the real projection, in the state given. */
export function reading<R extends StoredRecord>(
	kind: Kind<R>,
	objects: readonly object[],
	state: SourceState = {is: 'live'},
): Reading<R> {
	const records = new Map<string, R>();
	for (const object of objects as readonly Raw[]) {
		const record = recordOf(kind, kind.versions[0] ?? '', object);
		if (record !== undefined) records.set(keyOfObject(object.metadata), record);
	}
	revision += 1;
	return {state, records, revision};
}

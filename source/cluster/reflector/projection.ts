import type {StoredRecord} from '../../vocabulary.ts';
import {identityOf} from '../identity.ts';
import type {Kind} from '../kind.ts';
import type {Raw} from '../raw.ts';

/** Makes the record of an object at a version of its API; undefined where the kind leaves the object out. */
export function recordOf<R extends StoredRecord>(kind: Kind<R>, version: string, raw: Raw): R | undefined {
	try {
		return kind.project(raw, identityOf(raw.metadata), version);
	} catch {
		// One object nobody can make sense of must not blind us to all the others.
		return undefined;
	}
}

import {keyOf} from '../vocabulary.ts';
import type {Identity} from './kind.ts';
import {instant, name, type Raw} from './raw.ts';

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/;

/** Who an object is, out of its untrusted metadata. Names that Kubernetes would not allow are kept, and never acted on. */
export function identityOf(metadata: Raw | undefined): Identity {
	const namespace = name(metadata?.namespace);
	const own = name(metadata?.name);
	return {
		uid: name(metadata?.uid),
		namespace,
		name: own,
		actionable: subdomain.test(own) && (namespace === '' || label.test(namespace)),
		createdAt: instant(metadata?.creationTimestamp),
	};
}

/** Where an object is kept in its store. */
export function keyOfObject(metadata: Raw | undefined): string {
	return keyOf(name(metadata?.namespace), name(metadata?.name));
}

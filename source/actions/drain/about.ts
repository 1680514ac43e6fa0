import type {RawName, StoredRecord, Subject} from '../../vocabulary.ts';
import type {DrainNode} from './sight.ts';

/** The node, as a subject. */
export function aboutNode({name}: Pick<DrainNode, 'name'>): Subject {
	return {resource: 'nodes', namespace: '' as RawName, name};
}

/** Any other object. */
export function about(resource: string, {namespace, name}: Pick<StoredRecord, 'namespace' | 'name'>): Subject {
	return {resource, namespace, name};
}

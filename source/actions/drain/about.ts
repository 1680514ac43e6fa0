import type {RawName, StoredRecord, Subject} from '../../vocabulary.ts';
import type {Concern} from '../plan.ts';
import type {DrainNode, DrainPod} from './sight.ts';

/** The node, as a subject. */
export function aboutNode({name}: Pick<DrainNode, 'name'>): Subject {
	return {resource: 'nodes', namespace: '' as RawName, name};
}

/** Any other object. */
export function about(resource: string, {namespace, name}: Pick<StoredRecord, 'namespace' | 'name'>): Subject {
	return {resource, namespace, name};
}

/** Pods of the node, for a concern. */
export function aboutPods(pods: readonly DrainPod[]): Pick<Concern, 'about' | 'objects'> {
	const [first, ...others] = pods.map(pod => about('pods', pod));
	if (first === undefined) return {};
	return others.length === 0 ? {about: first} : {objects: [first, ...others]};
}

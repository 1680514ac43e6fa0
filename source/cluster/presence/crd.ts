import type {StoredRecord} from '../../vocabulary.ts';
import type {Kind} from '../kind.ts';

/** Definitions of resources: watched to learn that one was added or removed, not for what they say. */
export const crdKind: Kind<StoredRecord> = {
	id: 'definitions',
	group: 'apiextensions.k8s.io',
	versions: ['v1'],
	plural: 'customresourcedefinitions',
	kind: 'CustomResourceDefinition',
	namespaced: false,
	metadataOnly: true,
	project: (_, identity) => identity,
};

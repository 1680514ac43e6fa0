import type {Kind, System} from '../cluster/kind.ts';
import {lastWrite, type Written} from '../cluster/written.ts';
import type {StoredRecord} from '../vocabulary.ts';

/** The ConfigMap with CoreDNS's Corefile: not what it says, only who changed it last. */
export type CoreConfigRecord = StoredRecord & {readonly changed: Written | undefined};

export const coreConfigKind: Kind<CoreConfigRecord> = {
	id: 'configmaps/coredns',
	group: '',
	versions: ['v1'],
	plural: 'configmaps',
	kind: 'ConfigMap',
	namespaced: true,
	namespace: 'kube-system',
	fieldSelector: 'metadata.name=coredns',
	metadataOnly: true,
	project: (raw, identity) => ({...identity, changed: lastWrite(raw, 'data')}),
};

export const coreConfig: System = {
	id: 'core-config',
	title: 'Configuration of core services',
	required: false,
	kinds: [coreConfigKind],
};

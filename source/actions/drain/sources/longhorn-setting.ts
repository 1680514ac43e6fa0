import type {Kind} from '../../../cluster/kind.ts';
import {text} from '../../../cluster/raw.ts';
import type {SafeText, StoredRecord} from '../../../vocabulary.ts';

/** One of Longhorn's settings. */
export type LonghornSettingRecord = StoredRecord & {readonly value: SafeText};

/** What Longhorn does about a drain, by its setting of this name. */
export const drainPolicyKind: Kind<LonghornSettingRecord> = {
	id: 'longhorn/settings',
	group: 'longhorn.io',
	versions: ['v1beta2'],
	plural: 'settings',
	kind: 'Setting',
	namespaced: true,
	fieldSelector: 'metadata.name=node-drain-policy',
	project: ({value}, identity) => ({...identity, value: text(value, 64)}),
};

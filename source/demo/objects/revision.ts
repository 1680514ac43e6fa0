import {memoised} from '../../vocabulary.ts';
import type {KubeObject} from '../model.ts';
import {endingOf} from './identity.ts';
import {object} from './object.ts';
import type {PodTemplate} from './pod.ts';
import {shelf} from './shelf.ts';
import type {WorkloadObject} from './workload.ts';

export type RevisionObject = KubeObject & {revision: number};

export const revisions = shelf<RevisionObject>('apps', 'controllerrevisions', ['revision']);

/** What the pods of a DaemonSet's or StatefulSet's present template are labelled with (`controller-revision-hash`). */
export const revisionHash = memoised(({metadata, spec}: WorkloadObject) =>
	endingOf(10, metadata.namespace ?? '', metadata.name, JSON.stringify(spec?.template)),
);

/** The record of one template of a DaemonSet or StatefulSet, the `revision`th it had. */
export function controllerRevision(
	set: WorkloadObject,
	template: PodTemplate,
	revision: number,
	createdAt: number,
): RevisionObject {
	const {namespace = '', name} = set.metadata;
	const hash = revisionHash({...set, spec: {...set.spec, template}});
	return object(
		'apps/v1',
		'ControllerRevision',
		{
			namespace,
			name: `${name}-${hash}`,
			createdAt,
			labels: {...template.metadata.labels, 'controller-revision-hash': hash},
			owner: set,
		},
		{data: {spec: {template: {$patch: 'replace', ...structuredClone(template)}}}, revision},
	);
}

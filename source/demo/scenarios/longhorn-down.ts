import type {Scenario, Stage} from '../model.ts';
import {longhorn} from '../objects/longhorn/longhorn.ts';
import {writtenBy} from '../objects/object.ts';
import type {PodObject} from '../objects/pod.ts';
import {daemonSets} from '../objects/workload.ts';
import {lived} from './lived.ts';

const image = 'docker.io/longhornio/longhorn-manager:v1.11.0';

/** Longhorn's managers do not start after an upgrade that skips a release; what they wrote last stays as it was. */
export const longhornDown: Scenario = {
	id: 'longhorn-down',
	title: 'Longhorn is not managed any more',
	description:
		'longhorn-manager crashes on every node since an upgrade 42 minutes ago; the volumes still say that they are healthy',
	worlds: ['homelab'],
	steps: lived([{at: -2520, what: `helm upgrade: ${image}`, act: upgrade}]),
};

function upgrade(stage: Stage, at: number): void {
	daemonSets.change(stage.store, {metadata: {name: 'longhorn-manager', namespace: longhorn.namespace}}, draft => {
		draft.metadata.generation = (draft.metadata.generation ?? 1) + 1;
		draft.metadata.managedFields = [writtenBy('helm', at, 'spec', 'apps/v1')];
		for (const container of draft.spec?.template?.spec.containers ?? []) container.image = image;
	});
	stage.ailments.add({
		is: 'crashing',
		since: at,
		hits: pod =>
			(pod as PodObject).spec.containers.some(container => container.name === 'longhorn-manager' && container.image === image),
		exitCode: 1,
		lines: [
			'level=fatal msg="Error starting manager: failed to upgrade since upgrading from v1.9.2 to v1.11.0 for minor version is not supported"',
		],
	});
}

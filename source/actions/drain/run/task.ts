import {identityOf} from '../../../cluster/identity.ts';
import type {Raw} from '../../../cluster/raw.ts';
import type {RawName} from '../../../vocabulary.ts';
import type {NodeData, PodData} from '../data.ts';
import type {SeenPod} from './state.ts';

/** What of a node has to go, as it was planned; and what stays on it, by uid. */
export type Task = {
	readonly node: RawName;
	readonly uid: string;
	readonly leave: readonly SeenPod[];
	readonly stay: readonly string[];
};

/** Names that Kubernetes would not allow are never acted on, whoever planned with them. */
const isNamed = ({namespace, name}: PodData): boolean => identityOf({namespace, name} as unknown as Raw).actionable;

/** What has to be done on a node, of what is known of it. */
export function taskOf({name, uid, pods}: NodeData): Task {
	const goes = (pod: PodData): boolean => (pod.is === 'leaves' || pod.is === 'blocked') && isNamed(pod);
	return {
		node: name as RawName,
		uid,
		leave: pods.filter(goes).map(pod => ({
			namespace: pod.namespace as RawName,
			name: pod.name as RawName,
			uid: pod.uid,
			deletingAt: pod.deletingAt,
			stays: false,
		})),
		stay: pods.filter(pod => !goes(pod)).map(pod => pod.uid),
	};
}

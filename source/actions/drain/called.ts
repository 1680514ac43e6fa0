import {type SafeText, say} from '../../vocabulary.ts';
import {shownPath} from '../../words.ts';
import {listed} from '../listed.ts';
import type {Owners} from './owner.ts';
import type {DrainPod} from './pod.ts';

/** As many as one looks through at night; all of them are in the data of the plan. */
const most = 4;

/** What people call a pod: its workload, where the rest of its name is made up; a StatefulSet's pods have names of their own. */
export function called(pod: DrainPod, owners: Owners): SafeText {
	const {controller} = pod;
	const owner = controller === undefined || controller.kind === 'StatefulSet' ? undefined : owners.get(controller.uid);
	return owner?.is === 'there' ? owner.shown : shownPath(pod);
}

/** Names of which some are the same: `photos/immich-server ×2, auth/db-0 and 4 more`. */
export function counted(names: readonly SafeText[]): SafeText {
	const alike = Map.groupBy(names, name => name);
	return listed(
		[...alike].map(([name, {length}]) => (length === 1 ? name : say`${name} ×${length}`)),
		most,
	);
}

/** Pods as people call them. */
export function calledAll(pods: readonly DrainPod[], owners: Owners): SafeText {
	return counted(pods.map(pod => called(pod, owners)));
}

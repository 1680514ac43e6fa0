import {entries, items} from '../../../cluster/raw.ts';
import {own, type RawName, say} from '../../../vocabulary.ts';
import {shownName} from '../../../words.ts';
import {aboutNode} from '../about.ts';
import {calledAll} from '../called.ts';
import {isAway, neighbours} from '../neighbours.ts';
import type {Check, DrainPod, DrainSight} from '../sight.ts';

/** Whether another node that is there to stay gives out the same. */
function isElsewhere(resource: RawName, sight: DrainSight): boolean {
	return [...sight.nodes.records.values()].some(({name, allocatable, unschedulable}) => {
		if (name === sight.node.name || unschedulable || isAway(neighbours(sight).get(name))) return false;
		return (allocatable.get(resource) ?? 0) > 0;
	});
}

function asks({raw}: DrainPod, resource: RawName): boolean {
	const containers = [...items(raw.spec?.initContainers), ...items(raw.spec?.containers)];
	return containers.some(({resources}) => entries(resources?.limits).some(([key]) => key === resource));
}

/** GPUs of a kind that no other node has; whether the pods that need one find it elsewhere is told by the check of what fits. */
export const gpu: Check = sight => {
	const {node, fates, owners} = sight;
	const only = node.record.gpus.filter(({resource, capacity}) => capacity > 0 && !isElsewhere(resource, sight));
	return only.map(({resource}) => {
		const users = fates.filter(({is, pod}) => is !== 'stays' && asks(pod, resource)).map(({pod}) => pod);
		const needed =
			users.length === 0
				? own('nothing that leaves asks for it')
				: say`${calledAll(users, owners)} ${own(users.length === 1 ? 'needs' : 'need')} it`;
		const text = say`${shownName(node)} is the only node with ${shownName({name: resource})}: ${needed}`;
		const concern = {check: 'gpu', about: aboutNode(node), text};
		if (users.length === 0) return {...concern, weight: 'tells'};
		return {...concern, weight: 'hurts', wayOut: own('uncordon soon, or stop for as long what needs it')};
	});
};

import {entries, items} from '../../../cluster/raw.ts';
import {own, type RawName, say} from '../../../vocabulary.ts';
import {shownName, shownPath} from '../../../words.ts';
import {aboutNode} from '../about.ts';
import {listed} from '../listed.ts';
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

/** GPUs of a kind that no other node has. */
export const gpu: Check = sight => {
	const {node, fates} = sight;
	return node.record.gpus
		.filter(({resource, capacity}) => capacity > 0 && !isElsewhere(resource, sight))
		.map(({resource}) => {
			const users = fates.filter(({is, pod}) => is !== 'stays' && asks(pod, resource)).map(({pod}) => shownPath(pod));
			const only = say`${shownName(node)} is the only node with ${shownName({name: resource})}`;
			const about = aboutNode(node);
			if (users.length === 0) return {check: 'gpu', weight: 'tells', about, text: say`${only}; nothing that leaves asks for it`};
			const text = say`${only}: ${listed(users)} ${own(users.length === 1 ? 'stays' : 'stay')} pending until it is uncordoned`;
			return {check: 'gpu', weight: 'hurts', about, text, wayOut: own('uncordon soon, or stop what needs it for as long')};
		});
};

import {expect, test} from 'vitest';
import {filters} from '../../../../source/actions/drain/checks/filters.ts';
import {own} from '../../../../source/vocabulary.ts';
import {node} from '../../../nodes/objects.ts';
import {drained, pod, sight, told} from './sight.ts';

const nodes = [node(drained)];
const refused = (path: string, flag: '--force' | '--delete-emptydir-data' | '--ignore-daemonsets', why: string) =>
	pod(path, {fate: {is: 'refused', flag, why: own(why)}});

test('each pod for whose sake kubectl would refuse is named, with the option that helps', () => {
	const pods = [
		refused('default/cache-0', '--delete-emptydir-data', 'has emptyDir data (cache)'),
		refused('default/debug', '--force', 'has no controller: nothing would create it again'),
		refused('kube-system/agent-x', '--ignore-daemonsets', 'is of DaemonSet agent'),
		pod('kube-system/agent-y', {fate: {is: 'refused', why: own('its DaemonSet agent cannot be looked up: 403: forbidden')}}),
	];
	expect(filters(sight({nodes, pods})).map(({weight, text, wayOut}) => `${weight}: ${text}; ${wayOut}`)).toEqual([
		'refuses: default/cache-0 has emptyDir data (cache); --delete-emptydir-data deletes it',
		'refuses: default/debug has no controller: nothing would create it again; --force deletes it for good',
		'refuses: kube-system/agent-x is of DaemonSet agent; --ignore-daemonsets leaves it where it is',
		'refuses: kube-system/agent-y its DaemonSet agent cannot be looked up: 403: forbidden; ask for the permission to get DaemonSets',
	]);
});

test('pods that are refused for the same are told together, as data is whatever its volumes are called', () => {
	const holding = (path: string, name: string) => {
		const {fate, ...object} = refused(path, '--delete-emptydir-data', `has emptyDir data (${name})`);
		return {...object, spec: {...object.spec, volumes: [{name, emptyDir: {}}]}, ...(fate && {fate})};
	};
	const debug = (at: number) => refused(`default/debug-${at}`, '--force', 'has no controller: nothing would create it again');
	const pods = [
		holding('default/cache-0', 'cache'),
		debug(0),
		holding('media/tdarr-0', 'scratch'),
		...[1, 2, 3, 4, 5].map(debug),
	];
	expect(told(filters, {nodes, pods})).toEqual([
		'refuses: default/cache-0 (cache), media/tdarr-0 (scratch): each has emptyDir data',
		'refuses: default/debug-0, default/debug-1, default/debug-2, default/debug-3 and 2 more: each has no controller: nothing would create it again',
	]);
});

test('a pod that nothing could name safely is not acted on', () => {
	expect(told(filters, {nodes, pods: [pod('default/--all')]})).toEqual([
		'refuses: default/--all has a name that Kubernetes does not allow: it is not acted on',
	]);
	expect(told(filters, {nodes, pods: [pod('default/\u001b[31mred', {fate: {is: 'stays', why: own('')}})]})).toEqual([]);
});

test('nothing is said of pods that leave, wait or stay', () => {
	const blocked = pod('default/web-1', {fate: {is: 'blocked', budgets: [], why: own('')}});
	expect(told(filters, {nodes, pods: [pod('default/web-0'), blocked]})).toEqual([]);
});

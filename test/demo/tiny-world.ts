import type {KubeObject, World} from '../../source/demo/model.ts';

/** The smallest world tests of the server need: three namespaces and two nodes, and nothing that moves. */
export const tinyWorld: World = {
	id: 'tiny',
	title: 'Tiny',
	description: 'Two nodes',
	version: 'v1.36.3',
	resources: [],
	objects: () => [...['default', 'kube-system', 'limited'].map(namespace), ...['n1', 'n2'].map(node)],
	play: () => {},
};

function namespace(name: string): KubeObject {
	return {
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {name, labels: {'kubernetes.io/metadata.name': name}},
		spec: {finalizers: ['kubernetes']},
		status: {phase: 'Active'},
	};
}

function node(name: string): KubeObject {
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {name, labels: {'kubernetes.io/hostname': name, 'node-role.kubernetes.io/worker': ''}},
		spec: {},
		status: {
			capacity: {cpu: '4', memory: '8Gi', pods: '110'},
			allocatable: {cpu: '4', memory: '8Gi', pods: '110'},
			conditions: [{type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: '2026-11-21T00:00:00Z'}],
			addresses: [{type: 'InternalIP', address: '10.0.0.1'}],
			nodeInfo: {kubeletVersion: 'v1.36.3', osImage: 'Debian', kernelVersion: '6.1', architecture: 'amd64'},
		},
	};
}

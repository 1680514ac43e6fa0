/** Objects as Cilium really serves them, cut to what the BGP pane reads. */
export const now = Date.UTC(2026, 10, 21, 2, 14);
export const minutes = 60_000;
export const days = 24 * 60 * minutes;
export const ago = (milliseconds: number): string => new Date(now - milliseconds).toISOString();

const metadata = (name: string) => ({name, uid: `uid-${name}`, creationTimestamp: ago(30 * days)});

export const established = (fields: object = {}) => ({
	peeringState: 'established',
	establishedTime: ago(12 * days),
	timers: {appliedHoldTimeSeconds: 90, appliedKeepaliveSeconds: 30},
	routeCount: [
		{afi: 'ipv4', safi: 'unicast', received: 3, advertised: 8},
		{afi: 'ipv6', safi: 'unicast', received: 1, advertised: 1},
	],
	...fields,
});

export const down = (state = 'active') => ({peeringState: state, routeCount: []});

type Peers = Readonly<Record<string, object>>;
const peerName = (address: string) => `peer-${address}`;

/** A node's configuration with its peers by address, each with what the agent reports of it. */
export const nodeConfig = (node: string, peers: Peers, status: object = {}) => ({
	apiVersion: 'cilium.io/v2',
	kind: 'CiliumBGPNodeConfig',
	metadata: metadata(node),
	spec: {
		bgpInstances: [
			{
				name: 'instance-64512',
				localASN: 64_512,
				peers: Object.keys(peers).map(address => ({
					name: peerName(address),
					peerAddress: address,
					peerASN: 64_500,
					peerConfigRef: {name: 'router'},
				})),
			},
		],
	},
	status: {
		bgpInstances: [
			{
				name: 'instance-64512',
				localASN: 64_512,
				peers: Object.entries(peers).map(([address, report]) => ({
					name: peerName(address),
					peerAddress: address,
					peerASN: 64_500,
					...report,
				})),
			},
		],
		...status,
	},
});

export const clusterConfig = (nodeSelector?: object, problems: readonly string[] = []) => ({
	metadata: metadata('bgp'),
	spec: {nodeSelector, bgpInstances: []},
	status: {
		conditions: [
			{type: 'cilium.io/NoMatchingNode', status: 'False', reason: 'NoMatchingNode'},
			...problems.map(type => ({
				type: `cilium.io/${type}`,
				status: 'True',
				reason: type,
				message: 'as said',
				lastTransitionTime: ago(minutes),
			})),
		],
	},
});

export const peerConfig = (
	advertise: object | undefined = {matchLabels: {advertise: 'bgp'}},
	problems: readonly string[] = [],
) => ({
	metadata: metadata('router'),
	spec: {families: [{afi: 'ipv4', safi: 'unicast', advertisements: advertise}]},
	status: {conditions: problems.map(type => ({type: `cilium.io/${type}`, status: 'True', message: 'as said'}))},
});

export const advertisement = (service: object) => ({
	metadata: {...metadata('services'), labels: {advertise: 'bgp'}},
	spec: {advertisements: [service]},
});

/** The selector people copy from Cilium's documentation to select every service. */
export const everyService = {matchExpressions: [{key: 'somekey', operator: 'NotIn', values: ['never-used-value']}]};
export const serviceAdvertisement = (selector: object | undefined) =>
	advertisement({advertisementType: 'Service', service: {addresses: ['LoadBalancerIP']}, selector});

export const service = (path: string, address: string, fields: {spec?: object; status?: object; age?: number} = {}) => ({
	metadata: {
		namespace: path.split('/')[0],
		name: path.split('/')[1],
		uid: `svc-${path}`,
		creationTimestamp: ago(fields.age ?? days),
	},
	spec: {type: 'LoadBalancer', ...fields.spec},
	status: {loadBalancer: address === '' ? {} : {ingress: [{ip: address}]}, ...fields.status},
});

export const refused = (reason: string, age: number) => ({
	conditions: [
		{type: 'cilium.io/IPAMRequestSatisfied', status: 'False', reason, message: `said ${reason}`, lastTransitionTime: ago(age)},
	],
});

/** A service whose address Cilium gave out of a pool. */
export const given = (path: string, address: string, fields: {spec?: object} = {}) =>
	service(path, address, {
		...fields,
		status: {
			conditions: [{type: 'cilium.io/IPAMRequestSatisfied', status: 'True', reason: 'satisfied', lastTransitionTime: ago(days)}],
		},
	});

/** The slice of a service with a ready endpoint on each of the nodes. */
export const answeredOn = (path: string, ...nodes: readonly string[]) => ({
	metadata: {
		namespace: path.split('/')[0],
		name: `${path.split('/')[1]}-x7k2p`,
		uid: `slice-${path}`,
		labels: {'kubernetes.io/service-name': path.split('/')[1]},
	},
	endpoints: nodes.map(nodeName => ({nodeName, conditions: {ready: true}, targetRef: {kind: 'Pod', name: `pod-${nodeName}`}})),
});

export const pool = (
	name: string,
	total: string,
	available: string,
	fields: {spec?: object; conditions?: readonly object[]} = {},
) => ({
	metadata: metadata(name),
	spec: {blocks: [{cidr: '10.0.10.0/28'}, {start: '10.0.11.1', stop: '10.0.11.9'}], ...fields.spec},
	status: {
		conditions: [
			{type: 'cilium.io/PoolConflict', status: 'False', reason: 'resolved'},
			{type: 'cilium.io/IPsTotal', status: 'Unknown', reason: 'noreason', message: total},
			{type: 'cilium.io/IPsAvailable', status: 'Unknown', reason: 'noreason', message: available},
			{type: 'cilium.io/IPsUsed', status: 'Unknown', reason: 'noreason', message: String(Number(total) - Number(available))},
			...(fields.conditions ?? []),
		],
	},
});

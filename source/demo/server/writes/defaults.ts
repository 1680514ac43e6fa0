import {entries, items, name, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject, ResourceType} from '../../model.ts';
import type {Json} from '../body.ts';

/** Fills in what a real server would on creation: for pods, namespaces and services, as far as anybody here looks. */
export function withDefaults(resource: ResourceType, object: KubeObject): KubeObject {
	switch (`${resource.plural}.${resource.group}`) {
		case 'pods.':
			return podDefaults(object);
		case 'namespaces.':
			return namespaceDefaults(object);
		case 'services.':
			return serviceDefaults(object);
		case 'nodes.':
			return object;
		default: {
			// A status is not created with the object but written apart.
			const {status: _status, ...rest} = object;
			return resource.status ? (rest as KubeObject) : object;
		}
	}
}

function podDefaults(object: KubeObject): KubeObject {
	const spec = object.spec as Json;
	const containers = (spec.containers as Json[]).map(containerDefaults);
	const complete = {
		restartPolicy: 'Always',
		terminationGracePeriodSeconds: 30,
		dnsPolicy: 'ClusterFirst',
		securityContext: {},
		schedulerName: 'default-scheduler',
		priority: 0,
		enableServiceLinks: true,
		preemptionPolicy: 'PreemptLowerPriority',
		...spec,
		containers,
		tolerations: [...((spec.tolerations as Json[] | undefined) ?? []), ...missingTolerations(spec)],
	};
	return {...object, spec: complete, status: {phase: 'Pending', qosClass: qosClass({containers} as unknown as Raw)}};
}

function containerDefaults(container: Json): Json {
	const image = String(container.image);
	return {
		resources: {},
		terminationMessagePath: '/dev/termination-log',
		terminationMessagePolicy: 'File',
		imagePullPolicy: /:(?!latest)[^/:]+$/.test(image) ? 'IfNotPresent' : 'Always',
		...container,
	};
}

function missingTolerations(spec: Json): Json[] {
	const has = (key: string) =>
		((spec.tolerations as Json[] | undefined) ?? []).some(each => [key, undefined].includes(each.key as string));
	return ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
		.filter(key => !has(key))
		.map(key => ({key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300}));
}

function qosClass(spec: Raw): string {
	const all = items(spec.containers).map(({resources}) => resources);
	const said = all.flatMap(each => [...entries(each?.requests), ...entries(each?.limits)]);
	if (said.length === 0) return 'BestEffort';
	const isFull = (each: Raw | undefined) =>
		['cpu', 'memory'].every(key => {
			const limit = name(each?.limits?.[key]);
			return limit !== '' && limit === (name(each?.requests?.[key]) || limit);
		});
	return all.every(isFull) ? 'Guaranteed' : 'Burstable';
}

function namespaceDefaults(object: KubeObject): KubeObject {
	const labels = {'kubernetes.io/metadata.name': object.metadata.name, ...object.metadata.labels};
	return {...object, metadata: {...object.metadata, labels}, spec: {finalizers: ['kubernetes']}, status: {phase: 'Active'}};
}

function serviceDefaults(object: KubeObject): KubeObject {
	const spec = (object.spec ?? {}) as Json;
	const ports = ((spec.ports as Json[] | undefined) ?? []).map(port => ({protocol: 'TCP', targetPort: port.port, ...port}));
	const type = spec.type ?? 'ClusterIP';
	const clusterIP = (spec.clusterIP as string | undefined) ?? address(object.metadata);
	const addresses = type === 'ExternalName' ? {} : {clusterIP, clusterIPs: [clusterIP]};
	return {
		...object,
		spec: {sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', ...addresses, ...spec, type, ports},
		status: {loadBalancer: {}},
	};
}

/** An address of the service network that follows from the name. */
function address({namespace = '', name: service}: KubeObject['metadata']): string {
	let sum = 0;
	for (const character of `${namespace}/${service}`) sum = (sum * 31 + character.charCodeAt(0)) % 65_000;
	return `10.43.${Math.floor(sum / 254)}.${(sum % 254) + 1}`;
}

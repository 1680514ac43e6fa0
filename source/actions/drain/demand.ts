import {entries, items, name, number, type Raw} from '../../cluster/raw.ts';
import {effective} from '../../workloads/pod-requests.ts';

/** What a pod needs on a node, by resource: cores, bytes, whole devices; itself as one of `pods`. */
export type Amounts = ReadonlyMap<string, number>;

/** What the scheduler sets aside for a pod; resources that it asks for none of are left out. */
export function amountsOf(pod: Raw): Amounts {
	const {spec} = pod;
	const containers = [...items(spec?.containers), ...items(spec?.initContainers)];
	const asked = [...containers.map(({resources}) => resources?.requests), spec?.resources?.requests, spec?.overhead];
	const resources = new Set(asked.flatMap(requests => entries(requests).map(([resource]) => resource)));
	const amounts = [...resources].map(resource => [resource, effective(pod, resource)] as const);
	return new Map([...amounts.filter(([, amount]) => amount > 0), ['pods', 1]]);
}

/** A port of the node that a pod takes for itself. */
export type HostPort = {readonly port: number; readonly protocol: string; readonly address: string};

const anyAddress = '0.0.0.0';

/** Those of containers and sidecars: other init containers are over before it matters. */
export function hostPortsOf({spec}: Raw): readonly HostPort[] {
	const sidecars = items(spec?.initContainers).filter(({restartPolicy}) => name(restartPolicy) === 'Always');
	return [...items(spec?.containers), ...sidecars].flatMap(({ports}) =>
		items(ports).flatMap(({hostPort, protocol, hostIP}) => {
			const port = number(hostPort) ?? 0;
			return port <= 0 ? [] : [{port, protocol: name(protocol) || 'TCP', address: name(hostIP) || anyAddress}];
		}),
	);
}

/** Whether two pods cannot both have what they want of a node's ports. */
export function collides(a: HostPort, b: HostPort): boolean {
	const meet = a.address === b.address || a.address === anyAddress || b.address === anyAddress;
	return a.port === b.port && a.protocol === b.protocol && meet;
}

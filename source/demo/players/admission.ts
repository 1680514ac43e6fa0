import {items, name as nameIn, number, type Raw} from '../../cluster/raw.ts';
import type {KubeObject, Stage} from '../model.ts';
import {endpointSlices} from '../objects/endpoints.ts';
import {namespaces} from '../objects/namespace.ts';
import type {PodObject} from '../objects/pod.ts';
import {exceeding, quotas} from '../objects/quota.ts';
import {webhookConfigurations} from '../objects/webhook.ts';
import {matchesSelector} from '../server/selectors.ts';
import {usedIn} from './quotas.ts';

/** Why the API server does not take a new pod: a webhook that must be asked does not answer, or a quota is used up. */
export function refusalOf(stage: Stage, pod: PodObject): string | undefined {
	return unanswered(stage, pod) ?? overQuota(stage, pod);
}

function unanswered(stage: Stage, pod: PodObject): string | undefined {
	const namespace = namespaces.get(stage.store, pod.metadata.namespace ?? '');
	const all = webhookConfigurations.flatMap(shelf => shelf.all(stage.store).flatMap(({webhooks}) => webhooks));
	for (const webhook of all as unknown as Raw[]) {
		const {service} = webhook.clientConfig ?? {};
		if (!service || nameIn(webhook.failurePolicy) === 'Ignore' || !isAsked(webhook, pod, namespace)) continue;
		const [where, of] = [nameIn(service.namespace), nameIn(service.name)];
		if (hasEndpoint(stage, where, of)) continue;
		const url = `https://${of}.${where}.svc:${number(service.port) ?? 443}${nameIn(service.path)}`;
		const asked = `${url}?timeout=${number(webhook.timeoutSeconds) ?? 10}s`;
		return `Internal error occurred: failed calling webhook "${nameIn(webhook.name)}": failed to call webhook: Post "${asked}": no endpoints available for service "${of}"`;
	}
	return undefined;
}

/** Pods that are made, in namespaces and with labels that are selected; no selector selects all. */
function isAsked(webhook: Raw, pod: PodObject, namespace: KubeObject | undefined): boolean {
	const has = (list: Raw | undefined, wanted: string) => items(list).some(each => ['*', wanted].includes(nameIn(each)));
	const isRuled = items(webhook.rules).some(
		rule => has(rule.operations, 'CREATE') && has(rule.apiGroups, '') && has(rule.resources, 'pods'),
	);
	const selects = (selector: Raw | undefined, labels: Record<string, string> = {}) =>
		selector === undefined || matchesSelector(selector, labels);
	return (
		isRuled &&
		selects(webhook.namespaceSelector, namespace?.metadata.labels) &&
		selects(webhook.objectSelector, pod.metadata.labels)
	);
}

/** True while a service has an endpoint that is ready. */
export function hasEndpoint({store}: Stage, namespace: string, service: string): boolean {
	return endpointSlices
		.all(store, namespace)
		.filter(({metadata}) => metadata.labels?.['kubernetes.io/service-name'] === service)
		.some(({endpoints}) => endpoints.some(({conditions}) => conditions.ready));
}

function overQuota({store}: Stage, pod: PodObject): string | undefined {
	const {name, namespace} = pod.metadata;
	for (const quota of quotas.all(store, namespace)) {
		const exceeded = exceeding(quota, usedIn(store, namespace ?? ''), pod);
		if (exceeded) return `pods "${name}" is forbidden: exceeded quota: ${quota.metadata.name}, ${exceeded}`;
	}
	return undefined;
}

import type {HookedRow} from '../build/hooked.ts';

/** Kyverno is asked about every pod but its own and the system's. */
export const kyverno: HookedRow = {
	configuration: 'kyverno-resource-validating-webhook-cfg',
	name: 'validate.kyverno.svc-fail',
	service: {namespace: 'kyverno', name: 'kyverno-svc', port: 443, path: '/validate/fail'},
	rule: {groups: [''], versions: ['v1'], resources: ['pods']},
	spares: ['kyverno', 'kube-system'],
	workload: 'kyverno-admission-controller',
	target: 9443,
};

export const certManager: HookedRow = {
	configuration: 'cert-manager-webhook',
	name: 'webhook.cert-manager.io',
	service: {namespace: 'cert-manager', name: 'cert-manager-webhook', port: 443, path: '/validate'},
	rule: {groups: ['cert-manager.io', 'acme.cert-manager.io'], versions: ['v1'], resources: ['*/*']},
	workload: 'cert-manager-webhook',
	target: 10_250,
};

export const istio: HookedRow = {
	configuration: 'istio-validator-istio-system',
	name: 'rev.validation.istio.io',
	service: {namespace: 'istio-system', name: 'istiod', port: 443, path: '/validate'},
	rule: {groups: ['security.istio.io', 'networking.istio.io'], resources: ['*']},
	workload: 'istiod',
	target: 15_017,
};

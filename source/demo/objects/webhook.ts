import type {KubeObject} from '../model.ts';
import {object} from './object.ts';
import {shelf} from './shelf.ts';

type Rule = {readonly groups: readonly string[]; readonly versions?: readonly string[]; readonly resources: readonly string[]};

export type WebhookRow = {
	/** The configuration's name, and that of the webhook in it. */
	readonly configuration: string;
	readonly name: string;
	readonly mutates?: boolean;
	readonly service: {readonly namespace: string; readonly name: string; readonly port: number; readonly path: string};
	readonly rule: Rule;
	/** Namespaces that are not asked about. */
	readonly spares?: readonly string[];
};

export type WebhookConfiguration = KubeObject & {webhooks: readonly unknown[]};

/** Both sorts of webhook configurations: those that refuse, and those that change. */
export const webhookConfigurations = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'].map(plural =>
	shelf<WebhookConfiguration>('admissionregistration.k8s.io', plural, ['webhooks']),
);

/** A configuration with one webhook that must be asked: where it does not answer, nothing of what it rules is taken. */
export function webhookConfiguration(row: WebhookRow, createdAt: number): WebhookConfiguration {
	const {configuration, name, mutates = false, service, rule, spares = []} = row;
	const spared = {key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...spares]};
	return object(
		'admissionregistration.k8s.io/v1',
		mutates ? 'MutatingWebhookConfiguration' : 'ValidatingWebhookConfiguration',
		{name: configuration, createdAt, generation: 1},
		{
			webhooks: [
				{
					name,
					admissionReviewVersions: ['v1'],
					clientConfig: {service: {...service}},
					failurePolicy: 'Fail',
					matchPolicy: 'Equivalent',
					namespaceSelector: spares.length === 0 ? {} : {matchExpressions: [spared]},
					objectSelector: {},
					rules: [
						{
							apiGroups: [...rule.groups],
							apiVersions: [...(rule.versions ?? ['*'])],
							operations: ['CREATE', 'UPDATE'],
							resources: [...rule.resources],
							scope: '*',
						},
					],
					sideEffects: 'None',
					timeoutSeconds: 10,
					...(mutates ? {reinvocationPolicy: 'Never'} : {}),
				},
			],
		},
	);
}

import type {Kind, System} from '../cluster/kind.ts';
import {items, name, type Raw, text} from '../cluster/raw.ts';
import {own, type RawName, type SafeText, type StoredRecord, say} from '../vocabulary.ts';

/** Something the API server asks before it stores an object. */
export type Webhook = {
	readonly name: SafeText;
	/** True where nothing is stored while it does not answer. */
	readonly fails: boolean;
	/** Who is asked inside the cluster; undefined where it is a URL. */
	readonly service: {readonly namespace: RawName; readonly name: RawName} | undefined;
	/** What it is asked about: `pods`, `deployments.apps`, `*`. */
	readonly resources: readonly SafeText[];
};

/** A ValidatingWebhookConfiguration or a MutatingWebhookConfiguration. */
export type WebhookRecord = StoredRecord & {
	readonly resource: 'validatingwebhookconfigurations' | 'mutatingwebhookconfigurations';
	readonly webhooks: readonly Webhook[];
};

function resourcesOf(rules: Raw | undefined): readonly SafeText[] {
	const all = items(rules).flatMap(({apiGroups, resources}) =>
		items(apiGroups).flatMap(group =>
			items(resources).map(resource => {
				const [of, plural] = [text(group, 253), text(resource, 253)];
				return of === '' || of === '*' ? plural : say`${plural}.${of}`;
			}),
		),
	);
	return [...new Set(all)].filter(resource => resource !== '');
}

function webhookOf({name: called, failurePolicy, clientConfig, rules}: Raw): Webhook {
	const service = name(clientConfig?.service?.name);
	return {
		name: text(called, 253),
		// Nobody having said what happens means that it fails.
		fails: name(failurePolicy) !== 'Ignore',
		service: service === '' ? undefined : {namespace: name(clientConfig?.service?.namespace), name: service},
		resources: resourcesOf(rules),
	};
}

const configurations = (resource: WebhookRecord['resource'], kind: string): Kind<WebhookRecord> => ({
	id: resource,
	group: 'admissionregistration.k8s.io',
	versions: ['v1'],
	plural: resource,
	kind,
	namespaced: false,
	project: (raw, identity) => ({...identity, resource, webhooks: items(raw.webhooks).map(webhookOf)}),
});

export const validatingKind = configurations('validatingwebhookconfigurations', 'ValidatingWebhookConfiguration');
export const mutatingKind = configurations('mutatingwebhookconfigurations', 'MutatingWebhookConfiguration');

/** What has a say before an object is stored. */
export const webhooks: System = {id: 'webhooks', title: 'Webhooks', required: false, kinds: [validatingKind, mutatingKind]};

/** The resource as kubectl takes it. */
export const fullResource = ({resource}: WebhookRecord): SafeText => own(`${resource}.admissionregistration.k8s.io`);

import type {Kind, System} from '../cluster/kind.ts';
import {instant, items, name, text} from '../cluster/raw.ts';
import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';

/** An API that a service in the cluster serves on behalf of the API server. */
export type ApiServiceRecord = StoredRecord & {
	readonly service: {readonly namespace: RawName; readonly name: RawName};
	/** Undefined where nobody says. */
	readonly available: boolean | undefined;
	/** The API server's own words: `MissingEndpoints`, and since when, epoch ms. */
	readonly reason: SafeText;
	readonly message: SafeText;
	readonly since: number;
};

const told: Readonly<Record<string, boolean>> = {True: true, False: false};

export const apiServiceKind: Kind<ApiServiceRecord> = {
	id: 'apiservices',
	group: 'apiregistration.k8s.io',
	versions: ['v1'],
	plural: 'apiservices',
	kind: 'APIService',
	namespaced: false,
	project: (raw, identity) => {
		const service = {namespace: name(raw.spec?.service?.namespace), name: name(raw.spec?.service?.name)};
		// What the API server serves itself is as well as the API server.
		if (service.name === '') return undefined;
		const condition = items(raw.status?.conditions).find(each => name(each.type) === 'Available');
		return {
			...identity,
			service,
			available: told[name(condition?.status)],
			reason: text(condition?.reason, 64),
			message: text(condition?.message, 256),
			since: instant(condition?.lastTransitionTime),
		};
	},
};

/** APIs that are served from inside the cluster: metrics, and what else was added. */
export const apiServices: System = {id: 'apiservices', title: 'API services', required: false, kinds: [apiServiceKind]};

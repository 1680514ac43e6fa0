import type {SafeText} from '../vocabulary.ts';
import {askJson} from './ask.ts';
import {flag, items, name, type Raw, text} from './raw.ts';
import type {Transport} from './transport.ts';

/** What somebody wants to do; `namespace` '' for cluster-wide, `name` missing for any. */
export type Deed = {
	readonly verb: string;
	readonly group: string;
	readonly resource: string;
	readonly namespace?: string;
	readonly name?: string;
	readonly subresource?: string;
};

export type Permission = {readonly allowed: boolean /** Why, in the authorizer's words; often ''. */; readonly reason: SafeText};

/** Asks the server whether this user may. Every authenticated user may ask. Rejects as `askJson` does. */
export async function mayI(transport: Transport, deed: Deed): Promise<Permission> {
	const {status} = await review(transport, 'SelfSubjectAccessReview', {resourceAttributes: deed});
	return {
		allowed: flag(status?.allowed) && !flag(status?.denied),
		reason: text(status?.reason, 200) || text(status?.evaluationError, 200),
	};
}

/** One rule; `*` stands for everything. `names` empty: all names. */
export type Rule = {
	readonly verbs: readonly string[];
	readonly groups: readonly string[];
	readonly resources: readonly string[];
	readonly names: readonly string[];
};

/** What this user may do in a namespace. `incomplete` where an authorizer (a webhook) does not list its rules. Rejects as `askJson` does. */
export async function rules(
	transport: Transport,
	namespace: string,
): Promise<{readonly rules: readonly Rule[]; readonly incomplete: boolean}> {
	const {status} = await review(transport, 'SelfSubjectRulesReview', {namespace});
	return {incomplete: flag(status?.incomplete), rules: items(status?.resourceRules).map(readRule)};
}

/** Whether rules allow it: good for greying out; ask `mayI` right before doing it. */
export function allows(known: readonly Rule[], {verb, group, resource, name: of, subresource}: Deed): boolean {
	const full = subresource ? `${resource}/${subresource}` : resource;
	const has = (list: readonly string[], ...wanted: readonly string[]) =>
		list.includes('*') || wanted.some(each => list.includes(each));
	return known.some(
		rule =>
			has(rule.verbs, verb) &&
			has(rule.groups, group) &&
			has(rule.resources, full, ...(subresource ? [`*/${subresource}`] : [])) &&
			(rule.names.length === 0 || (of !== undefined && rule.names.includes(of))),
	);
}

async function review(transport: Transport, kind: string, spec: unknown): Promise<Raw> {
	const {json} = await askJson(transport, {
		method: 'POST',
		path: `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`,
		headers: {'content-type': 'application/json'},
		body: JSON.stringify({apiVersion: 'authorization.k8s.io/v1', kind, spec}),
	});
	return json;
}

function readRule(rule: Raw): Rule {
	const names = (raw: Raw | undefined) => items(raw).map(name);
	return {
		verbs: names(rule.verbs),
		groups: names(rule.apiGroups),
		resources: names(rule.resources),
		names: names(rule.resourceNames),
	};
}

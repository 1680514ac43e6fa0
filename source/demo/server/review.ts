import {stamp} from '../objects/time.ts';
import {type Attributes, isAllowed, isPathAllowed, pathsOf, rulesIn} from './access.ts';
import {readObject} from './body.ts';
import type {ResourceExchange} from './exchange.ts';
import {badRequest, invalid} from './status.ts';

/** Kinds that are asked by creating them: nothing is kept. */
const reviews: Readonly<Record<string, (exchange: ResourceExchange) => Promise<object>>> = {
	'selfsubjectaccessreviews.authorization.k8s.io': reviewAccess,
	'selfsubjectrulesreviews.authorization.k8s.io': reviewRules,
	'selfsubjectreviews.authentication.k8s.io': reviewSelf,
};

/** How a question of this kind is answered; undefined where the resource is no question. */
export function reviewOf(group: string, plural: string): ((exchange: ResourceExchange) => Promise<object>) | undefined {
	return reviews[`${plural}.${group}`];
}

type AccessSpec = {
	readonly resourceAttributes?: Partial<Attributes> & {readonly resource?: string};
	readonly nonResourceAttributes?: {readonly path?: string; readonly verb?: string};
};

/** May I? */
async function reviewAccess(exchange: ResourceExchange): Promise<object> {
	const body = await readObject(exchange, 'SelfSubjectAccessReview');
	const spec = (body?.spec ?? {}) as AccessSpec;
	const {resourceAttributes: asked, nonResourceAttributes: path} = spec;
	if ((asked === undefined) === (path === undefined)) {
		const message = 'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified';
		throw invalid('authorization.k8s.io', '', '', [{reason: 'FieldValueInvalid', message, field: 'spec.resourceAttributes'}]);
	}
	const {group = '', resource = '', subresource = '', namespace = '', name = '', verb = ''} = asked ?? {};
	const allowed = asked
		? isAllowed(exchange.user, {group, plural: resource, subresource, namespace, name, verb})
		: isPathAllowed(exchange.user, path?.verb ?? '', path?.path ?? '');
	return {kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec, status: {allowed}};
}

/** What may I, in this namespace? */
async function reviewRules(exchange: ResourceExchange): Promise<object> {
	const body = await readObject(exchange, 'SelfSubjectRulesReview');
	const {namespace} = (body?.spec ?? {}) as {namespace?: string};
	if (!namespace) throw badRequest('no namespace on request');
	const rules = rulesIn(exchange.user, namespace).map(({verbs, apiGroups, resources}) => ({verbs, apiGroups, resources}));
	const status = {resourceRules: rules, nonResourceRules: pathsOf(exchange.user), incomplete: false};
	return {kind: 'SelfSubjectRulesReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec: {}, status};
}

/** Who am I? */
async function reviewSelf({user, cluster}: ResourceExchange): Promise<object> {
	const creationTimestamp = stamp(cluster.stage.clock.now());
	const userInfo = {username: user.name, uid: user.name, groups: user.groups};
	return {kind: 'SelfSubjectReview', apiVersion: 'authentication.k8s.io/v1', metadata: {creationTimestamp}, status: {userInfo}};
}

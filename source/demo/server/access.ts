import type {Rule} from '../model.ts';
import type {Address} from './address.ts';
import {forbidden, Refusal, unauthorized} from './status.ts';

export type User = {
	readonly name: string;
	readonly groups: readonly string[];
	readonly rules: readonly Rule[];
};

/** What is asked for. `subresource` is `''` where there is none. */
export type Attributes = Pick<Address, 'group' | 'plural' | 'subresource' | 'namespace' | 'name'> & {readonly verb: string};

const publicPaths = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const discoveryPaths = [
	'/api',
	'/api/*',
	'/apis',
	'/apis/*',
	...publicPaths.slice(0, 2),
	'/openapi',
	'/openapi/*',
	...publicPaths.slice(2),
];

const selfReviews: readonly Rule[] = [
	{apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'], verbs: ['create']},
	{apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'], verbs: ['create']},
];

export const everything: Rule = {apiGroups: ['*'], resources: ['*'], verbs: ['*']};

/** Who asks. Whoever has no token gets nothing at all (`--anonymous-auth=false`, as k3s and Talos are set up). */
export function authenticate(users: ReadonlyMap<string, User>, authorization: string | undefined): User {
	const user = users.get(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '');
	if (!user) throw unauthorized();
	return user;
}

function isPublic(path: string): boolean {
	return publicPaths.includes(path) || /^\/(readyz|livez|healthz)\//.test(path);
}

/** The rules that hold for a user in a namespace, those of every authenticated user first. */
export function rulesIn(user: User, namespace: string): readonly Rule[] {
	return [...selfReviews, ...user.rules.filter(rule => rule.namespace === undefined || rule.namespace === namespace)];
}

/** The paths a user may get. */
export function pathsOf(user: User): ReadonlyArray<{verbs: readonly string[]; nonResourceURLs: readonly string[]}> {
	return [
		{verbs: ['get'], nonResourceURLs: discoveryPaths},
		{verbs: ['get'], nonResourceURLs: publicPaths},
		...(user.rules.includes(everything) ? [{verbs: ['*'], nonResourceURLs: ['*']}] : []),
	];
}

export function isAllowed(user: User, asked: Attributes): boolean {
	const path = asked.subresource === '' ? asked.plural : `${asked.plural}/${asked.subresource}`;
	return rulesIn(user, asked.namespace).some(
		rule =>
			(rule.verbs.includes(asked.verb) || rule.verbs.includes('*')) &&
			(rule.apiGroups.includes(asked.group) || rule.apiGroups.includes('*')) &&
			(rule.resources.includes(path) || rule.resources.includes('*') || rule.resources.includes(`*/${asked.subresource}`)),
	);
}

export function isPathAllowed(user: User, verb: string, path: string): boolean {
	const fits = (pattern: string) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern);
	return pathsOf(user).some(
		({verbs, nonResourceURLs}) => (verbs.includes(verb) || verbs.includes('*')) && (nonResourceURLs.some(fits) || isPublic(path)),
	);
}

/** Throws 403 where the user may not. */
export function authorize(user: User, asked: Attributes): void {
	if (isAllowed(user, asked)) return;
	const path = asked.subresource === '' ? asked.plural : `${asked.plural}/${asked.subresource}`;
	const where = asked.namespace === '' ? 'at the cluster scope' : `in the namespace "${asked.namespace}"`;
	throw forbidden(asked, asked.name, user.name, asked.verb, path, where);
}

export function authorizePath(user: User, verb: string, path: string): void {
	if (isPathAllowed(user, verb, path)) return;
	throw new Refusal(403, 'Forbidden', `forbidden: User "${user.name}" cannot ${verb} path "${path}"`, {});
}

import type {Rule} from '../conformance/target.ts';
import type {Identity} from './certificates.ts';
import {type Kubectl, mustRun} from './kubectl.ts';
import type {User} from './start.ts';

/** A user who may do only what its Role says. */
export type LimitedUser = User & {
	readonly user: string;
	readonly namespace: string;
	/** Takes the Role away while requests go on. */
	readonly revoke: () => Promise<void>;
	/** Gives the Role, or another one in its place. */
	readonly grant: (rules?: readonly Rule[]) => Promise<void>;
};

let made = 0;

export async function makeLimitedUser({
	namespace,
	rules,
	validFor,
	kubectl,
	issueUser,
}: {
	namespace: string;
	rules: readonly Rule[];
	validFor?: number;
	kubectl: Kubectl;
	issueUser: (identity: Identity) => Promise<User>;
}): Promise<LimitedUser> {
	made += 1;
	const user = `limited-${made}`;
	const apply = (objects: readonly object[]) =>
		mustRun(kubectl, ['apply', '--server-side', '-f', '-'], JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects}));
	const grant = async (granted: readonly Rule[] = rules) => {
		await apply([role(user, namespace, granted), binding(user, namespace)]);
	};
	await apply([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}]);
	await grant();
	const pair = await issueUser({user, namespace, ...(validFor === undefined ? {} : {validFor})});
	return {
		...pair,
		user,
		namespace,
		grant,
		revoke: async () => {
			await mustRun(kubectl, ['-n', namespace, 'delete', 'rolebinding', user]);
		},
	};
}

const rbac = 'rbac.authorization.k8s.io';

function role(name: string, namespace: string, rules: readonly Rule[]) {
	return {apiVersion: `${rbac}/v1`, kind: 'Role', metadata: {name, namespace}, rules};
}

function binding(name: string, namespace: string) {
	return {
		apiVersion: `${rbac}/v1`,
		kind: 'RoleBinding',
		metadata: {name, namespace},
		roleRef: {apiGroup: rbac, kind: 'Role', name},
		subjects: [{apiGroup: rbac, kind: 'User', name}],
	};
}

import {randomBytes} from 'node:crypto';
import type {Rule} from '../model.ts';
import {everything, type User} from './access.ts';

/** Those who may ask, by their tokens. */
export type Users = {
	readonly byToken: ReadonlyMap<string, User>;
	/** Adds a user, or gives a known one other rules; returns the token. */
	readonly add: (name: string, rules: readonly Rule[]) => string;
};

/** The users of a cluster, with an administrator among them, whose token it returns too. */
export function createUsers(): {users: Users; admin: string} {
	const byToken = new Map<string, User>();
	const add: Users['add'] = (name, rules) => {
		const [known] = [...byToken].find(([, user]) => user.name === name) ?? [];
		const token = known ?? randomBytes(24).toString('base64url');
		byToken.set(token, {name, groups: ['system:authenticated'], rules});
		return token;
	};
	return {users: {byToken, add}, admin: add('admin', [everything])};
}

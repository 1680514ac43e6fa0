import {afterAll, beforeAll} from 'vitest';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster} from '../../source/demo/model.ts';
import {conformance} from '../conformance/conformance.ts';
import {limitedRules, type Target} from '../conformance/target.ts';
import {tinyWorld} from './tiny-world.ts';

let cluster: EmbeddedCluster | undefined;
let target: Target | undefined;

beforeAll(async () => {
	cluster = await startEmbedded({world: tinyWorld});
	const {server, ca, token, compact, addUser} = cluster;
	const bearer = (secret: string) => ({headers: {authorization: `Bearer ${secret}`}});
	const namespace = 'limited';
	const limited = addUser(
		'limited',
		limitedRules.map(rule => ({...rule, namespace})),
	);
	target = {
		server,
		ca,
		admin: bearer(token),
		limited: {namespace, credentials: bearer(limited)},
		isEmbedded: true,
		compact: async () => compact(),
	};
});

afterAll(() => cluster?.close());

conformance(() => {
	if (!target) throw new Error('the target is there only while the tests run');
	return target;
});

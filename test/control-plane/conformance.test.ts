import {afterAll, beforeAll} from 'vitest';
import {conformance} from '../conformance/conformance.ts';
import {limitedRules, type Target} from '../conformance/target.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let controlPlane: ControlPlane | undefined;
let target: Target | undefined;

beforeAll(async () => {
	controlPlane = await startControlPlane();
	await controlPlane.addNodes(3);
	const limited = await controlPlane.limitedKubeconfig({namespace: 'limited', rules: limitedRules});
	target = {
		server: controlPlane.server,
		ca: controlPlane.ca,
		admin: controlPlane.admin,
		limited: {namespace: limited.namespace, credentials: limited},
		isEmbedded: false,
		compact: controlPlane.compact,
	};
});

afterAll(async () => {
	await controlPlane?.stop();
});

conformance(() => {
	if (!target) throw new Error('the control plane is there only while the tests run');
	return target;
});

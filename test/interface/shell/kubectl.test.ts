import {expect, test} from 'vitest';
import {clipboard, showCommand} from '../../../source/interface/shell/kubectl.ts';
import type {RawName, Subject} from '../../../source/vocabulary.ts';

const subject = (resource: string, namespace: string, name: string): Subject => ({
	resource,
	namespace: namespace as RawName,
	name: name as RawName,
});
const kubectl = ['kubectl', '--context', 'homelab'];

test('shows an object in its namespace, or of the whole cluster', () => {
	expect(showCommand(kubectl, subject('volumes.longhorn.io', 'longhorn-system', 'pvc-1'))).toEqual({
		command: 'kubectl --context homelab -n longhorn-system get volumes.longhorn.io pvc-1 -o yaml',
	});
	expect(showCommand(kubectl, subject('nodes', '', 'nuc-1'))).toEqual({
		command: 'kubectl --context homelab get nodes nuc-1 -o yaml',
	});
});

test.each([
	['; rm -rf /', '', 'a'],
	['nodes', 'a b', 'a'],
	['nodes', '', '$(reboot)'],
	['nodes', '', '--all'],
	['nodes', '', 'a\u001b]52;c;x\u0007'],
	['nodes', '', 'a\u202eb'],
	['nodes', '', ''],
	['nodes', '', 'a'.repeat(254)],
	['nodes', '../x', 'a'],
])('refuses what Kubernetes would not accept: %j %j %j', (resource, namespace, name) => {
	expect(showCommand(kubectl, subject(resource, namespace, name))).toEqual({
		refused: expect.stringContaining('not a valid Kubernetes name'),
	});
});

test('refuses a context that hides something, and a row without an object', () => {
	expect(showCommand(['kubectl', '--context', 'a\u202eb'], subject('nodes', '', 'a'))).toHaveProperty('refused');
	expect(showCommand(kubectl, undefined)).toHaveProperty('refused');
});

test('hands text to the terminal in a form that nothing can break out of', () => {
	expect(clipboard('kubectl get nodes')).toBe(`\u001b]52;c;${btoa('kubectl get nodes')}\u0007`);
	expect(clipboard('\u0007\u001b[2J')).toMatch(/^\u001b\]52;c;[A-Za-z0-9+/=]+\u0007$/);
});

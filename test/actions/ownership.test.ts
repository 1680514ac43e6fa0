import {expect, test} from 'vitest';
import {ownerOf} from '../../source/actions/ownership.ts';
import type {Raw} from '../../source/cluster/raw.ts';
import {expectSafe, poisoned} from '../_helpers/hostile.ts';

const owner = (metadata: object) => ownerOf(metadata as unknown as Raw);
const manager = (name: string) => ({managedFields: [{manager: name, operation: 'Apply'}]});

const fluxed = {labels: {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'}};
const released = {labels: {'helm.toolkit.fluxcd.io/name': 'velero', 'helm.toolkit.fluxcd.io/namespace': 'velero'}};
const tracked = {annotations: {'argocd.argoproj.io/tracking-id': 'backups:velero.io/Schedule:velero/tier-0'}};
const helmed = {
	labels: {'app.kubernetes.io/managed-by': 'Helm'},
	annotations: {'meta.helm.sh/release-name': 'velero', 'meta.helm.sh/release-namespace': 'velero'},
};

test.each([
	['a Flux Kustomization', fluxed, 'Flux Kustomization flux-system/apps', 'when it reconciles next'],
	['Flux by its field manager', manager('kustomize-controller'), 'Flux Kustomization', 'when it reconciles next'],
	['a Flux HelmRelease', released, 'Flux HelmRelease velero/velero', 'next upgrade'],
	['Argo CD by annotation', tracked, 'Argo CD application backups', 'heals by itself'],
	['Argo CD by its label', {labels: {'argocd.argoproj.io/instance': 'backups'}}, 'Argo CD application backups', 'next sync'],
	[
		'Argo CD by its field manager and the label it shares with charts',
		{labels: {'app.kubernetes.io/instance': 'backups'}, ...manager('argocd-controller')},
		'Argo CD application backups',
		'next sync',
	],
	['a Helm release', helmed, 'Helm release velero/velero', 'next helm upgrade'],
	['a cordon of Talos', {annotations: {'talos.dev/cordoned': 'true'}}, 'Talos', 'takes its cordon back itself'],
	[
		'the machine configuration of Talos',
		{
			annotations: {
				'talos.dev/owned-labels': '["rack"]',
				'talos.dev/owned-taints': '["gpu"]',
				'talos.dev/owned-annotations': '[]',
			},
		},
		'the machine configuration of Talos',
		'what labels and taints it sets itself',
	],
	[
		'an upgrade',
		{labels: {'upgrade.cattle.io/plan': 'k3s-server'}},
		'system-upgrade-controller for plan k3s-server',
		'while its plan is applied',
	],
	[
		'an addon of k3s',
		{
			annotations: {
				'objectset.rio.cattle.io/owner-name': 'coredns',
				'objectset.rio.cattle.io/owner-gvk': 'k3s.cattle.io/v1, Kind=Addon',
			},
		},
		'k3s addon coredns',
		'when it starts',
	],
	[
		'an operator',
		{
			ownerReferences: [
				{kind: 'Tenant', name: 'blue'},
				{kind: 'BackupPlan', name: 'nightly', controller: true},
			],
		},
		'BackupPlan nightly',
		'its controller puts it back',
	],
])('who manages it, and that it is put back: %s', (_, metadata, by, reverts) => {
	expect(owner(metadata)).toEqual({by, reverts: expect.stringContaining(reverts)});
});

test('what nobody is known to manage has no owner', () => {
	for (const metadata of [
		{},
		{labels: {'app.kubernetes.io/instance': 'velero'}},
		{annotations: {'talos.dev/owned-labels': '[]'}},
		{ownerReferences: [{kind: 'Tenant', name: 'blue'}]},
		manager('kubectl-edit'),
	])
		expect(owner(metadata)).toBeUndefined();
});

test('who deploys a chart through Flux or Argo CD is told rather than Helm', () => {
	expect(owner({...helmed, labels: {...helmed.labels, ...released.labels}})?.by).toBe('Flux HelmRelease velero/velero');
	expect(owner({...helmed, annotations: {...helmed.annotations, ...tracked.annotations}})?.by).toBe(
		'Argo CD application backups',
	);
});

test('Flux that is told to leave it alone does', () => {
	const annotations = {'kustomize.toolkit.fluxcd.io/reconcile': 'disabled'};
	expect(owner({...fluxed, annotations})?.reverts).toBe('Flux is told to leave it alone');
});

test('names are only text', () => {
	for (const metadata of [fluxed, released, tracked, helmed, {labels: {'upgrade.cattle.io/plan': 'k3s-server'}}]) {
		const told = owner(poisoned(metadata));
		expect(told).toBeDefined();
		expectSafe(told);
	}
});

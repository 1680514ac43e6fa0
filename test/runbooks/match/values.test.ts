import {expect, test} from 'vitest';
import {valuesFor} from '../../../source/runbooks/match/values.ts';
import {parseRunbooks} from '../../../source/runbooks/parse/parse.ts';
import type {Runbook} from '../../../source/runbooks/runbook.ts';
import type {RawName} from '../../../source/vocabulary.ts';

/** A runbook that asks for these. */
function asking(...names: readonly string[]): Runbook {
	const [first] = parseRunbooks(
		`---\nparameters: {${names.map(name => `${name}: x`).join(', ')}}\n---\n1. look`,
		'x.md',
		'user',
	).runbooks;
	if (first === undefined) throw new Error('no runbook');
	return first;
}

const subject = (resource: string, namespace: string, name: string) => ({
	resource,
	namespace: namespace as RawName,
	name: name as RawName,
});

test.each([
	['node-not-ready:nuc-2', {NODE: 'nuc-2'}],
	['session-down:nuc-2/10.0.0.1', {NODE: 'nuc-2', PEER: '10.0.0.1'}],
	['session-down:nuc-2/fd00::1', {NODE: 'nuc-2', PEER: 'fd00::1'}],
	['volume-degraded:media/jellyfin-config', {NAMESPACE: 'media', CLAIM: 'jellyfin-config'}],
	['volume-degraded:pvc-1234', {CLAIM: 'pvc-1234'}],
	['csi-driver-missing:driver.longhorn.io on nuc-2', {DRIVER: 'driver.longhorn.io', NODE: 'nuc-2'}],
	['backup-late:tier-0', {TIER: 'tier-0'}],
	['location-unavailable:b2', {LOCATION: 'b2'}],
	['address-pending:media/jellyfin', {NAMESPACE: 'media', SERVICE: 'jellyfin'}],
	['pods-unschedulable:apps/web', {NAMESPACE: 'apps', WORKLOAD: 'web'}],
	['storage-server-down:nas-1', {SERVER: 'nas-1'}],
	['gpu-missing:gpu-1', {NODE: 'gpu-1'}],
	['disk-full:nuc-3 /var/lib/longhorn/nvme', {NODE: 'nuc-3', DISK: '/var/lib/longhorn/nvme'}],
	['node-not-ready', {}],
])('%s says what it is about', (name, values) => {
	const names = ['NODE', 'PEER', 'NAMESPACE', 'CLAIM', 'DRIVER', 'TIER', 'LOCATION', 'SERVER'];
	const asked = [...new Set([...Object.keys(values), ...(Object.keys(values).length === 0 ? names : [])])];
	expect(valuesFor(asking(...asked), {finding: {name}})).toEqual(values);
});

test('an object behind the finding says it better', () => {
	const found = valuesFor(asking('VOLUME', 'NAMESPACE', 'NODE'), {
		finding: {
			name: 'volume-degraded:media/jellyfin-config',
			subject: subject('volumes.longhorn.io', 'longhorn-system', 'pvc-1234'),
		},
	});
	expect(found).toEqual({VOLUME: 'pvc-1234', NAMESPACE: 'longhorn-system'});
});

test('an alert gives its labels', () => {
	const alert = {name: 'KubePodCrashLooping', labels: {namespace: 'apps', pod: 'web-0', 'some-label': 'x'}};
	expect(valuesFor(asking('NAMESPACE', 'POD_NAME', 'SOME_LABEL', 'ALERTNAME', 'NODE'), {alert})).toEqual({
		NAMESPACE: 'apps',
		POD_NAME: 'web-0',
		SOME_LABEL: 'x',
		ALERTNAME: 'KubePodCrashLooping',
	});
});

test('other names for the same are answered', () => {
	const finding = {name: 'volume-degraded:media/jellyfin-config'};
	expect(valuesFor(asking('NS', 'PVC_NAME', 'FINDING'), {finding})).toEqual({
		NS: 'media',
		PVC_NAME: 'jellyfin-config',
		FINDING: 'volume-degraded:media/jellyfin-config',
	});
});

test('values stay as they are, whatever they hold, but for what no variable can', () => {
	const hostile = '; rm -rf / $(id) `id` "\'\n--force';
	const labels = {pod: hostile, node: 'a\0b', __proto__: 'x'};
	expect(valuesFor(asking('POD', 'NODE', 'CONSTRUCTOR', 'TOSTRING'), {alert: {name: 'x', labels}})).toEqual({POD: hostile});
});

import type {Stage} from '../../../source/demo/model.ts';
import {pools} from '../../../source/demo/objects/cilium/pool.ts';
import {claims} from '../../../source/demo/objects/claim.ts';
import {nodes} from '../../../source/demo/objects/node.ts';
import {stamp} from '../../../source/demo/objects/time.ts';
import {locations} from '../../../source/demo/objects/velero/location.ts';
import {veleroNamespace} from '../../../source/demo/objects/velero/velero.ts';
import {acts, byHand, changes, destroys, edits, fails, type LibraryWalk, reads, skips, waits} from './walk.ts';

/** Whatever ailed pods is mended. */
const heal = ({ailments}: Stage): void => ailments.clear();

const switchOn =
	(node: string) =>
	({silent}: Stage): void => {
		silent.delete(node);
	};

function insertGpu({store}: Stage): void {
	const one = {'nvidia.com/gpu': '1'};
	nodes.change(store, {metadata: {name: 'gpu-1'}}, draft => {
		draft.status = {
			...draft.status,
			capacity: {...draft.status?.capacity, ...one},
			allocatable: {...draft.status?.allocatable, ...one},
		};
	});
}

function giveKey({store, clock}: Stage): void {
	locations.change(store, {metadata: {name: 'b2', namespace: veleroNamespace}}, draft => {
		draft.status = {phase: 'Available', lastSyncedTime: stamp(clock.now()), lastValidationTime: stamp(clock.now())};
	});
}

/** Every runbook of the library that is said to be verified, walked on its scenario. */
export const walks: readonly LibraryWalk[] = [
	{
		runbook: 'address-pending',
		scenario: 'address-pending',
		finding: 'address-pending:media/audiobookshelf',
		speed: 10,
		steps: [
			reads(/audiobookshelf +LoadBalancer +\S+ +<pending>/),
			reads(/homelab .*10\.0\.10\.18.*IPsAvailable=0/),
			reads(/IPAMRequestSatisfied False/),
			reads(/kubectl-edit/),
			byHand(({store}) => {
				pools.change(store, {metadata: {name: 'homelab'}}, draft => {
					draft.spec = {...draft.spec, blocks: [{start: '10.0.10.10', stop: '10.0.10.30'}]};
				});
			}),
			skips('manual'),
			reads(/jellyfin +LoadBalancer/),
			waits(),
		],
	},
	{
		runbook: 'bgp-session-down',
		scenario: 'bgp-down',
		finding: 'session-down:nuc-3/10.0.0.1',
		speed: 10,
		steps: [
			reads(/nuc-3 +Ready/),
			reads(/selects .*homelab\.demo\/bgp/),
			reads(/nuc-1 +10\.0\.0\.1 +established/),
			reads(/cilium-\w+ .* nuc-3/),
			changes(/node\/nuc-3 labeled/),
			byHand(),
			skips('manual'),
			skips('destructive'),
			waits(),
			reads(/10\.0\.0\.1 established advertises \d+/),
		],
	},
	{
		runbook: 'bgp-session-down',
		part: 'the agent of a node',
		scenario: 'address-pending',
		finding: 'session-down:nuc-2/10.0.0.1',
		speed: 10,
		steps: [
			reads(/nuc-2 +Ready/),
			reads(/selects/),
			reads(/nuc-2 +10\.0\.0\.1 +active/),
			reads(/cilium-\w+ +1\/1 +Running .* nuc-2/),
			skips('changing'),
			skips('manual'),
			byHand(),
			destroys(/pod "cilium-\w+" deleted/),
			skips('wait'),
			reads(/10\.0\.0\.1 \w+ advertises/),
		],
	},
	{
		runbook: 'claim-pending',
		scenario: 'disk-full',
		finding: 'claim-pending:media/tdarr-cache',
		speed: 10,
		steps: [
			reads(/tdarr-cache +Pending .* nvme/, /800Gi|no disk with tag nvme/),
			reads(/nvme .*driver\.longhorn\.io/),
			reads(/no disk with tag nvme has 858993459200 bytes/),
			reads(/nuc-3 free \d+ scheduled \d+ of \d+/),
			byHand(({store}) => {
				claims.remove(store, {metadata: {namespace: 'media', name: 'tdarr-cache'}});
			}),
			skips('manual'),
			skips('reading'),
			skips('changing'),
			skips('reading'),
			waits(),
		],
	},
	{
		runbook: 'claim-pending',
		part: 'a volume that has to grow',
		scenario: 'calm',
		given: {NAMESPACE: 'media', CLAIM: 'jellyfin-config', SIZE: '60Gi'},
		speed: 10,
		steps: [
			reads(/jellyfin-config +Bound/),
			reads(/ALLOWVOLUMEEXPANSION/),
			reads(),
			reads(/nuc-3 free \d+/),
			skips('manual'),
			skips('manual'),
			reads(/true/),
			changes(/jellyfin-config patched$/),
			reads(/\d+Gi/),
			waits(),
		],
	},
	{
		runbook: 'csi-driver-missing',
		scenario: 'csi-broken',
		finding: 'csi-driver-missing:driver.longhorn.io on nuc-3',
		speed: 10,
		steps: [
			reads(/./),
			reads(/driver name driver\.longhorn\.io not found in the list of registered CSI drivers/),
			reads(/root-dir=\/data\/kubelet/),
			reads(/\/var\/lib\/kubelet/),
			byHand(heal),
			skips('manual'),
			destroys(/pod "longhorn-csi-plugin-\w+" deleted/),
			waits(),
			reads(/No resources found/),
		],
	},
	{
		runbook: 'gpu-missing',
		scenario: 'gpu-gone',
		finding: 'gpu-missing:gpu-1',
		speed: 20,
		steps: [
			reads(/0 of which allocatable 0/),
			reads(/nvidia-device-plugin/, /Insufficient nvidia\.com\/gpu/),
			reads(/nvidia-device-plugin-daemonset-\w+ +1\/1 +Running/),
			reads(/GPU has fallen off the bus/),
			destroys(/pod "nvidia-device-plugin-daemonset-\w+" deleted/),
			acts(/gpu-1/),
			byHand(insertGpu),
			acts(/gpu-1/),
			skips('manual'),
			waits(),
		],
	},
	{
		runbook: 'node-failure',
		scenario: 'node-lost',
		finding: 'node-not-ready:nuc-2',
		speed: 20,
		steps: [
			reads(/nuc-2 +NotReady/, /Kubelet stopped posting node status/),
			reads(/^\d{4}-\d\d-\d\dT/),
			reads(/immich-postgres-\w+-\w+ +1\/1 +Terminating/),
			reads(/nuc-2 +true/),
			reads(/nuc-1 +Ready/, /nuc-2 +NotReady/),
			byHand(),
			skips('manual'),
			skips('wait'),
			byHand(),
			changes(/node\/nuc-2 tainted/),
			reads(),
			waits(switchOn('nuc-2')),
			changes(/node\/nuc-2 untainted/),
			reads(/nuc-2 +Ready/),
			reads(/attached +(?:healthy|degraded)/),
		],
	},
	{
		runbook: 'node-failure',
		part: 'a machine that comes back',
		scenario: 'node-lost',
		finding: 'node-not-ready:nuc-2',
		speed: 20,
		steps: [
			reads(/nuc-2 +NotReady/),
			reads(/T/),
			reads(/nuc-2/),
			reads(/nuc-2 +true/),
			reads(/nuc-2 +NotReady/),
			byHand(),
			byHand(switchOn('nuc-2')),
			waits(),
			skips('manual'),
			skips('changing'),
			skips('reading'),
			skips('wait'),
			skips('changing'),
			reads(/nuc-2 +Ready/),
			reads(/healthy/),
		],
	},
	{
		runbook: 'node-maintenance',
		scenario: 'calm',
		given: {NODE: 'ryzen-1'},
		speed: 20,
		steps: [
			reads(/ryzen-1 +Ready/),
			reads(/attached +healthy/),
			reads(/s3 +s3:\/\/\S+ +\d{4}-\S+ +true/),
			fails('midwatch', /\(scratch\).*each has emptyDir data/),
			acts(/ryzen-1/),
			byHand(),
			reads(/ryzen-1 +Ready,SchedulingDisabled .*v1\.35/),
			acts(/ryzen-1/),
			waits(),
			waits(),
			reads(),
		],
	},
	{
		runbook: 'node-memory-high',
		scenario: 'memory-high',
		finding: 'node-memory-high:pi4-1',
		speed: 20,
		steps: [
			reads(/pi4-1 +\d+m +\d+% +\d+Mi +9\d%/),
			reads(/adguard-home/),
			reads(),
			reads(/MemoryPressure False/),
			acts(/pi4-1/),
			edits('kubectl -n network rollout restart deployment/adguard-home', /adguard-home restarted/),
			byHand(),
			acts(/pi4-1/),
			waits(),
		],
	},
	{
		runbook: 'pods-pending',
		scenario: 'quota',
		finding: 'workload-short:shop-dev/web',
		speed: 10,
		steps: [
			reads(/No resources found/),
			reads(/No resources found/),
			reads(/exceeded quota: compute/, /requests\.memory +2Gi +2Gi/),
			reads(/dev-\S+ +\d+ +\S+Ki/),
			reads(/dev-\S+ +\d+m/),
			changes(/deployment\.apps\/web scaled/),
			skips('manual'),
			byHand(),
			waits(),
		],
	},
	{
		runbook: 'storage-server-down',
		scenario: 'nfs-gone',
		finding: 'storage-server-down:10.0.0.41',
		speed: 10,
		fakes: ['ping', 'showmount'],
		steps: [
			reads(/^VOLUME.*\n(?:.* 10\.0\.0\.41 .*\n?)+$/),
			reads(/3 packets transmitted, 3 received, 0% packet loss/),
			reads(/the NFS service on 10\.0\.0\.41 does not answer/),
			reads(/mount\.nfs: Connection timed out/),
			byHand(heal),
			byHand(),
			reads(),
			waits(),
		],
	},
	{
		runbook: 'velero-backup-failed',
		scenario: 'bucket-failing',
		finding: 'backup-late:tier-0',
		speed: 20,
		fakes: ['velero'],
		steps: [
			reads(/tier-0-\d+ +Completed/, /tier-0-\d+ +FailedValidation/),
			reads(/b2 +Unavailable .* api error AccessDenied: not entitled/),
			reads(/velero-\S+ +1\/1 +Running/),
			reads(/^BACKUP +NAMESPACE/),
			reads(/FailedValidation/),
			byHand(giveKey),
			skips('changing'),
			acts(/tier-0-\d+: Completed/),
			waits(),
		],
	},
	{
		runbook: 'vip-without-owner',
		scenario: 'vip-lost',
		finding: 'vip-without-owner:plndr-cp-lock',
		speed: 5,
		steps: [
			reads(/\[\+\]etcd ok/),
			reads(/nuc-1 +Ready/),
			reads(/nuc-2 renewed \d{4}-/),
			reads(/kube-vip-\w+ +1\/1 +Running/),
			destroys(/pod "kube-vip-\w+" deleted/),
			skips('manual'),
			skips('manual'),
			skips('manual'),
			skips('manual'),
			reads(/^ok/),
			waits(),
		],
	},
	{
		runbook: 'vip-without-owner',
		part: 'where nobody answers',
		scenario: 'control-plane-gone',
		steps: [
			fails('reading', /was refused/),
			fails('reading', /was refused/),
			fails('reading', /was refused/),
			fails('reading', /was refused/),
			skips('destructive'),
			skips('manual'),
			byHand(({server}) => Object.assign(server, {refuse: false})),
			skips('manual'),
			skips('manual'),
			reads(/^ok/),
			waits(),
		],
	},
	{
		runbook: 'volume-degraded',
		scenario: 'node-lost',
		finding: 'volume-degraded:apps/paperless-data',
		speed: 20,
		steps: [
			reads(/attached +degraded +\d{4}-/),
			reads(/nuc-2 +stopped +\d{4}-/),
			reads(/"RW"/),
			reads(/nuc-1 True/),
			byHand(),
			reads(/nuc-1 allows true, \S+ allows true tags/),
			skips('manual'),
			skips('manual'),
			waits(switchOn('nuc-2')),
		],
	},
];

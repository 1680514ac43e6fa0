import {longhorn} from '../../objects/longhorn/longhorn.ts';
import type {StorageClassRow} from '../../objects/storage-class.ts';
import type {ClaimedRow} from '../build/claimed.ts';
import type {Replicated, ReplicatedRow} from '../build/replicated.ts';

const tier = (name: string): StorageClassRow => ({
	name,
	provisioner: longhorn.driver,
	parameters: {numberOfReplicas: '2', diskSelector: name, staleReplicaTimeout: '2880', fsType: 'ext4', dataLocality: 'disabled'},
});

const localPath: StorageClassRow = {
	name: 'local-path',
	provisioner: 'rancher.io/local-path',
	isDefault: true,
	waits: true,
	expands: false,
	annotations: {defaultVolumeType: 'local', 'objectset.rio.cattle.io/owner-name': 'local-storage'},
};

/** Static NFS volumes name a class that nobody provisions. */
const media: StorageClassRow = {
	name: 'media',
	provisioner: 'kubernetes.io/no-provisioner',
	reclaim: 'Retain',
	expands: false,
};

export const storageClasses: readonly StorageClassRow[] = [tier('optane'), tier('nvme'), tier('sas-ssd'), localPath, media];

const a = ['nuc-1', 'nuc-3'];
const b = ['nuc-1', 'ryzen-1'];
const c = ['nuc-3', 'ryzen-1'];
const d = ['ryzen-1', 'gpu-1'];
const sas = ['nas-1', 'ryzen-1'];

const volumes: readonly ReplicatedRow[] = [
	['photos', 'immich-postgres', 'optane', '20Gi', '11Gi', a],
	['auth', 'authentik-postgresql', 'optane', '10Gi', '3Gi', a],
	['apps', 'nextcloud-postgresql', 'optane', '20Gi', '8Gi', a],
	['media', 'jellyfin-config', 'nvme', '40Gi', '22Gi', a],
	['media', 'sonarr-config', 'nvme', '5Gi', '2Gi', b],
	['media', 'radarr-config', 'nvme', '5Gi', '2Gi', c],
	['home', 'home-assistant-config', 'nvme', '20Gi', '9Gi', a],
	['home', 'esphome-config', 'nvme', '5Gi', '1Gi', c],
	['apps', 'vaultwarden-data', 'nvme', '120Gi', '48Gi', ['nuc-2', 'nuc-3']],
	['apps', 'paperless-data', 'nvme', '150Gi', '61Gi', ['nuc-2', 'nuc-3']],
	['monitoring', 'grafana', 'nvme', '10Gi', '1Gi', c],
	['ai', 'ollama-models', 'nvme', '200Gi', '131Gi', d],
	['ai', 'open-webui-data', 'nvme', '20Gi', '4Gi', d],
	['apps', 'minecraft-world', 'nvme', '30Gi', '12Gi', b],
	['media', 'navidrome-data', 'sas-ssd', '10Gi', '3Gi', sas],
	['apps', 'nextcloud-app', 'sas-ssd', '20Gi', '6Gi', sas],
	['apps', 'nextcloud-redis', 'sas-ssd', '5Gi', '1Gi', sas],
	['apps', 'forgejo-data', 'sas-ssd', '100Gi', '37Gi', sas],
	['monitoring', 'loki-chunks', 'sas-ssd', '150Gi', '88Gi', sas],
	['auth', 'authentik-media', 'sas-ssd', '5Gi', '1Gi', sas],
	['network', 'unifi-data', 'sas-ssd', '20Gi', '7Gi', sas],
	// Nobody mounts these two: they are detached, and that is fine.
	['ai', 'comfyui-models', 'sas-ssd', '80Gi', '52Gi', sas],
	['photos', 'photoprism-originals', 'sas-ssd', '60Gi', '33Gi', sas],
];

export const replicatedStorage: Replicated = {
	volumes,
	disks: [
		{node: 'nuc-1', tag: 'optane', sizeGi: 110},
		{node: 'nuc-3', tag: 'optane', sizeGi: 110},
		{node: 'nuc-1', tag: 'nvme', sizeGi: 460},
		{node: 'nuc-2', tag: 'nvme', sizeGi: 460},
		{node: 'nuc-3', tag: 'nvme', sizeGi: 460},
		{node: 'ryzen-1', tag: 'nvme', sizeGi: 930},
		{node: 'gpu-1', tag: 'nvme', sizeGi: 930},
		{node: 'nas-1', tag: 'sas-ssd', sizeGi: 890},
		{node: 'ryzen-1', tag: 'sas-ssd', sizeGi: 890},
	],
	settings: {
		'node-drain-policy': 'block-if-contains-last-replica',
		'node-down-pod-deletion-policy': 'do-nothing',
		'replica-replenishment-wait-interval': '2100',
		'replica-soft-anti-affinity': 'false',
		'storage-minimal-available-percentage': '15',
		'storage-over-provisioning-percentage': '100',
		'default-replica-count': '2',
	},
	age: 330,
};

const nas = '10.0.0.41';

/** Volumes on one node's own disk, and exports of the NAS. */
export const claims: readonly ClaimedRow[] = [
	['monitoring', 'prometheus-db', 'local-path', '100Gi', {node: 'nuc-3'}],
	['monitoring', 'alertmanager-db', 'local-path', '2Gi', {node: 'nuc-3'}],
	['network', 'adguard-data', 'local-path', '5Gi', {node: 'pi4-1'}],
	['home', 'mosquitto-data', 'local-path', '2Gi', {node: 'pi4-1'}],
	['home', 'zigbee2mqtt-data', 'local-path', '2Gi', {node: 'pi4-2'}],
	['home', 'frigate-cache', 'local-path', '50Gi', {node: 'ryzen-1'}],
	['media', 'media-library', 'media', '20Ti', {server: nas, path: '/volume1/media'}],
	['photos', 'photo-library', 'media', '4Ti', {server: nas, path: '/volume1/photos'}],
	['apps', 'nextcloud-files', 'media', '4Ti', {server: nas, path: '/volume1/nextcloud'}],
	['apps', 'paperless-archive', 'media', '1Ti', {server: nas, path: '/volume1/paperless'}],
];

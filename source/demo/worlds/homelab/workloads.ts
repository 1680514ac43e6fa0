import type {WorkloadRow} from '../../objects/pod-template.ts';
import {amd64, app, csiPaths, daemon, host, kept} from '../build/row.ts';

const servers = ['nuc-1', 'nuc-2', 'nuc-3'];
const storing = [...servers, 'ryzen-1', 'nas-1', 'gpu-1'];
const everywhere = [...storing, 'pi4-1', 'pi4-2'];

const quickSync = {nodeSelector: {'intel.feature.node.kubernetes.io/gpu': 'true'}};
const lh = 'docker.io/longhornio';

const platform: readonly WorkloadRow[] = [
	daemon('kube-system', 'cilium', 'quay.io/cilium/cilium:v1.19.3', everywhere, '100m', '300Mi', {
		...host,
		labels: {'k8s-app': 'cilium'},
		container: 'cilium-agent',
	}),
	app('kube-system', 'cilium-operator', 'quay.io/cilium/operator-generic:v1.19.3', ['nuc-1', 'ryzen-1'], '50m', '128Mi', {
		labels: {'io.cilium/app': 'operator', name: 'cilium-operator'},
		hostNetwork: true,
	}),
	daemon('kube-system', 'kube-vip', 'ghcr.io/kube-vip/kube-vip:v1.0.4', servers, '10m', '32Mi', {
		...host,
		nodeSelector: {'node-role.kubernetes.io/control-plane': 'true'},
	}),
	app('kube-system', 'coredns', 'rancher/mirrored-coredns-coredns:1.13.1', ['nuc-1', 'ryzen-1'], '100m', '70Mi', {
		labels: {'k8s-app': 'kube-dns'},
		priorityClass: 'system-cluster-critical',
		port: 53,
	}),
	app('kube-system', 'metrics-server', 'rancher/mirrored-metrics-server:v0.8.0', 'nuc-3', '100m', '70Mi', {
		labels: {'k8s-app': 'metrics-server'},
	}),
	app('kube-system', 'local-path-provisioner', 'rancher/local-path-provisioner:v0.0.32', 'nuc-1', '10m', '32Mi'),
	app('flux-system', 'source-controller', 'ghcr.io/fluxcd/source-controller:v1.7.3', 'ryzen-1', '50m', '128Mi', {scratch: true}),
	app('flux-system', 'kustomize-controller', 'ghcr.io/fluxcd/kustomize-controller:v1.7.2', 'ryzen-1', '100m', '128Mi', {
		scratch: true,
	}),
	app('flux-system', 'helm-controller', 'ghcr.io/fluxcd/helm-controller:v1.4.3', 'ryzen-1', '100m', '128Mi', {scratch: true}),
	app('flux-system', 'notification-controller', 'ghcr.io/fluxcd/notification-controller:v1.7.4', 'nuc-3', '50m', '64Mi', {
		scratch: true,
	}),
	app('velero', 'velero', 'velero/velero:v1.18.3', 'ryzen-1', '200m', '256Mi', {scratch: true}),
	daemon('velero', 'node-agent', 'velero/velero:v1.18.3', everywhere, '50m', '128Mi', {scratch: true}),
	daemon(
		'gpu-operator',
		'nvidia-dcgm-exporter',
		'nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless',
		'gpu-1',
		'50m',
		'256Mi',
		{
			labels: {app: 'nvidia-dcgm-exporter'},
			nodeSelector: {'nvidia.com/gpu.deploy.dcgm-exporter': 'true'},
			port: 9400,
		},
	),
	daemon('gpu-operator', 'nvidia-device-plugin-daemonset', 'nvcr.io/nvidia/k8s-device-plugin:v0.18.0', 'gpu-1', '20m', '64Mi', {
		labels: {app: 'nvidia-device-plugin-daemonset'},
		nodeSelector: {'nvidia.com/gpu.deploy.device-plugin': 'true'},
	}),
];

const storage: readonly WorkloadRow[] = [
	daemon('longhorn-system', 'longhorn-manager', `${lh}/longhorn-manager:v1.9.2`, storing, '50m', '256Mi', {
		labels: {app: 'longhorn-manager'},
		podLabels: {'longhorn.io/admission-webhook': 'longhorn-admission-webhook'},
		maxUnavailable: '100%',
		...amd64,
	}),
	daemon('longhorn-system', 'longhorn-csi-plugin', `${lh}/longhorn-manager:v1.9.2`, storing, '20m', '64Mi', {
		labels: {app: 'longhorn-csi-plugin'},
		hostPaths: csiPaths('driver.longhorn.io'),
		...amd64,
	}),
	daemon('longhorn-system', 'engine-image-ei-26bab25d', `${lh}/longhorn-engine:v1.9.2`, storing, '10m', '16Mi', {
		labels: {'longhorn.io/component': 'engine-image'},
		...amd64,
	}),
	app('longhorn-system', 'longhorn-driver-deployer', `${lh}/longhorn-manager:v1.9.2`, 'ryzen-1', '10m', '32Mi', amd64),
	app('longhorn-system', 'longhorn-ui', `${lh}/longhorn-ui:v1.9.2`, 'ryzen-1', '10m', '32Mi', {scratch: true}),
	app('longhorn-system', 'csi-attacher', `${lh}/csi-attacher:v4.9.0`, 'ryzen-1', '10m', '32Mi', {labels: {app: 'csi-attacher'}}),
	app('longhorn-system', 'csi-provisioner', `${lh}/csi-provisioner:v5.3.0`, 'nuc-1', '10m', '32Mi', {
		labels: {app: 'csi-provisioner'},
	}),
	app('longhorn-system', 'csi-resizer', `${lh}/csi-resizer:v1.14.0`, 'nuc-3', '10m', '32Mi', {labels: {app: 'csi-resizer'}}),
];

const watching: readonly WorkloadRow[] = [
	kept('monitoring', 'prometheus-main', 'quay.io/prometheus/prometheus:v3.7.3', 'nuc-3', '500m', '12Gi', {
		labels: {'app.kubernetes.io/name': 'prometheus'},
		claims: ['prometheus-db'],
		port: 9090,
		...amd64,
	}),
	kept('monitoring', 'alertmanager-main', 'quay.io/prometheus/alertmanager:v0.29.0', 'nuc-3', '20m', '128Mi', {
		labels: {'app.kubernetes.io/name': 'alertmanager'},
		claims: ['alertmanager-db'],
		port: 9093,
	}),
	kept('monitoring', 'loki', 'docker.io/grafana/loki:3.5.8', 'nuc-1', '300m', '6Gi', {
		claims: ['loki-chunks'],
		...amd64,
		port: 3100,
	}),
	app('monitoring', 'grafana', 'docker.io/grafana/grafana:12.3.0', 'nuc-3', '100m', '2Gi', {
		claims: ['grafana'],
		...amd64,
		port: 3000,
	}),
	app(
		'monitoring',
		'kube-state-metrics',
		'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.17.0',
		'ryzen-1',
		'20m',
		'128Mi',
	),
	daemon('monitoring', 'node-exporter', 'quay.io/prometheus/node-exporter:v1.10.2', everywhere, '20m', '32Mi', host),
	daemon('monitoring', 'alloy', 'docker.io/grafana/alloy:v1.11.3', everywhere, '50m', '128Mi', {scratch: true}),
];

const applications: readonly WorkloadRow[] = [
	app('network', 'traefik', 'docker.io/traefik:v3.6.2', ['nuc-1', 'ryzen-1'], '100m', '128Mi', {port: 443}),
	app('network', 'cloudflared', 'docker.io/cloudflare/cloudflared:2025.11.1', ['nuc-1', 'ryzen-1'], '20m', '64Mi'),
	app('network', 'adguard-home', 'docker.io/adguard/adguardhome:v0.107.69', 'pi4-1', '100m', '256Mi', {
		claims: ['adguard-data'],
		port: 53,
	}),
	app('network', 'unifi', 'docker.io/linuxserver/unifi-network-application:10.0.160', 'ryzen-1', '200m', '2Gi', {
		claims: ['unifi-data'],
		...amd64,
		port: 8443,
	}),
	app('auth', 'authentik-server', 'ghcr.io/goauthentik/server:2025.10.2', 'nuc-1', '200m', '3Gi', {
		claims: ['authentik-media'],
		...amd64,
		port: 9000,
	}),
	app('auth', 'authentik-worker', 'ghcr.io/goauthentik/server:2025.10.2', 'nuc-1', '100m', '2Gi'),
	kept('auth', 'authentik-postgresql', 'docker.io/postgres:17.7', 'nuc-1', '200m', '3Gi', {
		claims: ['authentik-postgresql'],
		...amd64,
		port: 5432,
	}),
	app('auth', 'oauth2-proxy', 'quay.io/oauth2-proxy/oauth2-proxy:v7.13.0', 'ryzen-1', '10m', '64Mi', {port: 4180}),
	app('media', 'jellyfin', 'docker.io/jellyfin/jellyfin:10.11.3', 'nuc-2', '500m', '6Gi', {
		claims: ['jellyfin-config', 'media-library'],
		...quickSync,
		port: 8096,
	}),
	app('media', 'tdarr-node', 'ghcr.io/haveagitgat/tdarr_node:2.50.01', 'nuc-2', '500m', '5Gi', {
		scratch: true,
		claims: ['media-library'],
		...quickSync,
	}),
	app('media', 'navidrome', 'docker.io/deluan/navidrome:0.58.5', 'ryzen-1', '50m', '256Mi', {
		claims: ['navidrome-data', 'media-library'],
		...amd64,
		port: 4533,
	}),
	app('media', 'sonarr', 'ghcr.io/home-operations/sonarr:4.0.16', 'ryzen-1', '100m', '512Mi', {
		claims: ['sonarr-config', 'media-library'],
		...amd64,
		port: 8989,
	}),
	app('media', 'radarr', 'ghcr.io/home-operations/radarr:6.0.4', 'ryzen-1', '100m', '512Mi', {
		claims: ['radarr-config', 'media-library'],
		...amd64,
		port: 7878,
	}),
	app('photos', 'immich-server', 'ghcr.io/immich-app/immich-server:v2.3.1', 'nuc-2', '500m', '5Gi', {
		claims: ['photo-library'],
		...quickSync,
		port: 2283,
	}),
	app('photos', 'immich-microservices', 'ghcr.io/immich-app/immich-server:v2.3.1', 'nuc-2', '500m', '5Gi', {
		claims: ['photo-library'],
		...quickSync,
	}),
	app('photos', 'immich-machine-learning', 'ghcr.io/immich-app/immich-machine-learning:v2.3.1-openvino', 'nuc-2', '500m', '5Gi', {
		scratch: true,
		...quickSync,
		port: 3003,
	}),
	app('photos', 'immich-postgres', 'ghcr.io/immich-app/postgres:16-vectorchord0.4.3', 'nuc-2', '300m', '2Gi', {
		claims: ['immich-postgres'],
		...amd64,
		port: 5432,
	}),
	app('photos', 'immich-valkey', 'docker.io/valkey/valkey:9.0', 'ryzen-1', '50m', '128Mi', {scratch: true, port: 6379}),
	app('home', 'home-assistant', 'ghcr.io/home-assistant/home-assistant:2025.11.3', 'nuc-3', '300m', '3Gi', {
		claims: ['home-assistant-config'],
		...amd64,
		port: 8123,
	}),
	app('home', 'esphome', 'ghcr.io/esphome/esphome:2025.11.0', 'nuc-3', '50m', '256Mi', {
		claims: ['esphome-config'],
		...amd64,
		port: 6052,
	}),
	app('home', 'mosquitto', 'docker.io/eclipse-mosquitto:2.0.22', 'pi4-1', '20m', '64Mi', {
		claims: ['mosquitto-data'],
		port: 1883,
	}),
	app('home', 'zigbee2mqtt', 'docker.io/koenkk/zigbee2mqtt:2.6.3', 'pi4-2', '50m', '128Mi', {
		claims: ['zigbee2mqtt-data'],
		nodeSelector: {'homelab.demo/zigbee': 'true'},
		port: 8080,
	}),
	kept('ai', 'ollama', 'docker.io/ollama/ollama:0.13.0', 'gpu-1', '2', '16Gi', {claims: ['ollama-models'], gpus: 1, port: 11434}),
	app('ai', 'open-webui', 'ghcr.io/open-webui/open-webui:v0.6.36', 'nuc-3', '200m', '2Gi', {
		claims: ['open-webui-data'],
		...amd64,
		port: 8080,
	}),
	app('apps', 'vaultwarden', 'docker.io/vaultwarden/server:1.34.3', 'nuc-3', '50m', '1Gi', {
		claims: ['vaultwarden-data'],
		...amd64,
		port: 80,
	}),
	app('apps', 'paperless-ngx', 'ghcr.io/paperless-ngx/paperless-ngx:2.19.6', 'nuc-3', '300m', '4Gi', {
		claims: ['paperless-data', 'paperless-archive'],
		...amd64,
		port: 8000,
	}),
	app('apps', 'paperless-gotenberg', 'docker.io/gotenberg/gotenberg:8.25', 'nuc-3', '100m', '2Gi', {port: 3000}),
	app('apps', 'nextcloud', 'docker.io/nextcloud:32.0.2-apache', 'nuc-1', '300m', '4Gi', {
		claims: ['nextcloud-app', 'nextcloud-files'],
		...amd64,
		port: 80,
	}),
	kept('apps', 'nextcloud-postgresql', 'docker.io/postgres:17.7', 'nuc-1', '200m', '4Gi', {
		claims: ['nextcloud-postgresql'],
		...amd64,
		port: 5432,
	}),
	app('apps', 'nextcloud-redis', 'docker.io/redis:8.2', 'nuc-1', '50m', '128Mi', {
		claims: ['nextcloud-redis'],
		...amd64,
		port: 6379,
	}),
	app('apps', 'forgejo', 'codeberg.org/forgejo/forgejo:13.0.3', 'nuc-1', '200m', '3Gi', {
		claims: ['forgejo-data'],
		...amd64,
		port: 3000,
	}),
	app('apps', 'minecraft', 'docker.io/itzg/minecraft-server:2025.11.0', 'ryzen-1', '1', '6Gi', {
		claims: ['minecraft-world'],
		...amd64,
		port: 25565,
	}),
];

export const workloadRows: readonly WorkloadRow[] = [...platform, ...storage, ...watching, ...applications];

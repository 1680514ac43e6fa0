import type {ExposedRow} from '../build/exposed.ts';
import type {Bgp} from '../build/peered.ts';
import {peering} from './nodes.ts';

export const serviceRows: readonly ExposedRow[] = [
	['network', 'traefik', 443, '10.0.10.10'],
	['network', 'adguard-home', 53, '10.0.10.11'],
	['network', 'unifi', 8443, '10.0.10.12'],
	['home', 'mosquitto', 1883, '10.0.10.13'],
	['home', 'home-assistant', 8123, '10.0.10.14'],
	['media', 'jellyfin', 8096, '10.0.10.15'],
	['photos', 'immich-server', 2283, '10.0.10.16'],
	['apps', 'minecraft', 25565, '10.0.10.17'],
	['apps', 'forgejo', 3000, '10.0.10.18'],
	['media', 'navidrome', 4533],
	['media', 'sonarr', 8989],
	['media', 'radarr', 7878],
	['photos', 'immich-machine-learning', 3003],
	['photos', 'immich-postgres', 5432],
	['photos', 'immich-valkey', 6379],
	['home', 'esphome', 6052],
	['home', 'zigbee2mqtt', 8080],
	['ai', 'ollama', 11434],
	['ai', 'open-webui', 8080],
	['apps', 'vaultwarden', 80],
	['apps', 'paperless-ngx', 8000],
	['apps', 'paperless-gotenberg', 3000],
	['apps', 'nextcloud', 80],
	['apps', 'nextcloud-postgresql', 5432],
	['apps', 'nextcloud-redis', 6379],
	['auth', 'authentik-server', 9000],
	['auth', 'authentik-postgresql', 5432],
	['auth', 'oauth2-proxy', 4180],
	['monitoring', 'prometheus-main', 9090],
	['monitoring', 'alertmanager-main', 9093],
	['monitoring', 'grafana', 3000],
	['monitoring', 'loki', 3100],
	['gpu-operator', 'nvidia-dcgm-exporter', 9400],
];

export const bgp: Bgp = {
	peering: {
		name: 'homelab',
		localAsn: 64513,
		peers: [{name: 'router', address: '10.0.0.1', asn: 64512}],
		nodeSelector: peering,
		holdSeconds: 30,
	},
	pool: {start: '10.0.10.10', stop: '10.0.10.29'},
	age: 200,
	received: 4,
	advertised: 9,
};

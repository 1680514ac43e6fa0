import type {KubeObject, Scenario, Stage} from '../model.ts';
import {configMaps} from '../objects/corefile.ts';
import {writtenBy} from '../objects/object.ts';
import {pods} from '../objects/pod.ts';
import {hasEndpoint} from '../players/admission.ts';
import {lived} from './lived.ts';
import {remake} from './remake.ts';

const typo = 'forwrad';
const resolver = '10.43.0.10:53';

/** A typing error in the Corefile: CoreDNS does not start any more, and applications find nobody. */
export const dnsDown: Scenario = {
	id: 'dns-down',
	title: 'Nobody finds anybody',
	description: 'both CoreDNS pods have crashed for 15 minutes, since the Corefile was edited; applications fail on their lookups',
	worlds: ['homelab'],
	steps: lived([
		{at: -1020, what: 'kubectl edit configmap coredns', act: misspell},
		{at: -900, what: 'kubectl delete pod -l k8s-app=kube-dns', act: restartAll},
	]),
};

function misspell(stage: Stage, at: number): void {
	configMaps.change(stage.store, {metadata: {name: 'coredns', namespace: 'kube-system'}}, draft => {
		draft.data = {Corefile: (draft.data?.Corefile ?? '').replace('forward', typo)};
		draft.metadata.managedFields = [writtenBy('kubectl-edit', at, 'data')];
	});
}

function isDns({metadata}: KubeObject): boolean {
	return metadata.namespace === 'kube-system' && metadata.labels?.['k8s-app'] === 'kube-dns';
}

function restartAll(stage: Stage, at: number): void {
	const isMisspelt = () => configMaps.get(stage.store, 'coredns', 'kube-system')?.data?.Corefile?.includes(typo) === true;
	stage.ailments.add({
		is: 'crashing',
		since: at,
		hits: pod => isDns(pod) && isMisspelt(),
		exitCode: 1,
		lines: [`/etc/coredns/Corefile:10 - Error during parsing: Unknown directive '${typo}'`],
	});
	for (const pod of pods.all(stage.store).filter(isDns)) remake(stage, pod, at);
	for (const {of, after, ...row} of lookups) {
		const isHit = ({metadata}: KubeObject) => `${metadata.namespace}/${metadata.labels?.['app.kubernetes.io/name']}` === of;
		const hits = (pod: KubeObject) => isHit(pod) && !hasEndpoint(stage, 'kube-system', 'kube-dns');
		stage.ailments.add({since: at + after * 1000, hits, ...row});
	}
}

const timeout = (from: string) => `read udp ${from}:40117->${resolver}: i/o timeout`;

/** Who misses it first, so many seconds after it has gone, and what they say. */
const lookups = [
	{
		of: 'auth/authentik-server',
		after: 50,
		is: 'crashing',
		exitCode: 1,
		lines: [
			'level=error msg="PostgreSQL connection failed, retrying..."',
			`dial tcp: lookup authentik-postgresql.auth.svc.cluster.local on ${resolver}: server misbehaving`,
		],
	},
	{
		of: 'apps/nextcloud',
		after: 80,
		is: 'crashing',
		exitCode: 1,
		lines: [
			'SQLSTATE[08006] could not translate host name "nextcloud-postgresql" to address: Temporary failure in name resolution',
		],
	},
	{
		of: 'photos/immich-server',
		after: 110,
		is: 'crashing',
		exitCode: 1,
		lines: [`Error: getaddrinfo EAI_AGAIN immich-valkey: ${timeout('10.42.1.17')}`],
	},
	{of: 'auth/oauth2-proxy', after: 60, is: 'not ready', probe: 'HTTP probe failed with statuscode: 503'},
	{
		of: 'network/cloudflared',
		after: 90,
		is: 'not ready',
		probe: `lookup region1.v2.argotunnel.com on ${resolver}: server misbehaving`,
	},
] as const;

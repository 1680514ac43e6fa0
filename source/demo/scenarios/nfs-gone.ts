import type {Scenario, Stage} from '../model.ts';
import {claims, persistentVolumes} from '../objects/claim.ts';
import {claimsOf, type PodObject} from '../objects/pod.ts';
import {lived} from './lived.ts';
import {remaking} from './remake.ts';

const server = '10.0.0.41';

/** The NAS still answers pings, its NFS service does not: whatever lives on it hangs, on every node. */
export const nfsGone: Scenario = {
	id: 'nfs-gone',
	title: 'The NFS server does not answer',
	description: `${server} has not served NFS for 25 minutes; pods with its volumes hang, and those made anew cannot mount them`,
	worlds: ['homelab'],
	steps: lived([
		{at: -1500, what: `NFS on ${server} stops`, act: stop},
		{at: -1080, what: 'jellyfin is restarted', act: remaking('media', 'jellyfin')},
		{at: -900, what: 'nextcloud is restarted', act: remaking('apps', 'nextcloud')},
	]),
};

function stop(stage: Stage, at: number): void {
	const hits = (pod: object) => exportOf(stage, pod as PodObject) !== undefined;
	const probe = 'Get "http://127.0.0.1/health": context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
	stage.ailments.add({is: 'not mounted', since: at, hits, message: pod => refusal(stage, pod as PodObject)});
	// A probe fails three times, ten seconds apart, before it counts.
	stage.ailments.add({is: 'not ready', since: at + 30_000, hits, probe});
}

type Export = {readonly volume: string; readonly path: string};

/** The first of a pod's volumes that lies on the server. */
function exportOf({store}: Stage, pod: PodObject): Export | undefined {
	for (const claim of claimsOf(pod)) {
		const volume = claims.get(store, claim, pod.metadata.namespace)?.spec?.volumeName ?? '';
		const {nfs} = persistentVolumes.get(store, volume)?.spec ?? {};
		if (nfs?.server === server) return {volume, path: nfs.path};
	}
	return undefined;
}

function refusal(stage: Stage, pod: PodObject): string {
	const {volume = '', path = ''} = exportOf(stage, pod) ?? {};
	const target = `/var/lib/kubelet/pods/${pod.metadata.uid}/volumes/kubernetes.io~nfs/${volume}`;
	return [
		`MountVolume.SetUp failed for volume "${volume}" : mount failed: exit status 32`,
		'Mounting command: mount',
		`Mounting arguments: -t nfs -o hard,nfsvers=4.2 ${server}:${path} ${target}`,
		'Output: mount.nfs: Connection timed out',
		'',
	].join('\n');
}

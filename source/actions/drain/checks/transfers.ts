import {keyOf, own, type SafeText, say} from '../../../vocabulary.ts';
import {shownName, shownPath} from '../../../words.ts';
import {componentOf} from '../../../workloads/component.ts';
import type {Concern} from '../../plan.ts';
import {about} from '../about.ts';
import type {Check, DrainSight} from '../sight.ts';
import type {TransferRecord} from '../sources/transfer.ts';

const check = 'transfers';
const wayOut = own('wait until it is over');

/** Whether data is moved by the node, or out of or into a pod of it. */
function isHere({fates, node, longhornVolumes}: DrainSight): (transfer: TransferRecord) => boolean {
	const pods = new Set(fates.map(({pod}) => keyOf(pod.namespace, pod.name)));
	const claims = new Set(fates.flatMap(({pod}) => pod.claims.map(claim => keyOf(pod.namespace, claim))));
	const served = new Set([...longhornVolumes.records.values()].filter(each => each.node === node.name).map(({name}) => name));
	return transfer => {
		if (transfer.node !== '') return transfer.node === node.name;
		return pods.has(transfer.pod) || claims.has(transfer.claim) || served.has(transfer.volume);
	};
}

function ofData(sight: DrainSight): readonly Concern[] {
	const node = shownName(sight.node);
	const running = sight.transfers.flatMap(({records}) => [...records.values()]).filter(isHere(sight));
	return running.map(transfer => {
		const done: SafeText = transfer.done === undefined ? own('') : say`, at ${transfer.done}%`;
		const text = say`${transfer.what} ${shownPath(transfer)} runs on ${node}${done}: the drain would make it fail`;
		return {check, weight: 'overrides', about: about(transfer.resource, transfer), text, wayOut};
	});
}

const endedRestores = new Set<string>(['Completed', 'PartiallyFailed', 'Failed', 'FailedValidation']);

/** A backup or restore that its server runs dies with the server's pod, and is told failed when the next one starts. */
function ofServer({fates, node, backups, restores}: DrainSight): readonly Concern[] {
	const servers = fates.filter(({is, pod}) => is === 'leaves' && componentOf(pod.raw.metadata?.labels) === 'velero');
	const namespaces = new Set(servers.map(({pod}) => pod.namespace));
	const running = [
		...[...backups.records.values()].filter(({outcome}) => outcome === 'running').map(run => ({run, what: 'backup'})),
		...[...restores.records.values()].filter(({phase}) => !endedRestores.has(phase)).map(run => ({run, what: 'restore'})),
	];
	return running
		.filter(({run}) => namespaces.has(run.namespace))
		.map(({run, what}) => {
			const text = say`${own(what)} ${shownName(run)} is running, and Velero itself is on ${shownName(node)}: the drain would make it fail`;
			return {check, weight: 'overrides', about: about(`${what}s.velero.io`, run), text, wayOut};
		});
}

/** Backups, restores and the moving of their data that the node has a part in. */
export const transfersHere: Check = sight => [...ofData(sight), ...ofServer(sight)];

import type {NodeRecord} from '../../nodes/node.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {join, shownName} from '../../words.ts';
import type {Concern, Plan} from '../plan.ts';
import type {BackupRequest} from './request.ts';

const isReady = ({conditions}: NodeRecord): boolean =>
	conditions.some(({type, status}) => type === own('Ready') && status === 'True');

/** On which server it is to be run: one that is ready. */
function whereWords(servers: readonly NodeRecord[]): SafeText {
	const ready = servers.filter(isReady);
	const [first] = ready;
	if (first === undefined) return own('on a server');
	const others = ready.slice(1).map(shownName);
	return others.length === 0 ? say`on ${shownName(first)}` : say`on ${shownName(first)} (or ${join(others, ', ')})`;
}

/** The API has nothing that would make k3s take a snapshot: the plan says what to do instead. */
export function planEtcd({tier}: BackupRequest, servers: readonly NodeRecord[]): Plan {
	const concern: Concern = {
		check: 'etcd',
		weight: 'refuses',
		text: own('a snapshot of etcd cannot be asked for through the API: only a server of k3s takes one'),
		wayOut: say`${whereWords(servers)}: sudo k3s etcd-snapshot save`,
	};
	return {
		action: 'backup',
		title: own('backup etcd'),
		command: ['midwatch', 'backup', tier],
		steps: [],
		concerns: [concern],
		deeds: [],
		confirm: {ask: 'yes'},
		data: {by: 'etcd'},
	};
}

import {text} from '../../../cluster/raw.ts';
import {commandLine} from '../../../shell-word.ts';
import {own, type RawName, say} from '../../../vocabulary.ts';
import {holderOf, holderWords, lockedNodes, lockName} from '../../lock.ts';
import {about} from '../about.ts';
import type {Check} from '../sight.ts';

const subject = about('leases.coordination.k8s.io', {namespace: 'kube-system' as RawName, name: lockName as RawName});

/** One drain per cluster: somebody else's that goes on, or none that could be kept out. */
export const lock: Check = ({lock: lease, noLock, resumes, now}) => {
	const holder = lease && holderOf(lease, now);
	if (holder !== undefined && !holder.expired && holder.run !== resumes) {
		const nodes = text(lease?.metadata?.annotations?.[lockedNodes], 253);
		const on = nodes === '' ? own('') : say` (${nodes})`;
		const words = say`${holderWords(holder, now)}${on}`;
		const goesOn = commandLine(['midwatch', 'drain', '--resume', holder.run]);
		const died = goesOn === undefined ? own('') : say`; where it died: ${goesOn}`;
		const wayOut = say`wait for its end, or have it stopped, as two drains may take both copies of something${died}`;
		return [{check: 'lock', weight: 'refuses', about: subject, text: words, wayOut}];
	}
	if (noLock === undefined) return [];
	const words = say`a second midwatch cannot be kept from draining at the same time: ${noLock}`;
	const wayOut = own('make sure that nobody else drains; midwatch rbac drain prints the role');
	return [{check: 'lock', weight: 'overrides', about: subject, text: words, wayOut}];
};

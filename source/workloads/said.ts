import {safeText} from '../cluster/safe-text.ts';
import {nameOf} from '../diagnosis.ts';
import type {SafeText} from '../vocabulary.ts';
import {shownName} from '../words.ts';
import type {PodRecord} from './pod.ts';
import {networkAgents} from './role.ts';

/** A line of evidence is no longer. */
const widest = 100;

/** One line of evidence; of nested failures (`a failed: b failed: no such file`) the innermost, where not all of it fits. */
export function evidenceLine(said: string): SafeText {
	const parts = said.replace(/(?:MountVolume\.\w+ failed )?for volume "[^"]*" ?:? ?/, '').split(': ');
	while (parts.length > 1 && parts.join(': ').length > widest) parts.shift();
	return safeText(parts.join(': ').trim(), widest);
}

const looksUp =
	/lookup \S+(?: on \S+)?: (?:no such host|server misbehaving|.*i\/o timeout)|:53: i\/o timeout|EAI_AGAIN|ENOTFOUND|[Nn]ame resolution/;
const withoutDriver = /driver name (\S+) not found in the list of registered CSI drivers/;

/** Names of findings that something points to which a pod said, or which was said of it. */
export function causesIn(said: string, pod: PodRecord): readonly string[] {
	const node = shownName({name: pod.node});
	const [, driver] = withoutDriver.exec(said) ?? [];
	const [network] = (said.includes('sandbox') && networkAgents.find(([name]) => said.includes(name))) || [];
	return [
		...(driver === undefined ? [] : [nameOf('csi-driver-missing', `${driver} on ${node}`)]),
		...(network === undefined ? [] : [nameOf('core-service-down', `${network} on ${node}`)]),
		...(looksUp.test(said) ? [nameOf('core-service-down', 'coredns')] : []),
	];
}

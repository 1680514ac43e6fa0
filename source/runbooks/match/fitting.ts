import type {Runbook} from '../runbook.ts';
import {type Occasion, partsOf} from './occasion.ts';

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The last part of the address that an alert names as its runbook: `…/runbooks/kubernetes/KubeNodeNotReady/` is that alert's. */
function tailOf(url: string): readonly string[] {
	const {hash = '', pathname = url} = URL.parse(url) ?? {};
	const last = pathname.replace(/\/+$/, '').split('/').at(-1) ?? '';
	return [hash.slice(1), last.replace(/\.(?:md|markdown|html?)$/i, '')].map(plain).filter(part => part !== '');
}

/** Names that a runbook goes by: its id, the part of it that is an alert, its alerts. */
const namesOf = ({id, alerts}: Runbook): readonly string[] => [id, id.split('#')[1] ?? id, ...alerts].map(plain);

/**
 * How well a runbook fits, 0 where it does not. Best is one that names this very finding with its subject; then one that names
 * the finding, the alert, the address that the alert gives, and what its labels say.
 */
export function fitting(runbook: Runbook, {finding, alert}: Occasion): number {
	const marks: number[] = [0];
	if (finding !== undefined) {
		const {id} = partsOf(finding.name);
		if (runbook.findings.includes(id)) marks.push(5);
		if (id !== finding.name && runbook.findings.includes(finding.name)) marks.push(6);
	}
	if (alert !== undefined) {
		const names = namesOf(runbook);
		if (runbook.alerts.some(name => plain(name) === plain(alert.name))) marks.push(4);
		if (names.includes(plain(alert.name))) marks.push(3);
		if (alert.runbookUrl !== undefined && tailOf(alert.runbookUrl).some(tail => names.includes(tail))) marks.push(3);
		const labelled = [alert.labels.runbook, alert.labels.runbook_id].filter(label => label !== undefined);
		if (labelled.some(label => names.includes(plain(label)))) marks.push(2);
	}
	return Math.max(...marks);
}

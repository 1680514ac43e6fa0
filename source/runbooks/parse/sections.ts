import type {Heading, RootContent} from 'mdast';
import {alertAfterColon, alertAlone, kindOf} from './heading.ts';
import {plain} from './markdown.ts';

/** A part of a file that is a runbook of its own: what it is called, and what stands in it, its heading first. */
export type Section = {readonly alert: string | undefined; readonly nodes: readonly RootContent[]};

const isHeading = (node: RootContent): node is Heading => node.type === 'heading';

/** Where the section that begins at a heading ends, the end excluded. */
function endOf(nodes: readonly RootContent[], at: number, {depth}: Heading): number {
	const next = nodes.findIndex((node, index) => index > at && isHeading(node) && node.depth <= depth);
	return next < 0 ? nodes.length : next;
}

/** Whether a section is told as alerts are: with phases below it, or with its severity. */
function isTold(nodes: readonly RootContent[]): boolean {
	return nodes
		.slice(1)
		.some(node =>
			isHeading(node) ? kindOf(plain(node)) !== undefined : node.type === 'paragraph' && /^\s*severity\s*:/i.test(plain(node)),
		);
}

/**
 * Takes a file apart where it holds several alerts: `## Alert: X`, or headings of one level that are nothing but names as alerts
 * have them, each with phases of its own. What stands outside of them comes last, as a section without an alert.
 */
export function sectionsOf(nodes: readonly RootContent[]): readonly Section[] {
	const named = nodes.flatMap((node, at) => {
		if (!isHeading(node)) return [];
		const heading = plain(node);
		const section = nodes.slice(at, endOf(nodes, at, node));
		const alert = alertAfterColon(heading) ?? (isTold(section) ? alertAlone(heading) : undefined);
		return alert === undefined ? [] : [{at, depth: node.depth, alert, section}];
	});
	const outermost = Math.min(...named.map(({depth}) => depth));
	const alerts = named.filter(({depth}) => depth === outermost);
	if (alerts.length < 2) return [{alert: alerts[0]?.alert, nodes}];
	const within = new Set(alerts.flatMap(({section}) => section));
	return [
		...alerts.map(({alert, section}) => ({alert, nodes: section})),
		{alert: undefined, nodes: nodes.filter(node => !within.has(node))},
	];
}

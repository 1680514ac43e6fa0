import type {KubeObject} from '../../model.ts';
import {lease, nodeLeases} from '../../objects/lease.ts';
import {type Distribution, type NodeRow, node} from '../../objects/machine.ts';

/** The nodes of a table and their leases, each renewed within the last ten seconds. */
export function machines(
	rows: readonly NodeRow[],
	distribution: Distribution,
	now: number,
	random: () => number,
): readonly KubeObject[] {
	return rows.flatMap(row => {
		const made = node(row, distribution, now);
		const {name, creationTimestamp = ''} = made.metadata;
		const createdAt = Date.parse(creationTimestamp);
		return [
			made,
			lease({
				namespace: nodeLeases,
				name,
				holder: name,
				seconds: 40,
				createdAt,
				renewedAt: now - Math.floor(random() * 10_000),
				owner: made,
			}),
		];
	});
}

import {expect, test} from 'vitest';
import {bgpNodeKind} from '../../source/bgp/cilium.ts';
import type {Cluster} from '../../source/cluster/cluster.ts';
import {openWorld} from '../../source/findings/world.ts';
import {nodeKind} from '../../source/nodes/index.ts';
import {own, type Reading, type SourceState} from '../../source/vocabulary.ts';
import {reading} from '../_helpers/reading.ts';
import {established, nodeConfig} from '../bgp/objects.ts';
import {node, now} from '../nodes/objects.ts';
import {everySource} from './every-source.ts';

/** One node has come so far; the sessions of two have. */
function withNodes(state: SourceState): Cluster {
	const others = everySource({is: 'loading'});
	const readings = new Map<string, Reading<unknown>>([
		[nodeKind.id, reading(nodeKind, [node('nuc-1')], state)],
		[
			bgpNodeKind.id,
			reading(
				bgpNodeKind,
				['nuc-1', 'nuc-2'].map(name => nodeConfig(name, {'10.0.0.1': established()})),
			),
		],
	]);
	const source = ((kind: {readonly id: string}) => {
		const known = readings.get(kind.id);
		const other = others.source(kind as typeof nodeKind);
		return known === undefined ? other : {...other, reading: () => known};
	}) as Cluster['source'];
	return {...others, source, now: () => now};
}

function raisedOn(state: SourceState): readonly string[] {
	const world = openWorld(withNodes(state));
	const names = world.current().ledger.findings.map(({name}) => name);
	world.close();
	return names;
}

test('a node that has not come yet is not gone', () => {
	expect(raisedOn({is: 'loading'})).toEqual([]);
	expect(raisedOn({is: 'live'})).toContain('session-down:nuc-2/10.0.0.1');
	expect(raisedOn({is: 'stale', since: now, why: own('cut off')})).toContain('session-down:nuc-2/10.0.0.1');
});

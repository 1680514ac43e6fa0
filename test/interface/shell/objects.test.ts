import {expect, test} from 'vitest';
import {objectsOf} from '../../../source/interface/shell/objects.ts';
import {told as backupsTold} from '../../backups/cluster.ts';
import {backup, hour, running, schedule, snapshot} from '../../backups/objects.ts';
import {told as nodesTold} from '../../nodes/cluster.ts';
import {cordoned, node} from '../../nodes/objects.ts';

const nodes = nodesTold({nodes: [node('n1'), node('n2', {spec: cordoned(0)}), node('not\u001b[2Jvalid')]});
const backups = backupsTold({
	schedules: [schedule('tier-0', '0 */6 * * *'), schedule('tier-1', '@daily', {spec: {paused: true}})],
	backups: [running('tier-0-1', 'tier-0', hour), backup('by-hand', '', hour)],
	snapshots: [snapshot('nuc-1', hour)],
});
const objects = objectsOf({nodes, backups});

test('nodes, whether they are cordoned, and whether their names may be acted on', () => {
	expect(objects.nodes).toEqual([
		{name: 'n1', shown: 'n1', actionable: true, cordoned: false},
		{name: 'n2', shown: 'n2', actionable: true, cordoned: true},
		{name: 'not\u001b[2Jvalid', shown: expect.not.stringContaining('\u001b'), actionable: false, cordoned: false},
	]);
});

test('tiers that something makes the backups of, and what can be done about each', () => {
	const told = objects.tiers.map(({name, paused, why}) => ({name, paused, can: why === undefined}));
	expect(told).toEqual(
		expect.arrayContaining([
			{name: 'tier-0', paused: false, can: false},
			{name: 'tier-1', paused: true, can: true},
		]),
	);
	expect(objects.tiers.map(({shown}) => shown)).not.toContain('on demand');
});

test('the same facts give the same objects', () => {
	expect(objectsOf({nodes, backups})).toEqual(objects);
	expect(objectsOf({nodes, backups}).nodes).toBe(objects.nodes);
	expect(objectsOf({nodes, backups}).tiers).toBe(objects.tiers);
});

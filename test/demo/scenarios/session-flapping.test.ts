import {expect, it} from 'vitest';
import {nodeConfigs} from '../../../source/demo/objects/cilium/node-config.ts';
import {minutesBefore, start} from './started.ts';

it('shows nothing but a young session at the start, and four or five resets in the next quarter of an hour', () => {
	const {stage, advance} = start('session-flapping');
	const session = () => nodeConfigs.get(stage.store, 'pi4-2')?.status?.bgpInstances?.[0]?.peers[0];
	expect(session()?.peeringState).toBe('established');
	expect(minutesBefore(session()?.establishedTime)).toBeLessThan(4);
	let resets = 0;
	for (let before = session(), seconds = 0; seconds < 900; seconds += 5) {
		advance(5);
		const after = session();
		if (before?.peeringState === 'established' && after?.peeringState !== 'established') resets += 1;
		before = after;
	}
	expect(resets).toBeGreaterThanOrEqual(4);
	expect(resets).toBeLessThanOrEqual(5);
});

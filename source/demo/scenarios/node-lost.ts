import type {Scenario} from '../model.ts';
import {replay} from '../players/play.ts';
import {silence} from './silence.ts';

const lostSeconds = 35 * 60;

/** A server dies: its pods hang, its volumes are short of a copy, its BGP session is frozen at its last word. */
export const nodeLost: Scenario = {
	id: 'node-lost',
	title: 'A server is gone',
	description: 'nuc-2 has been silent for 35 minutes; Longhorn begins to replace its copies soon after the start',
	worlds: ['homelab'],
	steps: [
		{
			at: -lostSeconds,
			what: 'nuc-2 falls silent, and everybody else notices',
			act: (stage, at) => {
				silence(stage, 'nuc-2', at);
				replay(stage, at, at + lostSeconds * 1000);
			},
		},
	],
};

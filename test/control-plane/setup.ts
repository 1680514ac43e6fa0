import type {TestProject} from 'vitest/node';
import {buildControlPlane} from './build.ts';
import {BuildError} from './go.ts';
import {sweep} from './keeper.ts';

/**
 * Before the first test: builds what is missing, so that each file finds the programs there, and clears away what a
 * killed run left. Every file starts a control plane of its own (4 s) and so cannot disturb another.
 */
export default async function setup(_project: TestProject): Promise<void> {
	try {
		await buildControlPlane();
	} catch (error) {
		if (!(error instanceof BuildError)) throw error;
		// One sentence is enough: no stack.
		error.stack = error.message;
		throw error;
	}
	await sweep();
}

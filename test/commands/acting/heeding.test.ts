import {afterEach, expect, test, vi} from 'vitest';
import type {Stage} from '../../../source/actions/undertaking.ts';
import {heed} from '../../../source/commands/acting/heeding.ts';
import {own} from '../../../source/vocabulary.ts';
import {plan} from '../../actions/plans.ts';

/** Listens to signals as if this process were midwatch; what leaves the process is only noted. */
function listening(stage: Stage) {
	const left = vi.spyOn(process, 'exit').mockImplementation(code => {
		throw new Error(`left with ${code}`);
	});
	const said: string[] = [];
	const stop = vi.fn();
	const undertaking = {
		stage: () => stage,
		stop,
		subscribe: () => () => {},
		confirm: () => undefined,
		ended: Promise.resolve(stage),
	};
	const mouth = {say: (line: string) => said.push(line), answers: false, ask: async () => undefined, width: 80};
	return {heeding: heed(undertaking, mouth), stop, said, left};
}

afterEach(() => vi.restoreAllMocks());

const running: Stage = {is: 'running', plan: plan(), run: 'r', progress: undefined, stopping: false};

test('the first signal stops at a safe point, the second leaves at once', () => {
	const {heeding, stop, said} = listening(running);
	try {
		process.emit('SIGINT', 'SIGINT');
		expect(stop).toHaveBeenCalledTimes(1);
		expect(said).toEqual(['stopping at the next safe point; once more leaves at once']);
		expect(heeding.signal.aborted).toBe(true);
		expect(heeding.by()).toBe(2);
		expect(() => process.emit('SIGINT', 'SIGINT')).toThrow('left with 130');
	} finally {
		heeding.close();
	}
});

test('before it runs, a signal gives it up without a word', () => {
	const {heeding, stop, said} = listening({is: 'planning', title: own('cordon n1')});
	try {
		process.emit('SIGTERM', 'SIGTERM');
		expect(stop).toHaveBeenCalledTimes(1);
		expect(said).toEqual([]);
		expect(heeding.by()).toBe(15);
	} finally {
		heeding.close();
	}
});

test('nobody listens any more once it is over', () => {
	const before = process.listenerCount('SIGINT');
	const {heeding} = listening(running);
	expect(process.listenerCount('SIGINT')).toBe(before + 1);
	heeding.close();
	expect(process.listenerCount('SIGINT')).toBe(before);
});

import {expect, test} from 'vitest';
import {createFrame} from '../../source/cluster/frame.ts';
import {until} from './server.ts';

test('tells of the first change at once, and of those after it together', async () => {
	let told = 0;
	const frame = createFrame(20, () => told++);
	frame.touch();
	frame.touch();
	expect(told).toBe(0);
	await new Promise(resolve => setImmediate(() => setImmediate(resolve)));
	expect(told).toBe(1);
	frame.touch();
	frame.touch();
	await until(() => told === 2);
	await new Promise(resolve => setTimeout(resolve, 60));
	expect(told).toBe(2);
});

test('tells nothing once it was stopped', async () => {
	let told = 0;
	const frame = createFrame(5, () => told++);
	frame.touch();
	frame.stop();
	await new Promise(resolve => setTimeout(resolve, 30));
	expect(told).toBe(0);
});

import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {execute} from '../../source/runbooks/execute/execute.ts';
import {newSteps} from '../runbooks/execute/running.ts';
import {median} from './proc.ts';
import {timed} from './timed.ts';

/** The supervisor of what is built: from source, types would have to be stripped first. */
const supervisor = [process.execPath, fileURLToPath(new URL('../../dist/midwatch.cjs', import.meta.url)), '__supervise'];
const onlooker = {report: () => {}, stop: new AbortController().signal};

/** Milliseconds that a command takes bare, as a reading and as a changing step, and that a Node takes that does nothing. */
export async function stepTimes(
	rounds: number,
): Promise<{readonly bare: number; readonly reading: number; readonly changing: number; readonly node: number}> {
	await using steps = await newSteps();
	const kinds = {
		bare: () => once(spawn('/bin/sh', ['-c', 'echo hello'], {stdio: ['ignore', 'pipe', 'pipe']}), 'close'),
		reading: () => steps.run('echo hello'),
		changing: async () => execute(await steps.order('echo hello', {class: 'changing'}), onlooker, supervisor),
		node: () => once(spawn(process.execPath, ['-e', '0'], {stdio: 'ignore'}), 'close'),
	};
	const taken: Record<keyof typeof kinds, number[]> = {bare: [], reading: [], changing: [], node: []};
	for (let round = 0; round < rounds; round++) {
		taken.bare.push(await timed(kinds.bare));
		taken.reading.push(await timed(kinds.reading));
		taken.changing.push(await timed(kinds.changing));
		taken.node.push(await timed(kinds.node));
	}
	const {bare, reading, changing, node} = taken;
	return {bare: median(bare), reading: median(reading), changing: median(changing), node: median(node)};
}

/** How much more memory this process has at the most while a step prints so many bytes, in MiB; and what is kept of them. */
export async function printing(bytes: number): Promise<{readonly memory: number; readonly lines: readonly string[]}> {
	await using steps = await newSteps();
	await steps.run('echo nothing much');
	const before = process.memoryUsage.rss();
	let most = before;
	const watching = setInterval(() => {
		most = Math.max(most, process.memoryUsage.rss());
	}, 20);
	const {lines, result} = await steps.run(
		`echo first; yes "$(head -c 5000 /dev/zero | tr '\\0' .)" | head -c ${bytes}; echo; echo last`,
	);
	clearInterval(watching);
	if (result !== 'done') throw new Error(`the step that prints ${bytes} bytes ended as ${result}`);
	return {memory: (most - before) / 2 ** 20, lines};
}

/** The same in a process that has done nothing before: what others have left behind would make room for it. */
export async function memoryOfPrinting(bytes: number): Promise<number> {
	const script = `const {printing} = await import(${JSON.stringify(import.meta.url)}); console.log((await printing(${bytes})).memory);`;
	const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {timeout: 300_000});
	return Number(stdout);
}

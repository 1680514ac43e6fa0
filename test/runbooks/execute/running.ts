import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {writePinned} from '../../../source/files/pinned-files.ts';
import {commandEnvironment} from '../../../source/runbooks/execute/environment.ts';
import {execute} from '../../../source/runbooks/execute/execute.ts';
import type {Ended, Order, Seen} from '../../../source/runbooks/execute/order.ts';

/** The shells that are here, of those that runbooks are written for. */
export const shells = ['/bin/sh', '/bin/bash', '/bin/zsh'].filter(existsSync);

export type Asked = Partial<Omit<Order, 'script' | 'environment'>> & {
	readonly parameters?: Readonly<Record<string, string>>;
	readonly environment?: Readonly<Record<string, string>>;
	readonly stop?: AbortSignal;
	readonly report?: (seen: Seen) => void;
};

/** A folder for the steps of one test. */
export type Steps = {
	readonly folder: string;
	/** The words that start a supervisor. */
	readonly supervisor: readonly string[];
	readonly order: (script: string, asked?: Asked) => Promise<Order>;
	readonly run: (script: string, asked?: Asked) => Promise<Ended>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const source = (file: string): string => JSON.stringify(new URL(`../../../source/${file}`, import.meta.url).href);

/** A program that runs an order in its own process, as midwatch would, and says what is seen. */
export const runner = `
	const {execute} = await import(${source('runbooks/execute/execute.ts')});
	const [, , order, ...supervisor] = process.argv;
	const report = seen => process.stdout.write(JSON.stringify(seen.lines) + '\\n');
	const ended = await execute(JSON.parse(order), {report, stop: new AbortController().signal}, supervisor);
	process.stdout.write('ended ' + ended.result + '\\n');`;

export async function newSteps(): Promise<Steps> {
	const folder = await mkdtemp(join(tmpdir(), 'midwatch-steps-'));
	const script = join(folder, 'supervisor.mjs');
	await writeFile(
		script,
		`const {supervise} = await import(${source('runbooks/execute/supervise.ts')});\nprocess.exitCode = await supervise();\n`,
	);
	await writeFile(join(folder, 'runner.mjs'), runner);
	const files = await writePinned(folder, {}, {});
	const supervisor = [process.execPath, script];
	let steps = 0;
	const order: Steps['order'] = async (text, {parameters = {}, environment = {}, ...asked} = {}) => {
		const of = join(folder, `step-${steps++}`);
		await mkdir(of, {mode: 0o700});
		const {PATH = ''} = process.env;
		const base = {PATH, HOME: folder, SHELL: '/bin/sh', ...environment};
		const {stop: _, report: __, ...rest} = asked;
		return {
			script: text,
			class: 'reading',
			directory: folder,
			secrets: [],
			output: 'full',
			folder: of,
			...rest,
			environment: commandEnvironment(base, files, 'homelab', parameters),
		};
	};
	return {
		folder,
		supervisor,
		order,
		run: async (text, asked = {}) => {
			const {stop = new AbortController().signal, report = () => {}} = asked;
			return execute(await order(text, asked), {report, stop}, supervisor);
		},
		[Symbol.asyncDispose]: () => rm(folder, {recursive: true, force: true}),
	};
}

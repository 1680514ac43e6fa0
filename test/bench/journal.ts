import {constants} from 'node:fs';
import {open, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {lineOf} from '../../source/journal/line.ts';
import {beginRun, readRun} from '../../source/journal/runs.ts';
import {began, newJournalHome, newRun, smallRun} from '../journal/home.ts';
import {median} from './proc.ts';
import {timed} from './timed.ts';

/** Milliseconds of ours and of what it is compared with, in turn, so that a slow moment of the machine hits both. */
export type Compared = {readonly ours: number; readonly bare: number};

/** A line appended to the journal and synced, beside a bare write of the same bytes and its fdatasync. */
export async function appending(rounds: number): Promise<Compared> {
	await using home = await newJournalHome();
	const journal = await beginRun(home.environment, newRun);
	const bytes = Buffer.from(`${lineOf({...began, seq: 1, at: Date.now()})}\n`);
	const file = await open(join(home.folder, 'bare'), constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600);
	const [ours, bare]: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		ours.push(await timed(() => journal.write(began)));
		bare.push(
			await timed(async () => {
				await file.write(bytes);
				await file.datasync();
			}),
		);
	}
	await Promise.all([file.close(), journal.close()]);
	return {ours: median(ours), bare: median(bare)};
}

/** A journal of 100,000 lines opened, beside the reading of their JSON. */
export async function opening(rounds: number): Promise<Compared> {
	await using home = await newJournalHome();
	const {run, file} = await smallRun(home.environment);
	const lines = Array.from({length: 100_000}, (_, at) =>
		lineOf({
			is: 'outcome',
			step: `evict-${at}`,
			result: 'done',
			text: `media/jellyfin-${at} is gone`,
			seq: at + 1,
			at: 1_700_000_000_000 + at,
		}),
	);
	await writeFile(file, `${lines.join('\n')}\n`);
	const parse = async () => (await readFile(file, 'utf8')).split('\n').map(line => line && (JSON.parse(line) as unknown));
	const [ours, bare]: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		bare.push(await timed(parse));
		ours.push(
			await timed(async () => {
				const {entries} = await readRun(home.environment, run);
				if (entries.length !== lines.length) throw new Error(`of ${lines.length} lines, ${entries.length} were read`);
			}),
		);
	}
	return {ours: median(ours), bare: median(bare)};
}

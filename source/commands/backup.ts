import type {ActionRequest} from '../actions/request.ts';
import {readRun} from '../journal/runs.ts';
import {act, withHands} from './acting.ts';
import {readArguments} from './arguments.ts';
import {Complaint} from './complaint.ts';

/** What was asked for when a run was begun: its own command line says so. @throws JournalError or Complaint */
async function resumed(run: string): Promise<ActionRequest> {
	const {entries} = await readRun(process.env, run);
	const began = entries.find(entry => entry.is === 'began');
	const [tier] =
		began?.is === 'began' && began.what === 'backup' ? (await readArguments('backup', began.command.slice(2))).words : [];
	if (tier === undefined) throw new Complaint(`The run ${run} is no backup: there is nothing to resume.`, 2);
	return {is: 'backup', tier, resumes: run};
}

/** `midwatch backup`, `midwatch backup TIER`, `midwatch backup --resume RUN` */
export async function run(argv: readonly string[]): Promise<number> {
	const {
		flags,
		words: [tier],
	} = await readArguments('backup', argv);
	if (flags.pause === true && flags.unpause === true) throw new Complaint('Say --pause or --unpause, not both.', 2);
	const is = flags.pause === true ? 'pause' : flags.unpause === true ? 'unpause' : 'backup';
	if (flags.resume !== undefined) {
		if (tier !== undefined || is !== 'backup') throw new Complaint('--resume takes the tier of the run that it goes on with.', 2);
		return act(await resumed(String(flags.resume)), flags);
	}
	if (tier !== undefined) return act({is, tier}, flags);
	if (is !== 'backup') throw new Complaint(`Say which TIER to ${is}.`, 2);
	return withHands(flags, async hands => {
		const [{lookAtBackups}, {offered}] = await Promise.all([
			import('../actions/backup/look.ts'),
			import('../actions/backup/find.ts'),
		]);
		for (const line of offered(await lookAtBackups(hands.reader(), hands))) process.stdout.write(`${line}\n`);
		return 0;
	});
}

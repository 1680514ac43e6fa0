import {offered} from '../actions/backup/find.ts';
import {lookAtBackups} from '../actions/backup/look.ts';
import {backupOffers} from '../actions/backup/offers.ts';
import type {ActionRequest} from '../actions/request.ts';
import {act} from './acting/acting.ts';
import {resumed} from './acting/resuming.ts';
import {type Arguments, readArguments} from './arguments.ts';
import {Complaint} from './complaint.ts';
import {json} from './data.ts';
import {withHands} from './lending.ts';
import {mouthFor} from './mouth.ts';

type BackupRequest = Extract<ActionRequest, {readonly tier: string}>;

/** What the flags ask for; undefined where no tier is named. @throws Complaint */
export function backupRequest({flags: {pause, unpause}, words: [tier]}: Arguments): BackupRequest | undefined {
	if (pause === true && unpause === true) throw new Complaint('Say --pause or --unpause, not both.', 2);
	const is = pause === true ? 'pause' : unpause === true ? 'unpause' : 'backup';
	if (tier === undefined && is !== 'backup')
		throw new Complaint(`Say which TIER to ${is}; midwatch backup lists what there is.`, 2);
	return tier === undefined ? undefined : {is, tier};
}

/** Prints what can be backed up, and what keeps the rest from it. */
function list(flags: Arguments['flags']): Promise<number> {
	return withHands(flags, async hands => {
		const look = await lookAtBackups(hands.reader(), hands);
		if (flags.output === 'json') {
			const tiers = backupOffers(look.facts.tiers).map(({kind, name, path, shown, about, why, pausing}) => ({
				kind,
				name,
				path,
				shown,
				about,
				why,
				pausing,
			}));
			process.stdout.write(json({schema: 'midwatch.tiers/1', context: hands.context, tiers}));
		} else for (const line of offered(look)) mouthFor(flags).say(line);
		return 0;
	});
}

/** `midwatch backup [TIER]`, to pause and unpause its schedule too; `midwatch backup --resume RUN` */
export async function run(argv: readonly string[]): Promise<number> {
	const asked = await readArguments('backup', argv);
	const {resume} = asked.flags;
	const request = backupRequest(asked);
	if (resume === undefined) return request === undefined ? list(asked.flags) : act(request, asked.flags);
	if (request !== undefined) throw new Complaint('--resume takes the tier of the run that it goes on with: name no other.', 2);
	const before = await resumed('backup', String(resume));
	const [tier = ''] = before.asked.words;
	return act({is: 'backup', tier, resumes: before.run}, asked.flags);
}

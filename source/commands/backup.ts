import {act} from './acting.ts';
import {readArguments} from './arguments.ts';
import {Complaint} from './complaint.ts';

/** `midwatch backup TIER` */
export async function run(argv: readonly string[]): Promise<number> {
	const {
		flags,
		words: [tier],
	} = await readArguments('backup', argv);
	if (flags.pause === true && flags.unpause === true) throw new Complaint('Say --pause or --unpause, not both.', 2);
	const is = flags.pause === true ? 'pause' : flags.unpause === true ? 'unpause' : 'backup';
	if (tier === undefined) throw new Complaint(`Say which TIER to ${is}.`, 2);
	return act({is, tier}, flags);
}

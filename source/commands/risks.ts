import {plainRisk} from '../findings/check/json.ts';
import {type MeanRecovery, targetsOf} from '../findings/targets.ts';
import {risksView} from '../findings/view.ts';
import {type Arguments, readArguments} from './arguments.ts';
import {json} from './data.ts';
import {lookOnce, type Once} from './once.ts';
import {blindLines, glyphsFor, headLine, plainText, plainView} from './plain.ts';
import {readRecoveries} from './recoveries.ts';
import {chooseTarget} from './target.ts';

type Recoveries = readonly MeanRecovery[];

function asData({world, head, blind, nothing}: Once, recoveries: Recoveries): string {
	const {risks, marks} = world.incidents;
	return json({
		schema: 'midwatch.risks/1',
		...head,
		unseen: blind,
		risks: nothing ? [] : risks.map(risk => plainRisk(risk, marks)),
		targets: nothing ? [] : targetsOf(world, recoveries),
	});
}

function asText({world, head, blind, nothing, now}: Once, recoveries: Recoveries, flags: Arguments['flags']): string {
	const glyphs = glyphsFor(flags);
	const risks = nothing ? [] : [plainView('risks', risksView(world.incidents, targetsOf(world, recoveries)), glyphs, now)];
	return plainText([headLine(head, glyphs), ...risks, ...blindLines(blind, glyphs)], glyphs);
}

/** `midwatch risks`: prints what is wrong every day, what of it was accepted until when, and how the targets stand. */
export async function run(argv: readonly string[]): Promise<number> {
	const {flags} = await readArguments('risks', argv);
	const target = await chooseTarget(flags, 3);
	const recoveries = await readRecoveries(process.env, target);
	return lookOnce(target, flags, seen => {
		process.stdout.write(flags.output === 'json' ? asData(seen, recoveries) : asText(seen, recoveries, flags));
		return seen.head.exit;
	});
}

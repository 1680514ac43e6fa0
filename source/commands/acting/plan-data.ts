import type {Hands} from '../../actions/hands.ts';
import {isRefused, type Plan} from '../../actions/plan.ts';
import type {Stage} from '../../actions/undertaking.ts';
import type {SafeText} from '../../vocabulary.ts';
import {json} from '../data.ts';

const head = ({place, demo, now}: Hands) => ({
	context: place.context,
	server: place.server,
	demo,
	time: new Date(now()).toISOString(),
});

/** A plan for programs. `guard`: the rule that would refuse it. */
export function planData({deeds, ...plan}: Plan, guard: SafeText | undefined, hands: Hands, exit: number): string {
	const refused = isRefused({deeds, ...plan});
	return json({schema: 'midwatch.plan/1', ...head(hands), ...plan, permissions: deeds, refused, ...(guard && {guard}), exit});
}

/** How an action ended, for programs. */
export function outcomeData(stage: Stage, hands: Hands, exit: number): string {
	const schema = 'midwatch.outcome/1';
	if (stage.is === 'ended') {
		const {plan, run, outcome} = stage;
		return json({schema, ...head(hands), action: plan.action, title: plan.title, run, ...outcome, exit});
	}
	const {title, by, why, plan} = stage.is === 'refused' ? stage : ({title: '', by: 'failure', why: ''} as const);
	const against = plan && {concerns: plan.concerns};
	return json({schema, ...head(hands), title, result: 'refused', by, text: why, ...against, exit});
}

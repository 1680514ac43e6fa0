import type {ActionRequest} from '../../../actions/request.ts';
import type {Stage} from '../../../actions/undertaking.ts';

/** What can be asked for next, once an action has ended. */
export type FollowUp = {readonly resume?: ActionRequest; readonly rollBack?: ActionRequest};

/** The run is taken up again where that means something. */
const resumed = (request: ActionRequest, run: string): ActionRequest =>
	request.is === 'drain' && run !== '' ? {...request, resumes: run} : request;

/** What a command line of ours asks for, about the objects of `request` or fewer of them. */
function asked([, ...words]: readonly string[], request: ActionRequest): ActionRequest | undefined {
	const has = (word: string) => words.includes(word);
	if ('nodes' in request) {
		const is = (['uncordon', 'cordon'] as const).find(has);
		return is && {is, nodes: request.nodes.filter(has)};
	}
	const is = (['unpause', 'pause'] as const).find(action => has(`--${action}`));
	return is && {is, tier: request.tier};
}

/** How it can go on from where it ended, and what takes back what was done. */
export function followUpOf(request: ActionRequest, stage: Stage): FollowUp {
	if (stage.is !== 'ended') return {};
	const {resume, rollBack} = stage.outcome;
	const back = rollBack && asked(rollBack, request);
	return {...(resume && {resume: resumed(request, stage.run)}), ...(back && {rollBack: back})};
}

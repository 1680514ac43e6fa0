import type {Ailment, Stage} from '../model.ts';
import type {PodObject} from '../objects/pod.ts';

type Of<Is extends Ailment['is']> = Extract<Ailment, {readonly is: Is}>;

/** What of one sort ails a pod at `now` (epoch milliseconds); undefined where nothing does. */
export function ailmentOf<Is extends Ailment['is']>({ailments}: Stage, is: Is, pod: PodObject, now: number): Of<Is> | undefined {
	for (const ailment of ailments) if (ailment.is === is && ailment.since <= now && ailment.hits(pod)) return ailment as Of<Is>;
	return undefined;
}

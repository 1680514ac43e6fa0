import type {Finding} from '../../findings/finding.ts';
import type {LiveWorld} from '../../findings/world.ts';

/** What is told of a finding, and when it was acknowledged, epoch ms. */
export type Told = (finding: Finding, acknowledgedAt: number | undefined) => void;

/** Follows one finding of a world by its name: told anew whenever it, or its mark, is another. Returns the way to stop. */
export function followFinding(
	{current, subscribe}: Pick<LiveWorld, 'current' | 'subscribe'>,
	name: string,
	told: Told,
): () => void {
	let [last, lastAt]: [Finding | undefined, number | undefined] = [undefined, undefined];
	const look = () => {
		const {ledger, incidents} = current();
		const found = ledger.findings.find(each => each.name === name);
		const at = incidents.marks.get(name)?.at;
		if (found !== undefined && (found !== last || at !== lastAt)) told(found, at);
		[last, lastAt] = [found, at];
	};
	const stop = subscribe(look);
	look();
	return stop;
}

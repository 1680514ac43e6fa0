import type {Finding} from '../findings/finding.ts';
import {fingerprint} from '../findings/incidents.ts';
import type {Ledger} from '../findings/judge.ts';
import {clockTime} from '../findings/tell.ts';
import {isLoading} from '../findings/unseen.ts';
import type {LiveWorld} from '../findings/world.ts';
import type {Message} from '../interface/shell/state.ts';
import type {Mark} from '../marks.ts';
import {own, type Row, type SafeText, say} from '../vocabulary.ts';
import {join} from '../words.ts';
import type {Kept} from './unkept.ts';

const units: Readonly<Record<string, number>> = {m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000};
/** How long a risk is borne with where nobody says. */
const usually = 90 * 86_400_000;

/** `30d until the new disks`: how long (ms), and the note; all of it is the note where it begins with no length of time. */
function readNote(typed: SafeText): {readonly lasts: number | undefined; readonly note: SafeText} {
	const [whole = '', many = '', unit = ''] = /^(\d{1,4})([mhdw])(?:\s+|$)/.exec(typed) ?? [];
	if (whole === '' || Number(many) === 0) return {lasts: undefined, note: typed};
	return {lasts: Number(many) * (units[unit] ?? 0), note: typed.slice(whole.length) as SafeText};
}

/** The mark that somebody sets with what they typed, at `now` (epoch ms). */
export function markOf(finding: Finding, typed: SafeText, now: number): Mark {
	const {lasts, note} = readNote(typed);
	const kind = finding.class === 'incident' ? 'acknowledged' : 'accepted';
	const holds = lasts ?? (kind === 'accepted' ? usually : undefined);
	const until = holds === undefined ? {} : {until: now + holds};
	return {kind, note, at: now, ...until, fingerprint: fingerprint(finding)};
}

/**
 * Acknowledged incidents that are over, by name: those that were seen to clear, and those of which nothing is left of what was
 * marked in an earlier run. What cannot be judged now is not over.
 */
export function isOver(name: string, {findings, watches, blind}: Ledger): boolean {
	const finding = findings.find(each => each.name === name);
	if (finding !== undefined) return finding.is === 'cleared';
	const id = name.slice(0, name.indexOf(':'));
	return !watches.has(name) && !blind.some(({ids}) => ids.some(each => each === id));
}

/** Sets and takes back marks on what rows stand for. */
export type Marking = {
	readonly mark: (row: Row, typed: SafeText) => Promise<Message>;
	readonly close: () => void;
};

const failed = (error: unknown): Message => ({
	health: 'bad',
	text: (error as {sentence?: SafeText}).sentence ?? own('The mark could not be set.'),
});

/** Marks the findings of a world; the mark of an acknowledged incident goes with it. */
export function markFindings({current, subscribe, renew, cluster}: LiveWorld, {marks, mark: keep}: Kept): Marking {
	let hasSettled = false;
	const dropped = new Set<string>();
	const tidy = () => {
		hasSettled ||= !isLoading(cluster);
		if (!hasSettled || cluster.transport.line().is !== 'up') return;
		for (const [name, {kind}] of marks()) {
			if (kind !== 'acknowledged' || dropped.has(name) || !isOver(name, current().ledger)) continue;
			dropped.add(name);
			void keep(name).then(renew, () => {});
		}
	};
	const stop = subscribe(tidy);
	return {
		close: stop,
		mark: async ({key}, typed) => {
			const {ledger, incidents} = current();
			const name = incidents.roots.get(key) ?? key;
			const finding = ledger.findings.find(each => each.name === name && each.is !== 'cleared');
			if (finding === undefined)
				return {health: 'unknown', text: own('This is over, or only a target: there is nothing to mark.')};
			const {about, id} = finding.symptom;
			const isMarked = incidents.marks.has(name);
			const mark = isMarked ? undefined : markOf(finding, typed, cluster.now());
			try {
				await keep(name, mark);
			} catch (error) {
				return failed(error);
			}
			dropped.delete(name);
			renew();
			if (mark === undefined) return {health: 'ok', text: say`taken back: ${own(id)} ${about}`};
			const until = mark.until === undefined ? own('until it is over') : say`until ${clockTime(mark.until, cluster.now())}`;
			return {health: 'ok', text: join([say`${own(mark.kind)} ${until}: ${own(id)} ${about}`, mark.note], ', ')};
		},
	};
}

import {safeText} from './cluster/safe-text.ts';
import {keyOf, type Note, own, type RawName, type SafeText, type SourceState, say} from './vocabulary.ts';

/** Shown where nothing is known: never a zero. */
export const unknown = own('–');

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** Below `below` the text changes every `every` milliseconds; `below` is a multiple of `every`. */
type Step = {readonly below: number; readonly every: number; readonly text: (elapsed: number) => string};

const seconds: Step = {
	below: minute,
	every: 10 * second,
	text: elapsed => (elapsed < 10 * second ? '<10s' : `${Math.floor(elapsed / (10 * second))}0s`),
};
const inMinutes = (below: number): Step => ({below, every: minute, text: elapsed => `${Math.floor(elapsed / minute)}m`});
const days: Step = {below: 2 * year, every: day, text: elapsed => `${Math.floor(elapsed / day)}d`};
const years: Step = {below: Number.POSITIVE_INFINITY, every: year, text: elapsed => `${Math.floor(elapsed / year)}y`};
const hours: Step = {below: 2 * day, every: hour, text: elapsed => `${Math.floor(elapsed / hour)}h`};
const hoursAndMinutes: Step = {
	below: 2 * day,
	every: minute,
	text: elapsed => `${Math.floor(elapsed / hour)}h${String(Math.floor((elapsed % hour) / minute)).padStart(2, '0')}`,
};

/** How ages are told: `coarse` (`90m`, `8h`, `3d`) changes rarely; `fine` (`8h04`) is for what is measured against a target. */
const scales = {
	coarse: [seconds, inMinutes(100 * minute), hours, days, years],
	fine: [seconds, inMinutes(hour), hoursAndMinutes, days, years],
} as const satisfies Record<string, readonly Step[]>;
export type AgeScale = keyof typeof scales;

const stepFor = (elapsed: number, scale: AgeScale): Step => scales[scale].find(step => elapsed < step.below) ?? years;

/** The age of `since` at `now` (both epoch ms): `<10s`, `40s`, `35m`, `8h`, `2d`; `–` when `since` is 0. */
export function age(since: number, now: number, scale: AgeScale = 'coarse'): SafeText {
	if (since === 0) return unknown;
	const elapsed = Math.max(0, now - since);
	return own(stepFor(elapsed, scale).text(elapsed));
}

/** When the text of `age` changes next, as epoch ms; never when `since` is 0. */
export function ageTurns(since: number, now: number, scale: AgeScale = 'coarse'): number {
	if (since === 0) return Number.POSITIVE_INFINITY;
	const elapsed = Math.max(0, now - since);
	const {every} = stepFor(elapsed, scale);
	return since + (Math.floor(elapsed / every) + 1) * every;
}

/** A length of time in milliseconds, told as an age would be. */
export function duration(milliseconds: number, scale: AgeScale = 'coarse'): SafeText {
	return age(1, 1 + milliseconds, scale);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (of: number): string => String(of).padStart(2, '0');
const dayOf = (date: Date): string => `${date.getDate()} ${months[date.getMonth()]}`;

/** A moment on the clock of whoever reads it: `01:39`, and with its day where that is not today's. Both in epoch ms. */
export function clockTime(at: number, now: number): SafeText {
	const [date, today] = [new Date(at), new Date(now)];
	const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
	if (date.toDateString() === today.toDateString()) return own(time);
	const year = date.getFullYear() === today.getFullYear() ? '' : ` ${date.getFullYear()}`;
	return own(`${dayOf(date)}${year} ${time}`);
}

const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;

/** Bytes in binary units, as Kubernetes writes them, three digits at most: `512Mi`, `14.1Gi`. */
export function bytes(of: number | undefined): SafeText {
	if (of === undefined) return unknown;
	let value = Math.abs(of);
	let unit = 0;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1024;
		unit += 1;
	}
	const digits = unit > 0 && value < 99.95 ? 1 : 0;
	const text = value.toFixed(digits).replace(/\.0$/, '');
	return own(`${of < 0 ? '-' : ''}${text}${units[unit]}`);
}

/** So much of so much, with the unit once where it is the same: `14.1/20Gi`, `512Mi/20Gi`, `–/20Gi`. */
export function bytesOf(used: number | undefined, total: number | undefined): SafeText {
	const unit = (text: string) => text.replace(/[\d.–-]+/, '');
	const [part, whole] = [bytes(used), bytes(total)];
	return own(`${unit(part) === unit(whole) ? part.slice(0, part.length - unit(part).length) : part}/${whole}`);
}

/** A ratio (0–1) in whole percent: `23%`; `–` when it is not known. Almost full is not told as full. */
export function percent(ratio: number | undefined): SafeText {
	if (ratio === undefined || !Number.isFinite(ratio)) return unknown;
	const rounded = Math.round(ratio * 100);
	return own(`${rounded === 100 && ratio < 1 ? 99 : rounded}%`);
}

/** `1 node`, `2 nodes`, `2 copies`. */
export function count(of: number, one: string, many = `${one}s`): SafeText {
	return own(`${of} ${of === 1 ? one : many}`);
}

/** The parts that are there, with `between` between them. */
export function join(parts: ReadonlyArray<SafeText | undefined>, between = ', '): SafeText {
	return own(parts.filter(part => part !== undefined && part !== '').join(between));
}

/** What a pane says of a source that is not its main one; nothing while it is well, loading, not installed, or as the pane is itself. */
export function sourceNote(what: string, state: SourceState, pane: SourceState): Note | undefined {
	const name = own(what);
	if (whyUnread(state) === whyUnread(pane)) return undefined;
	if (state.is === 'denied') {
		const where = state.namespace === undefined ? own('') : say` in ${state.namespace}`;
		return {health: 'unknown', text: say`${name}: denied: ${state.verb} ${state.resource}${where}`};
	}
	if (state.is === 'stale') return {health: 'unknown', text: say`${name}: ${state.why}`};
	return undefined;
}

/** Text in lines of at most `width` characters, broken between words; beyond `most` lines it is cut. */
export function inLines(text: SafeText, most = 4, width = 76): readonly SafeText[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
		if (lines.length > 0 && (longer.length <= width || lines.length === most)) lines.splice(-1, 1, longer);
		else lines.push(word);
	}
	return lines.map(line => safeText(line, width)).filter(line => line !== '');
}

/** Why a source tells nothing now, in a sentence without its end; undefined where it is read, and where it is not served. */
export function whyUnread(state: SourceState): SafeText | undefined {
	if (state.is === 'loading') return state.waitingFor ?? own('not read yet');
	if (state.is === 'stale') return state.why;
	if (state.is !== 'denied') return undefined;
	const where = state.namespace === undefined ? own('') : say` in ${state.namespace}`;
	return say`not permitted: ${state.verb} ${state.resource}${where}`;
}

/** True when the records of a source may be read as the whole truth of its last state; a stale one's were true once. */
export function isKnown(state: SourceState): boolean {
	return state.is === 'live' || state.is === 'polled' || state.is === 'stale';
}

/** A record's name as it may be shown. */
export function shownName(record: {readonly name: RawName}): SafeText {
	return safeText(record.name, 253);
}

/** `namespace/name` as it may be shown; the bare name where there is no namespace. */
export function shownPath(record: {readonly namespace: RawName; readonly name: RawName}): SafeText {
	return safeText(keyOf(record.namespace, record.name), 317);
}

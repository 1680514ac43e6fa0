import {age} from '../../words.ts';
import type {Look} from '../widgets/look.ts';
import {beside, nothing, type Piece, piece, spread} from '../widgets/piece.ts';
import {roleOf} from '../widgets/theme.ts';
import {truncate, truncateStart} from '../widgets/width.ts';
import type {Headline} from './action/ask.ts';
import type {Picture, Wrong} from './model.ts';
import {type Tally, totals, type Verdict, verdict} from './verdict.ts';

/** Knowledge older than this is no longer called live (ms). */
export const liveFor = 15_000;

/** How fresh the oldest thing on screen is, in words. */
export function freshness({line, oldest}: Picture, now: number): Verdict {
	if (line.is === 'connecting') return {health: 'unknown', text: 'connecting'};
	if (line.is === 'down')
		return {health: 'bad', text: oldest === undefined ? 'no connection' : `no connection ${age(oldest, now)}`};
	if (oldest === undefined || now - oldest <= liveFor) return {health: 'ok', text: 'live'};
	return {health: 'unknown', text: `oldest ${age(oldest, now)}`};
}

function signed(look: Look, {health, text}: Verdict): Piece {
	const sign = {text: look.sign(health), width: 1};
	return text === '' ? sign : beside([sign, piece(look, roleOf(health), text)], ' ');
}

function lefts(look: Look, {context, server, demo, guard}: Picture, underway: Headline | undefined): Piece[] {
	const mode = beside(
		[demo ? {text: look.selected(' DEMO '), width: 6} : nothing, guard === undefined ? nothing : piece(look, 'muted', guard)],
		'  ',
	);
	const {short = '', tiny = ''} = underway ?? {};
	// How far it is stands at the end.
	const badge = beside([mode, piece(look, 'focus', truncateStart(short, 32, look.glyphs.ellipsis))], '  ');
	const name = {text: look.strong('midwatch'), width: 8};
	const {dot, ellipsis} = look.glyphs;
	// Contexts of clouds are long, and differ at their ends.
	const where = piece(look, 'text', truncateStart(context, 24, ellipsis));
	const full = piece(look, 'text', `${truncateStart(context, 32, ellipsis)} ${dot} ${truncate(server, 32, ellipsis)}`);
	const start = (...pieces: readonly Piece[]): Piece => {
		const line = beside(pieces, '  ');
		return {text: ` ${line.text}`, width: line.width + 1};
	};
	return [
		start(name, full, badge),
		start(name, where, badge),
		start(where, badge),
		start(badge),
		start(mode, piece(look, 'focus', tiny)),
		start(mode),
	];
}

function rights(look: Look, picture: Picture, now: number): Piece[] {
	const fresh = freshness(picture, now);
	const slow = picture.latency === 'slow' ? 'warn' : 'muted';
	const api = picture.latency === 'unknown' ? nothing : piece(look, slow, `api ${picture.latency}`);
	return [beside([api, signed(look, fresh)], '  '), signed(look, fresh), signed(look, {...fresh, text: ''})].map(one => ({
		text: `${one.text} `,
		width: one.width + 1,
	}));
}

/** The verdict from many words to few: all parts, then fewer with how many are left out. */
function middles(look: Look, parts: readonly Verdict[], least: number): Piece[] {
	const shorter = parts.map((_, cut) => {
		const rest = cut === 0 ? nothing : piece(look, 'muted', `+${cut}`);
		return beside([...parts.slice(0, parts.length - cut).map(part => signed(look, part)), rest], '  ');
	});
	return shorter.slice(0, Math.max(1, parts.length - least + 1));
}

function counted(look: Look, tallies: readonly Tally[], parts: readonly Verdict[], {critical, warning, unknown}: Wrong): Piece {
	const [calm] = parts;
	const incidents = [
		['bad', critical],
		['warn', warning],
		['unknown', unknown],
	] as const;
	const wrong = critical + warning + unknown > 0 ? incidents.filter(([, many]) => many > 0) : totals(tallies);
	const counts = wrong.map(([health, many]) => piece(look, roleOf(health), `${look.glyphs.health[health]}${many}`));
	return counts.length > 0 ? beside(counts, ' ') : calm === undefined ? nothing : signed(look, {...calm, text: ''});
}

/** From the richest to the barest: which left and which right part go together. The cluster's name goes last but one. */
const pairs = [
	[0, 0],
	[1, 0],
	[2, 0],
	[2, 1],
	[2, 2],
] as const;
const nameless = [
	[3, 1],
	[3, 2],
	[4, 2],
	[5, 2],
] as const;

/** The first line: name, cluster, DEMO, the action under way, what is wrong, API latency, freshness. What there is no room for goes, what is wrong last. */
export function drawHeader(
	look: Look,
	columns: number,
	picture: Picture,
	tallies: readonly Tally[],
	now: number,
	underway?: Headline,
): string {
	const parts = verdict(tallies, picture.wrong, picture.line.is === 'down');
	const left = lefts(look, picture, underway);
	const right = rights(look, picture, now);
	const counts = [counted(look, tallies, parts, picture.wrong)];
	const tries = [
		[pairs, middles(look, parts, 2)],
		[pairs, middles(look, parts, 1)],
		[pairs, counts],
		[nameless, counts],
	] as const;
	for (const [ends, middle] of tries) {
		for (const [at, to] of ends) {
			for (const said of middle) {
				const start = beside([left[at] ?? nothing, said], '   ');
				const end = right[to] ?? nothing;
				if (start.width + 1 + end.width <= columns) return spread(start, end, columns);
			}
		}
	}
	return spread(counts[0] ?? nothing, nothing, columns);
}

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {safeText} from '../../../source/cluster/safe-text.ts';
import type {Picture} from '../../../source/interface/shell/model.ts';
import {themes} from '../../../source/interface/widgets/theme.ts';
import {type Detail, own, type PaneView, type RawName, type Row, viewIds} from '../../../source/vocabulary.ts';
import {openDashboard} from '../../_helpers/dashboard.ts';
import {handSource, incident, night} from '../../_helpers/sample-picture.ts';

/** The bytes that make trouble, between harmless ones. */
const hostile = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'\u001b[2J',
				'\u001b[31m',
				'\u001b]52;c;ZXZpbA==\u0007',
				'\u001b]0;title\u001b\\',
				'\u001bP+q\u001b\\',
				'\u001b[6n',
				'\u001bc',
				'\u009b31m',
				'\u009d52;c;x\u009c',
				'\r',
				'\n',
				'\t',
				'\b',
				'\u0007',
				'\u000e',
				'\u007f',
				'\u0085',
				'\u202e',
				'\u2066',
				'\u200b',
				'\u200d',
				'\u{e0041}',
				'\ufeff',
				'\u0301',
				'\ud800',
				'[31m',
				'\u001b',
				'\u001b[?1049l',
				'\u001b[?25h',
			),
			fc.constantFrom('nuc', ' ', '界', '🙂', 'é', '–', '0', 'm', ';', 'H'),
			fc.string({unit: 'binary', maxLength: 3}),
		),
		{maxLength: 12},
	)
	.map(parts => parts.join(''));

const text = hostile.map(from => safeText(from));
const health = fc.constantFrom('bad' as const, 'warn' as const, 'unknown' as const, 'ok' as const, 'idle' as const);

/** Names are kept raw: only what is shown is safe. */
const row = fc
	.record({
		key: hostile,
		cells: fc.array(text, {minLength: 3, maxLength: 3}),
		health,
		name: hostile,
		namespace: hostile,
		resource: hostile,
	})
	.map(
		({key, cells, health: how, name, namespace, resource}): Row => ({
			key,
			health: how,
			cells: cells.map(one => ({text: one, health: how})),
			subject: {resource, name: name as RawName, namespace: namespace as RawName},
		}),
	);

const state = fc.oneof(
	fc.constant<PaneView['state']>({is: 'live'}),
	fc.record({is: fc.constant('stale' as const), since: fc.constant(night - 60_000), why: text}),
	fc.record({is: fc.constant('denied' as const), verb: text, resource: text, namespace: text}),
	fc.record({is: fc.constant('loading' as const), waitingFor: text}),
);

const columns = ['NAME', 'STATE', 'WHY'].map((title, at) => ({id: title, title, priority: at, grow: at === 1}));
const note = fc.record({health, text});
const view = fc
	.record({summary: text, state, rows: fc.array(row, {maxLength: 6}), notes: fc.array(note, {maxLength: 2}), empty: text})
	.map((one): PaneView => ({...one, columns}));

const picture = fc
	.record({
		context: text,
		server: text,
		why: text,
		views: fc.array(view, {minLength: viewIds.length, maxLength: viewIds.length}),
		notes: fc.array(note, {maxLength: 3}),
	})
	.map(({context, server, why, views, notes}): Picture => {
		const panes = Object.fromEntries(viewIds.map((id, at) => [id, views[at]])) as Picture['panes'];
		return {...incident, context, server, line: {is: 'down', why}, panes, notes};
	});

const detail = text.map(
	(one): Detail => ({title: one, sections: [{title: 'Facts', lines: [{label: 'message', value: one, health: 'bad'}]}]}),
);

/** Every sequence that Ink, our skeleton and our own emphasis write, colours by number; and the ends of lines. */
const colours = themes.flatMap(({roles}) => Object.values(roles).flatMap(colour => (colour === null ? [] : [colour[256]])));
const ours = new RegExp(
	`\\u001b\\[(?:\\?(?:1049|25|2026|2004|7)[hl]|\\d*[ABEGJK]|(?:1;1)?H|(?:39|1|22|7|27|38;5;(?:${colours.join('|')}))m)|\\n`,
	'g',
);
const forbidden = /[\p{Cc}\p{Bidi_Control}\u200b-\u200f\u2028\u2029\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

test('no text from a cluster brings a sequence of its own to the terminal', async () => {
	await fc.assert(
		fc.asyncProperty(picture, detail, async (shown, behind) => {
			const source = {...handSource(shown), detail: () => behind};
			await using dashboard = await openDashboard({columns: 90, rows: 30, source});
			const {screen} = dashboard;
			for (const keys of [['y'], ['d'], ['y'], ['esc'], ['?'], ['esc'], ['/', 'n', 'u'], ['enter', 's', '2', 'y']]) {
				screen.press(...keys);
				await screen.quiet(30);
			}
			const copied = /\u001b\]52;c;[A-Za-z0-9+/=]*\u0007/g;
			expect(screen.written().replaceAll(copied, '').replaceAll(ours, '')).not.toMatch(forbidden);
			expect(screen.lines()).toHaveLength(30);
		}),
		{numRuns: 25},
	);
});

test('a name that is not one is shown, but no command is made of it', async () => {
	const subject = {resource: 'nodes', namespace: '' as RawName, name: '$(reboot)\u001b[2J' as RawName};
	const bad: Row = {key: 'x', health: 'bad', cells: [{text: safeText(subject.name)}], subject};
	const source = handSource({...incident, panes: {...incident.panes, nodes: {...incident.panes.nodes, rows: [bad]}}});
	await using dashboard = await openDashboard({source});
	await dashboard.screen.shows('$(reboot)');
	dashboard.screen.press('y');
	await dashboard.screen.shows('Not copied: the name of this object is not a valid Kubernetes name');
	expect(dashboard.screen.written()).not.toContain('\u001b]52');
	expect(own('')).toBe('');
});

test('a character that is drawn wider than it is counted shifts no other line', async () => {
	// The emulator knows these marks as characters of their own; we count them as none, as newer terminals do.
	const marks = safeText('a\u0816'.repeat(20));
	const rows = incident.panes.nodes.rows.map(one => ({...one, cells: one.cells.map(() => ({text: marks}))}));
	await using dashboard = await openDashboard();
	const before = dashboard.screen.lines();
	dashboard.source.show({...incident, panes: {...incident.panes, nodes: {...incident.panes.nodes, rows}}});
	await dashboard.screen.quiet();
	const after = dashboard.screen.lines();
	expect(after[4]).not.toBe(before[4]);
	expect(after.slice(12)).toEqual(before.slice(12));
});

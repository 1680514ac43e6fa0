import {safeText} from '../../cluster/safe-text.ts';
import {nearest} from '../../files/nearest.ts';
import {type SafeText, say} from '../../vocabulary.ts';
import {type Command, type Dialog, type Entry, keymap} from './keymap.ts';

/** The keys of one dashboard. */
export type Keys = {
	/** The table, as it holds here. */
	readonly entries: readonly Entry[];
	/** What a key asks for, where a dialog has keys of its own, and while something is typed; undefined when it does nothing, or is text. */
	readonly commandFor: (chord: string, dialog?: Dialog, typing?: boolean) => Command | undefined;
	/** The first key of a command, outside of dialogs. */
	readonly keyOf: (command: Command) => string;
};

/** Keys that were asked for, by the names of commands. */
export type Rebinding = Readonly<Record<string, readonly string[]>>;

/** What leads out and back stays, whatever else does. */
const fixed: ReadonlyMap<string, Command> = new Map([
	['ctrl-c', 'leave'],
	['esc', 'back'],
	['enter', 'open'],
]);

const isGeneral = ({inside}: Entry): boolean => inside === undefined;
const general: ReadonlySet<string> = new Set(keymap.filter(isGeneral).flatMap(({commands}) => commands));
const ofDialogs: ReadonlySet<string> = new Set(keymap.flatMap(({commands}) => commands));

/** Why a command cannot have these keys, in a sentence. */
function wrongWith(command: string, chords: readonly string[]): SafeText | undefined {
	const at = say`keys.${safeText(command, 60)}`;
	if (!general.has(command)) {
		if (ofDialogs.has(command)) return say`${at} cannot be given: the keys of the palette, of actions and of runbooks stay.`;
		const meant = nearest(command, [...general]) ?? [...general].join(', ');
		return say`${at} is not known: there is ${safeText(meant, 600)}.`;
	}
	if (chords.length === 0) return say`${at} names no key; name one, or leave it out.`;
	const taken = chords.find(chord => fixed.has(chord) && fixed.get(chord) !== command);
	if (taken !== undefined)
		return say`${at} cannot be ${safeText(taken, 20)}: that is always ${safeText(fixed.get(taken) ?? '', 20)}.`;
	return undefined;
}

/** The keys of a command: what was asked for, and what stays. */
function chordsOf(command: Command, asked: readonly string[]): readonly string[] {
	const stays = [...fixed].filter(([, of]) => of === command).map(([chord]) => chord);
	return [...new Set([...asked, ...stays])];
}

function rebound(entry: Entry, changes: Rebinding): Entry {
	if (!isGeneral(entry)) return entry;
	const pairs = entry.keys.map((key, at) => [key, entry.commands[at] ?? 'help'] as const);
	const next = pairs.flatMap(([key, command], at) => {
		const asked = changes[command];
		if (asked === undefined) return [[key, command] as const];
		const isFirst = entry.commands.indexOf(command) === at;
		return isFirst ? chordsOf(command, asked).map(chord => [chord, command] as const) : [];
	});
	return {...entry, keys: next.map(([key]) => key), commands: next.map(([, command]) => command)};
}

/** Two commands that one key would have outside of dialogs, in a sentence. */
function conflictIn(entries: readonly Entry[], changes: Rebinding): SafeText | undefined {
	const known = new Map<string, Command>();
	for (const {keys, commands} of entries.filter(isGeneral)) {
		for (const [at, key] of keys.entries()) {
			const command = commands[at] ?? 'help';
			const other = known.get(key);
			known.set(key, command);
			if (other === undefined || other === command) continue;
			const [asked, has] = Object.hasOwn(changes, command) ? [command, other] : [other, command];
			return say`keys.${safeText(asked, 60)} asks for ${safeText(key, 20)}, which is the key of ${safeText(has, 60)}: give one of them another key.`;
		}
	}
	return undefined;
}

const boundIn = (entries: readonly Entry[], dialog?: Dialog): ReadonlyMap<string, Command> =>
	new Map(
		entries
			.filter(({inside}) => inside === dialog)
			.flatMap(({keys, commands}) => keys.map((key, at) => [key, commands[at] ?? 'help'] as const)),
	);

/** While something is typed only these are keys, and always the same; everything else is text. */
const typingKeys = new Set(['enter', 'esc', 'ctrl-c', 'ctrl-z', 'ctrl-l', 'ctrl-p', 'down', 'up', 'pagedown', 'pageup']);
const whileTyping = new Map([...boundIn(keymap)].filter(([chord]) => typingKeys.has(chord)));

function keysOf(entries: readonly Entry[]): Keys {
	const everywhere = boundIn(entries);
	const within: Readonly<Record<Dialog, ReadonlyMap<string, Command>>> = {
		palette: boundIn(entries, 'palette'),
		action: boundIn(entries, 'action'),
		shelf: boundIn(entries, 'shelf'),
		runbook: boundIn(entries, 'runbook'),
		walk: boundIn(entries, 'walk'),
	};
	return {
		entries,
		commandFor: (chord, dialog, typing = false) =>
			(dialog && within[dialog].get(chord)) ?? (typing ? whileTyping : everywhere).get(chord),
		keyOf: command => {
			const entry = entries.find(({inside, commands}) => inside === undefined && commands.includes(command));
			return entry?.keys[entry.commands.indexOf(command)] ?? '';
		},
	};
}

/** The keys as they are where nobody asked for others. */
export const usualKeys: Keys = keysOf(keymap);

/** The keys with those that were asked for in the place of the usual ones; a sentence where they cannot be. */
export function keysWith(changes: Rebinding): Keys | SafeText {
	const wrong = Object.entries(changes)
		.map(([command, chords]) => wrongWith(command, chords))
		.find(why => why !== undefined);
	if (wrong !== undefined) return wrong;
	const entries = keymap.map(entry => rebound(entry, changes));
	return conflictIn(entries, changes) ?? keysOf(entries);
}

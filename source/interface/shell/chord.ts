import type {Key} from 'ink';
import {graphemes} from '../widgets/width.ts';

const named = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['pageDown', 'pagedown'],
	['pageUp', 'pageup'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['backspace', 'backspace'],
	['delete', 'backspace'],
] as const satisfies ReadonlyArray<readonly [keyof Key, string]>;

/** What a key press is: a named key, or text. */
export type Press = {readonly chord: string; readonly text: string};

const controlNames: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\u001b': 'esc',
	'\u0008': 'backspace',
	'\u007f': 'backspace',
};

/** Names what Ink read. A slow line delivers several keys in one piece: each is a press of its own. */
export function pressesOf(input: string, key: Key): readonly Press[] {
	if (key.tab) return [{chord: key.shift ? 'shift-tab' : 'tab', text: ''}];
	const name = named.find(([flag]) => key[flag] === true)?.[1];
	if (name !== undefined) return [{chord: name, text: ''}];
	if (key.ctrl) return input === '' ? [] : [{chord: `ctrl-${input}`, text: ''}];
	if (key.meta) return [];
	return pressesIn(input);
}

/** The presses in text as it was typed: of control characters too. */
export function pressesIn(typed: string): readonly Press[] {
	return graphemes(typed).map(one => (one in controlNames ? {chord: controlNames[one] ?? '', text: ''} : controlled(one)));
}

function controlled(one: string): Press {
	const code = one.codePointAt(0) ?? 0;
	if (one === ' ') return {chord: 'space', text: one};
	if (code < 32) return {chord: `ctrl-${String.fromCharCode(code + 96)}`, text: ''};
	return {chord: one, text: one};
}

import {type Press, pressesIn} from '../shell/chord.ts';

/** A key as Node's readline reads it. */
export type Keypress = {
	readonly name?: string | undefined;
	readonly sequence?: string | undefined;
	readonly shift?: boolean;
	readonly meta?: boolean;
};

const named: Readonly<Record<string, string>> = {
	return: 'enter',
	enter: 'enter',
	escape: 'esc',
	backspace: 'backspace',
	delete: 'backspace',
	tab: 'tab',
	up: 'up',
	down: 'down',
	pageup: 'pageup',
	pagedown: 'pagedown',
	home: 'home',
	end: 'end',
};

/**
 * The same presses as the dashboard would make of it; none for what is no key of ours. An escape and a key soon after it
 * cannot be told from alt and that key, which is nothing here: so they are two presses.
 */
export function pressesOf(text: string | undefined, key: Keypress): readonly Press[] {
	const {name = '', sequence = '', shift, meta} = key;
	if (meta === true && name !== 'escape') {
		const rest = sequence.slice(1);
		return [{chord: 'esc', text: ''}, ...pressesOf(rest, {name, sequence: rest, ...(shift && {shift})})];
	}
	if (name === 'tab') return [{chord: shift === true ? 'shift-tab' : 'tab', text: ''}];
	const known = Object.hasOwn(named, name) ? named[name] : undefined;
	return known === undefined ? pressesIn(text ?? '') : [{chord: known, text: ''}];
}

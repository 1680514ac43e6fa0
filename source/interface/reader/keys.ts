import type {Press} from '../shell/chord.ts';

/** A key as Node's readline reads it. */
export type Keypress = {
	readonly name?: string | undefined;
	readonly sequence?: string | undefined;
	readonly ctrl?: boolean;
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

/** The same press as the dashboard would make of it; undefined for what is no key of ours. */
export function pressOf(text: string | undefined, {name = '', ctrl, shift, meta}: Keypress): Press | undefined {
	if (name === 'tab') return {chord: shift === true ? 'shift-tab' : 'tab', text: ''};
	const known = Object.hasOwn(named, name) ? named[name] : undefined;
	if (known !== undefined) return {chord: known, text: ''};
	if (ctrl === true) return name === '' ? undefined : {chord: `ctrl-${name}`, text: ''};
	return meta === true || text === undefined || text === '' ? undefined : {chord: text, text};
}

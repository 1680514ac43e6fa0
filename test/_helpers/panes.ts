import type {Person} from './screen.ts';

/** One pane of the dashboard, as a person looks at it: what stands in its frame, title included. */
export type PaneOnScreen = {
	readonly text: () => string;
	/** Waits until it stands in the pane; gives up after `within` milliseconds. */
	readonly shows: (text: string | RegExp, within?: number) => Promise<void>;
	readonly hides: (text: string | RegExp, within?: number) => Promise<void>;
};

/** Looks at the pane with this title (`Nodes`), wherever its frame is on the screen. */
export function paneOf(screen: Pick<Person, 'lines' | 'until' | 'text'>, title: string): PaneOnScreen {
	const text = () => inFrame(screen.lines(), title);
	const has = (wanted: string | RegExp) => (typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text()));
	return {
		text,
		shows: (wanted, within) => screen.until(() => has(wanted), `never saw ${String(wanted)} in ${title}`, within),
		hides: (wanted, within) => screen.until(() => !has(wanted), `still saw ${String(wanted)} in ${title}`, within),
	};
}

/** Frames stand side by side; the focused one has other corners. */
function inFrame(lines: readonly string[], title: string): string {
	const top = new RegExp(`[╭┏╔] \\d ${title} [^╮┓╗]*[╮┓╗]`);
	const at = lines.findIndex(line => top.test(line));
	const found = top.exec(lines[at] ?? '');
	if (found === null) return '';
	const cut = (line: string) => line.slice(found.index, found.index + found[0].length);
	const below = lines.slice(at).map(cut);
	const end = below.findIndex(line => /^[╰┗╚]/.test(line));
	return below.slice(0, end + 1).join('\n');
}

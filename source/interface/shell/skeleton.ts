import {between, edge} from '../widgets/frame.ts';
import {type Look, type LookOptions, looksFor} from '../widgets/look.ts';
import {type Band, layOut, type Size} from './layout.ts';
import {paneTitle} from './model.ts';

/** `environment` is the process's; `demo` marks the embedded cluster from the first moment. */
export type SkeletonOptions = Size & LookOptions & {readonly demo?: boolean};

const nothing = {text: '', width: 0};
const loading = 'loading';
const name = 'midwatch';

function drawHead(look: Look, columns: number, demo: boolean): string {
	const whole = ` ${name}${demo ? '   DEMO ' : ''}`;
	if (whole.length > columns) return ' '.repeat(columns);
	return ` ${look.strong(name)}${demo ? `  ${look.selected(' DEMO ')}` : ''}${' '.repeat(columns - whole.length)}`;
}

const rows = (count: number, line: string): string[] => Array.from({length: Math.max(0, count)}, () => line);

function drawBox(look: Look, band: Band, width: number, title: string, focused: boolean): string[] {
	if (!band.framed) return [title.slice(0, width).padEnd(width), ...rows(band.height - 1, ' '.repeat(width))];
	const shown = look.paint(focused ? 'focus' : 'text', title);
	const left = {text: focused ? look.strong(shown) : shown, width: title.length};
	const right = {text: look.paint('muted', loading), width: loading.length};
	return [
		edge(look, width, 'top', focused, left, right),
		...rows(band.height - 2, between(look, focused, ' '.repeat(width - 2))),
		edge(look, width, 'bottom', focused, nothing, nothing),
	];
}

/** The lines of the skeleton: where everything will be, and that it is loading. Exactly `rows` of `columns` columns. */
export function skeletonLines({columns, rows, demo = false, ...options}: SkeletonOptions): readonly string[] {
	const [look] = looksFor(options);
	const layout = layOut({columns, rows}, {focus: 'nodes'});
	const blank = ' '.repeat(columns);
	const bands = layout.bands.flatMap(band => {
		const boxes = band.blocks.map(({pane, width}) => drawBox(look, band, width, paneTitle(pane), pane === 'nodes'));
		return Array.from({length: band.height}, (_, at) => boxes.map(lines => lines[at] ?? '').join(''));
	});
	return [
		...(layout.header ? [drawHead(look, columns, demo)] : []),
		...(layout.strip ? [blank] : []),
		...bands,
		...(layout.footer ? [blank] : []),
	].slice(0, rows);
}

/**
 * What is written to the terminal before Ink is even loaded: the alternate screen with the empty panes in it, the cursor
 * hidden and at home. Nothing at all for a dumb terminal.
 */
export function skeleton(options: SkeletonOptions): string {
	if (options.environment.TERM === 'dumb') return '';
	return `\u001b[?1049h\u001b[?25l\u001b[H${skeletonLines(options).join('\r\n')}\u001b[H`;
}

/** Gives the terminal back from whatever the dashboard made of it. */
export function restoreBytes(environment: LookOptions['environment']): string {
	if (environment.TERM === 'dumb') return '';
	return '\u001b[?2026l\u001b[?2004l\u001b[?7h\u001b[0m\u001b[?1049l\u001b[?25h';
}

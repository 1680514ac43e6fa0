import headless from '@xterm/headless';

/** A terminal without a window: it takes bytes and says what a person would see. */
export type Terminal = {
	readonly write: (bytes: string | Uint8Array) => Promise<void>;
	readonly resize: (columns: number, rows: number) => void;
	/** The lines on the screen, without trailing blanks. */
	readonly lines: () => string[];
	/** False while a synchronised frame is only half there: a terminal would not show it yet. */
	readonly isWhole: () => boolean;
	/** Which buffer is shown, and where the cursor is. */
	readonly state: () => {readonly buffer: 'normal' | 'alternate'; readonly x: number; readonly y: number};
	/** The cells of a line: text and style, for comparing what cannot be seen in the text. */
	readonly cells: (y: number) => string[];
};

/** Opens a terminal of a size. */
export function openTerminal(columns: number, rows: number): Terminal {
	const terminal = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 200});
	let drawing = false;
	const synchronised = (final: 'h' | 'l') =>
		terminal.parser.registerCsiHandler({prefix: '?', final}, ([mode]) => {
			if (mode === 2026) drawing = final === 'h';
			return false;
		});
	synchronised('h');
	synchronised('l');
	const lineAt = (y: number) => terminal.buffer.active.getLine(terminal.buffer.active.baseY + y);
	return {
		write: bytes => new Promise(resolve => terminal.write(bytes, resolve)),
		resize: (nextColumns, nextRows) => terminal.resize(nextColumns, nextRows),
		lines: () =>
			Array.from({length: terminal.rows}, (_, y) => (lineAt(y)?.translateToString(true, 0, terminal.cols) ?? '').trimEnd()),
		isWhole: () => !drawing,
		state: () => ({buffer: terminal.buffer.active.type, x: terminal.buffer.active.cursorX, y: terminal.buffer.active.cursorY}),
		cells: y => {
			const line = lineAt(y);
			return Array.from({length: terminal.cols}, (_, x) => {
				const cell = line?.getCell(x);
				return `${cell?.getChars() ?? ''}|${cell?.getFgColorMode() ?? 0}:${cell?.getFgColor() ?? 0}|${cell?.isBold() ?? 0}|${cell?.isInverse() ?? 0}`;
			});
		},
	};
}

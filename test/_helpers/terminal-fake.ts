import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {type Person, personAt} from './screen.ts';
import {openTerminal, type Terminal} from './terminal.ts';

/** A terminal for a dashboard in this process: the streams it gets, and the person in front of it. */
export type FakeTerminal = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly terminal: Terminal;
	readonly screen: Person;
};

/** Opens a terminal that no process knows of. */
export function openFakeTerminal(columns: number, rows: number): FakeTerminal {
	const terminal = openTerminal(columns, rows);
	let written = '';
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		isRaw: false,
		setRawMode: () => stdin,
		ref: () => stdin,
		unref: () => stdin,
	});
	const stdout = Object.assign(new EventEmitter(), {
		isTTY: true,
		columns,
		rows,
		writable: true,
		destroyed: false,
		writableEnded: false,
		write: (bytes: string, done?: () => void) => {
			written += bytes;
			// What the line discipline of a real terminal does.
			void terminal.write(bytes.replaceAll(/\r?\n/g, '\r\n'));
			done?.();
			return true;
		},
	});
	const resize = (nextColumns: number, nextRows: number) => {
		Object.assign(stdout, {columns: nextColumns, rows: nextRows});
		stdout.emit('resize');
	};
	const screen = personAt({terminal, send: bytes => void stdin.write(bytes), resize, written: () => written});
	return {stdin: stdin as unknown as NodeJS.ReadStream, stdout: stdout as unknown as NodeJS.WriteStream, terminal, screen};
}

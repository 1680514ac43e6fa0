import type {Reach} from '../../source/interface/shell/reach.ts';
import {startApp} from '../../source/interface/shell/start.ts';
import {type LookOptions, looksFor} from '../../source/interface/widgets/look.ts';
import {type HandSource, handSource} from './sample-picture.ts';
import type {Person} from './screen.ts';
import {openFakeTerminal} from './terminal-fake.ts';

/** A dashboard in this process, on a picture set by hand, in a terminal that no process knows of. */
export type Dashboard = {
	readonly screen: Person;
	readonly source: HandSource;
	readonly cells: (y: number) => string[];
	/** How often React made a frame. */
	readonly frames: () => number;
	readonly done: Promise<void>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

type Options = Partial<LookOptions> & {
	readonly columns?: number;
	readonly rows?: number;
	readonly source?: HandSource;
	readonly reach?: Partial<Reach>;
};

export const colours = {TERM: 'xterm-256color', LANG: 'C.UTF-8'};

/** Opens one and waits for its first frame. */
export async function openDashboard({
	columns = 120,
	rows = 40,
	source = handSource(),
	environment = colours,
	reach = {},
	...look
}: Options = {}): Promise<Dashboard> {
	const {stdin, stdout, terminal, screen} = openFakeTerminal(columns, rows);
	let frames = 0;
	const done = startApp({
		source,
		options: {
			stdin,
			stdout,
			stderr: stdout,
			looks: looksFor({environment, ...look}),
			kubectl: ['kubectl', '--context', 'homelab'],
			open: undefined,
			...reach,
			painted: false,
			ownsProcess: false,
			onRender: () => {
				frames += 1;
			},
		},
	});
	await screen.quiet(15);
	return {
		screen,
		source,
		cells: terminal.cells,
		frames: () => frames,
		done,
		[Symbol.asyncDispose]: async () => {
			screen.press('ctrl-c');
			await done;
		},
	};
}

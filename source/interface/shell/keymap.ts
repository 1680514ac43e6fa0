/** Everything a key can ask for. */
export type Command =
	| 'pane1'
	| 'pane2'
	| 'pane3'
	| 'pane4'
	| 'pane5'
	| 'incidents'
	| 'platform'
	| 'timeline'
	| 'risks'
	| 'mark'
	| 'logs'
	| 'writers'
	| 'contexts'
	| 'nextPane'
	| 'previousPane'
	| 'down'
	| 'up'
	| 'first'
	| 'last'
	| 'pageDown'
	| 'pageUp'
	| 'open'
	| 'back'
	| 'filter'
	| 'sort'
	| 'copy'
	| 'shell'
	| 'theme'
	| 'help'
	| 'quit'
	| 'leave'
	| 'suspend'
	| 'redraw';

/** Where a hint helps: before all panes, before one alone, before what is open over them. */
export type Place = 'panes' | 'alone' | 'over';

const panes: readonly Place[] = ['panes', 'alone'];
const anywhere: readonly Place[] = ['panes', 'alone', 'over'];

/** One line of the help. Keys are written as `chordOf` names them; commands stand in the order of their keys. */
export type Entry = {
	readonly keys: readonly string[];
	readonly commands: readonly Command[];
	readonly does: string;
	/** In one or two words for the footer; the lowest `rank` is the last to go where there is no room. */
	readonly hint?: {readonly text: string; readonly rank: number; readonly at: readonly Place[]};
};

/** The one table: it makes the bindings, the help screen, the footer and the section of the readme. */
export const keymap: readonly Entry[] = [
	{
		keys: ['0'],
		commands: ['incidents'],
		does: 'what is wrong; again: on the whole screen, with what follows from it',
		hint: {text: 'incidents', rank: 8, at: panes},
	},
	{
		keys: ['1', '2', '3', '4', '5'],
		commands: ['pane1', 'pane2', 'pane3', 'pane4', 'pane5'],
		does: 'go to a pane; again: it alone on the whole screen, and back',
		hint: {text: 'pane', rank: 4, at: panes},
	},
	{keys: ['6'], commands: ['platform'], does: 'control plane, core services, controllers, webhooks, certificates'},
	{keys: ['tab', 'shift-tab'], commands: ['nextPane', 'previousPane'], does: 'next, previous pane'},
	{
		keys: ['j', 'k', 'down', 'up'],
		commands: ['down', 'up', 'down', 'up'],
		does: 'one row down, up',
		hint: {text: 'move', rank: 4, at: ['over']},
	},
	{keys: ['g', 'G', 'home', 'end'], commands: ['first', 'last', 'first', 'last'], does: 'first, last row'},
	{
		keys: ['ctrl-d', 'ctrl-u', 'pagedown', 'pageup'],
		commands: ['pageDown', 'pageUp', 'pageDown', 'pageUp'],
		does: 'half a page down, up',
	},
	{
		keys: ['enter', 'd'],
		commands: ['open', 'open'],
		does: 'open the detail of the row; of an incident: its story',
		hint: {text: 'open', rank: 2, at: panes},
	},
	{
		keys: ['esc'],
		commands: ['back'],
		does: 'one step back: detail, filter, whole screen',
		hint: {text: 'back', rank: 2, at: ['alone', 'over']},
	},
	{
		keys: ['/'],
		commands: ['filter'],
		does: 'show only rows that contain a text; !text: rows that do not',
		hint: {text: 'filter', rank: 3, at: panes},
	},
	{
		keys: ['s'],
		commands: ['sort'],
		does: 'sort by the next column; after the last: worst first',
	},
	{
		keys: ['t'],
		commands: ['timeline'],
		does: 'what happened, newest first; from a detail: to that alone',
		hint: {text: 'timeline', rank: 5, at: anywhere},
	},
	{
		keys: ['R'],
		commands: ['risks'],
		does: 'standing risks and targets',
		hint: {text: 'risks', rank: 6, at: panes},
	},
	{
		keys: ['a'],
		commands: ['mark'],
		does: 'acknowledge an incident, accept a risk; again: take that back',
		hint: {text: 'acknowledge', rank: 5, at: anywhere},
	},
	{keys: ['l'], commands: ['logs'], does: 'last lines of the container that fails, and what follows'},
	{keys: ['w'], commands: ['writers'], does: 'who wrote what of the object last, and when'},
	{keys: ['c'], commands: ['contexts'], does: 'go to another context'},
	{
		keys: ['y'],
		commands: ['copy'],
		does: 'copy the kubectl command that shows the row',
		hint: {text: 'copy', rank: 5, at: anywhere},
	},
	{
		keys: ['o'],
		commands: ['shell'],
		does: 'k9s here, or a shell with kubectl: same context and namespace',
		hint: {text: 'k9s', rank: 7, at: anywhere},
	},
	{keys: ['T'], commands: ['theme'], does: 'other colours: dark, light; remembered'},
	{keys: ['?'], commands: ['help'], does: 'these keys', hint: {text: 'help', rank: 0, at: anywhere}},
	{keys: ['q'], commands: ['quit'], does: 'one step back; from the panes: quit', hint: {text: 'quit', rank: 1, at: ['panes']}},
	{keys: ['ctrl-c'], commands: ['leave'], does: 'quit at once'},
	{keys: ['ctrl-z'], commands: ['suspend'], does: 'to the shell that started it; fg comes back'},
	{keys: ['ctrl-l'], commands: ['redraw'], does: 'draw the screen again'},
];

const bindings: ReadonlyMap<string, Command> = new Map(
	keymap.flatMap(({keys, commands}) => keys.map((key, at) => [key, commands[at] ?? 'help'] as const)),
);

/** What a key asks for; undefined when it does nothing. */
export function commandFor(chord: string): Command | undefined {
	return bindings.get(chord);
}

/** While a filter is typed only these are keys; everything else is text. */
export const typingKeys: ReadonlySet<string> = new Set(['enter', 'esc', 'ctrl-c', 'ctrl-z', 'ctrl-l', 'down', 'up']);

/** The keys as a Markdown table, for the readme. */
export function keymapAsMarkdown(): string {
	const rows = keymap.map(({keys, does}) => `| ${keys.map(key => `\`${key}\``).join(' ')} | ${does} |`);
	return ['| key | does |', '|---|---|', ...rows].join('\n');
}

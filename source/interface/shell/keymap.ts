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
	| 'palette'
	| 'pick'
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
	| 'redraw'
	| 'complete'
	| 'copyLine'
	| 'stop'
	| 'force'
	| 'emptyDir'
	| 'resume'
	| 'rollBack'
	| 'runbooks'
	| 'nextPart'
	| 'previousPart'
	| 'values'
	| 'again'
	| 'skip'
	| 'byHand'
	| 'edit'
	| 'note'
	| 'reading'
	| 'whole'
	| 'abandon'
	| 'report';

/** What has keys of its own: the palette, the view of an action, runbooks: all, one, the one that is walked. */
export type Dialog = 'palette' | 'action' | 'shelf' | 'runbook' | 'walk';

/** Where a hint helps: before all panes, before one alone, before what is open over them, in a dialog. */
export type Place =
	| 'panes'
	| 'alone'
	| 'over'
	| 'palette'
	| 'plan'
	| 'drain'
	| 'refused'
	| 'run'
	| 'end'
	| 'shelf'
	| 'runbook'
	| 'step'
	| 'stepRun'
	| 'walked'
	| 'report';

const panes: readonly Place[] = ['panes', 'alone'];
const anywhere: readonly Place[] = ['panes', 'alone', 'over'];

/** One line of the help. Keys are written as `chordOf` names them; commands stand in the order of their keys. */
export type Entry = {
	readonly keys: readonly string[];
	readonly commands: readonly Command[];
	readonly does: string;
	/** Only there; unless said, everywhere where nothing is typed. */
	readonly inside?: Dialog;
	/** What the palette calls the first command, and other words for that; missing where it offers none. */
	readonly called?: readonly [string, ...string[]];
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
		hint: {text: 'move', rank: 4, at: ['over', 'shelf', 'runbook']},
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
		does: 'one step back: detail, filter, marks, whole screen',
		hint: {
			text: 'back',
			rank: 2,
			at: [
				'alone',
				'over',
				'palette',
				'plan',
				'drain',
				'refused',
				'run',
				'end',
				'shelf',
				'runbook',
				'step',
				'stepRun',
				'walked',
				'report',
			],
		},
	},
	{
		keys: [':', 'ctrl-p'],
		commands: ['palette', 'palette'],
		does: 'type what to do or open: drain nuc-2, node nuc-2, ctx homelab',
		hint: {text: 'palette', rank: 3, at: anywhere},
	},
	{
		keys: ['/'],
		commands: ['filter'],
		does: 'show only rows that contain a text; !text: rows that do not',
		called: ['filter'],
		hint: {text: 'filter', rank: 3, at: panes},
	},
	{
		keys: ['s'],
		commands: ['sort'],
		does: 'sort by the next column; after the last: worst first',
		called: ['sort'],
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
		keys: ['r'],
		commands: ['runbooks'],
		does: 'runbooks, those that fit the row first; and the one that is walked',
		called: ['runbooks', 'rb'],
		hint: {text: 'runbooks', rank: 4, at: anywhere},
	},
	{
		keys: ['a'],
		commands: ['mark'],
		does: 'acknowledge an incident, accept a risk; again: take that back',
		called: ['acknowledge', 'ack', 'accept'],
		hint: {text: 'ack', rank: 5, at: anywhere},
	},
	{
		keys: ['l'],
		commands: ['logs'],
		does: 'last lines of the container that fails, and what follows',
		called: ['logs', 'log'],
	},
	{
		keys: ['w'],
		commands: ['writers'],
		does: 'who wrote what of the object last, and when',
		called: ['writers', 'managed fields'],
	},
	{keys: ['c'], commands: ['contexts'], does: 'go to another context', called: ['contexts', 'ctx', 'context']},
	{keys: ['space'], commands: ['pick'], does: 'mark a node; what is chosen in the palette then goes for all that are marked'},
	{
		keys: ['y'],
		commands: ['copy'],
		does: 'copy the kubectl command that shows the row',
		called: ['copy', 'yank'],
		hint: {text: 'copy', rank: 5, at: ['alone', 'over']},
	},
	{
		keys: ['o'],
		commands: ['shell'],
		does: 'k9s here, or a shell with kubectl: same context and namespace',
		called: ['k9s', 'shell', 'pods', 'po', 'deployments', 'deploy', 'namespaces', 'ns'],
		hint: {text: 'k9s', rank: 7, at: anywhere},
	},
	{keys: ['T'], commands: ['theme'], does: 'other colours: dark, light; remembered'},
	{keys: ['?'], commands: ['help'], does: 'these keys', called: ['help', 'keys'], hint: {text: 'help', rank: 0, at: anywhere}},
	{keys: ['q'], commands: ['quit'], does: 'one step back; from the panes: quit', hint: {text: 'quit', rank: 1, at: ['panes']}},
	{
		keys: ['ctrl-c'],
		commands: ['leave'],
		does: 'quit at once; while an action runs or a runbook is walked: asks first',
		called: ['quit', 'q', 'q!', 'exit'],
	},
	{keys: ['ctrl-z'], commands: ['suspend'], does: 'to the shell that started it; fg comes back'},
	{keys: ['ctrl-l'], commands: ['redraw'], does: 'draw the screen again', called: ['redraw']},
	{
		keys: ['enter'],
		commands: ['open'],
		inside: 'palette',
		does: 'palette: do or open what the cursor is on',
		hint: {text: 'do', rank: 0, at: ['palette']},
	},
	{
		keys: ['tab'],
		commands: ['complete'],
		inside: 'palette',
		does: 'palette: complete what is typed',
		hint: {text: 'complete', rank: 3, at: ['palette']},
	},
	{
		keys: ['ctrl-y'],
		commands: ['copyLine'],
		inside: 'palette',
		does: 'palette: copy the command line that does the same',
		hint: {text: 'copy the command', rank: 4, at: ['palette']},
	},
	{
		keys: ['enter'],
		commands: ['open'],
		inside: 'action',
		does: 'plan: go on to the question, which is answered in words',
		hint: {text: 'go on', rank: 0, at: ['plan', 'drain']},
	},
	{
		keys: ['f', 'e'],
		commands: ['force', 'emptyDir'],
		inside: 'action',
		does: 'plan of a drain: with --force, with --delete-emptydir-data, or without',
		hint: {text: 'options', rank: 3, at: ['drain', 'refused']},
	},
	{
		keys: ['y'],
		commands: ['copyLine'],
		inside: 'action',
		does: 'plan: copy the command line that does the same',
		hint: {text: 'copy the command', rank: 4, at: ['plan', 'drain']},
	},
	{
		keys: ['x'],
		commands: ['stop'],
		inside: 'action',
		does: 'running action: stop at the next safe point; esc lets it run on',
		hint: {text: 'stop', rank: 0, at: ['run']},
	},
	{
		keys: ['r', 'u'],
		commands: ['resume', 'rollBack'],
		inside: 'action',
		does: 'ended action: plan what is left of it; plan to take it back',
		hint: {text: 'resume, take back', rank: 1, at: ['end']},
	},
	{
		keys: ['enter'],
		commands: ['open'],
		inside: 'shelf',
		does: 'runbooks: read it; of a run: go on with it',
		hint: {text: 'open', rank: 0, at: ['shelf']},
	},
	{
		keys: ['enter'],
		commands: ['open'],
		inside: 'runbook',
		does: 'runbook: walk it from the step that the cursor is on',
		hint: {text: 'walk it from here', rank: 0, at: ['runbook']},
	},
	{
		keys: ['tab', 'shift-tab', ']', '['],
		commands: ['nextPart', 'previousPart', 'nextPart', 'previousPart'],
		inside: 'runbook',
		does: 'runbook: next, previous phase',
		hint: {text: 'phase', rank: 3, at: ['runbook']},
	},
	{
		keys: ['p'],
		commands: ['values'],
		inside: 'runbook',
		does: 'runbook: give its parameters other values',
		hint: {text: 'values', rank: 4, at: ['runbook']},
	},
	{
		keys: ['enter'],
		commands: ['open'],
		inside: 'walk',
		does: 'step: run it, and say yes first where it changes something; by hand: it is done',
		hint: {text: 'run', rank: 0, at: ['step']},
	},
	{
		keys: ['r', 'a'],
		commands: ['again', 'reading'],
		inside: 'walk',
		does: 'step: run it again; run all that only reads in this phase',
		hint: {text: 'again, all reading', rank: 6, at: ['step']},
	},
	{
		keys: ['s', 'd'],
		commands: ['skip', 'byHand'],
		inside: 'walk',
		does: 'step: skip it and say why; say that it was done by hand, or how it ended',
		hint: {text: 'skip, done', rank: 3, at: ['step']},
	},
	{
		keys: ['e'],
		commands: ['edit'],
		inside: 'walk',
		does: 'step: edit what is run, in $EDITOR where there is one',
		hint: {text: 'edit', rank: 3, at: ['step']},
	},
	{
		keys: [']', '[', 'tab', 'b'],
		commands: ['nextPart', 'previousPart', 'nextPart', 'previousPart'],
		inside: 'walk',
		does: 'step: go to the next, to the one before, whatever becomes of it',
	},
	{
		keys: ['n'],
		commands: ['note'],
		inside: 'walk',
		does: 'step: write a note to it',
		hint: {text: 'note', rank: 5, at: ['step', 'stepRun']},
	},
	{
		keys: ['v'],
		commands: ['whole'],
		inside: 'walk',
		does: 'walked runbook: read all of it, with what became of its steps',
		hint: {text: 'whole', rank: 4, at: ['step', 'stepRun', 'walked']},
	},
	{
		keys: ['x', 'X'],
		commands: ['stop', 'abandon'],
		inside: 'walk',
		does: 'walked runbook: stop what runs, else stop here and go on later; give it up and say why',
		hint: {text: 'stop, give up', rank: 2, at: ['step', 'stepRun']},
	},
	{
		keys: ['R'],
		commands: ['report'],
		inside: 'walk',
		does: 'walked runbook: the report',
		hint: {text: 'report', rank: 0, at: ['walked']},
	},
	{
		keys: ['y'],
		commands: ['copyLine'],
		inside: 'walk',
		does: 'walked runbook: copy the command line that goes on with it, or that makes the report',
		hint: {text: 'copy the command', rank: 4, at: ['walked', 'report']},
	},
];

/** The keys as a Markdown table, for the readme. */
export function keymapAsMarkdown(): string {
	const rows = keymap.map(({keys, does, commands, inside}) => {
		const names = inside === undefined ? [...new Set(commands)].map(name => `\`${name}\``).join(' ') : '';
		return `| ${keys.map(key => `\`${key}\``).join(' ')} | ${does} | ${names} |`;
	});
	return ['| key | does | command |', '|---|---|---|', ...rows].join('\n');
}

import type {Command, Flag, Positional} from './table.ts';

const left = (flag: Flag): string =>
	`${flag.short === undefined ? '    ' : `-${flag.short}, `}--${flag.name}${flag.value === undefined ? '' : ` ${flag.value}`}`;

const columns = (rows: ReadonlyArray<readonly [string, string]>): string => {
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`).join('\n');
};

const flagRows = (flags: readonly Flag[]): string =>
	columns([...flags.map(flag => [left(flag), flag.about] as const), ['    --help', 'this text']]);

/** `midwatch --help`: the commands, and the flags of the dashboard. */
export function overview(commands: readonly Command[]): string {
	const dashboard = commands.find(({name}) => name === '');
	return `midwatch: the terminal companion for whoever has the cluster tonight

Usage
  midwatch [flags]            ${dashboard?.about ?? ''}
  midwatch COMMAND [flags]    one of these; COMMAND --help tells more

Commands
${columns(commands.filter(({name, hidden}) => name !== '' && hidden !== true).map(({name, about}) => [name, about] as const))}

Flags
${flagRows([...(dashboard?.flags ?? []), {name: 'version', type: 'boolean', about: 'the version'}])}

Not a terminal? Then midwatch prints a snapshot instead of the dashboard.
`;
}

function inUsage({name, required, repeated}: Positional): string {
	const shown = repeated === true ? `${name}…` : name;
	return required === true ? shown : `[${shown}]`;
}

function tellOf({about, choices, after}: Positional): string {
	const only = after === undefined ? '' : ` (${after.join(', ')})`;
	return `${about}${only}${choices === undefined ? '' : `: ${choices.join(', ')}`}`;
}

/** `midwatch COMMAND --help`. */
export function helpOf(command: Command): string {
	const {positionals = [], name} = command;
	const shown = positionals.map(positional => ` ${inUsage(positional)}`).join('');
	const told = positionals.length === 0 ? '' : `\n${columns(positionals.map(one => [one.name, tellOf(one)] as const))}\n`;
	return `midwatch${name === '' ? '' : ` ${name}`}: ${command.about}

Usage
  midwatch${name === '' ? '' : ` ${name}`}${shown} [flags]
${told}
Flags
${flagRows(command.flags)}
`;
}

import {readArguments} from './arguments.ts';
import {type Command, commands, type Flag, type Positional} from './table.ts';

const words = (command: Command): string[] => [
	...(command.positionals ?? []).flatMap(({choices = []}) => choices),
	...command.flags.flatMap(flag => [`--${flag.name}`, ...(flag.short === undefined ? [] : [`-${flag.short}`])]),
	'--help',
];
const shown = commands.filter(({hidden}) => hidden !== true);
const named = shown.filter(({name}) => name !== '');
const top = [...named.map(({name}) => name), ...words(commands[0] ?? raise()), '--version'];
const valued = [
	...new Map(
		shown
			.flatMap(({flags}) => flags)
			.filter(({type}) => type !== 'boolean')
			.map(flag => [flag.name, flag]),
	).values(),
];
const contexts = 'kubectl config get-contexts -o name 2>/dev/null';
// Of what a server calls its nodes, shells get to see names alone: they expand what they are given.
const nodes = "kubectl get nodes -o name --request-timeout=2s 2>/dev/null | sed -n 's|^node/\\([a-z0-9.-]*\\)$|\\1|p'";

const takesNodes = ({positionals = []}: Command): boolean => positionals.some(({completes}) => completes === 'nodes');

function raise(): never {
	throw new Error('the table of commands begins with the dashboard');
}

/** What a shell can complete the value of a flag with, as a bash command that fills COMPREPLY. */
function bashValue(flag: Flag): string {
	if (flag.choices !== undefined) return `mapfile -t COMPREPLY < <(compgen -W '${flag.choices.join(' ')}' -- "$word")`;
	if (flag.completes === 'file') return 'mapfile -t COMPREPLY < <(compgen -f -- "$word")';
	if (flag.completes === 'contexts') return `mapfile -t COMPREPLY < <(compgen -W "$(${contexts})" -- "$word")`;
	return 'COMPREPLY=()';
}

const bash = `_midwatch() {
	local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
	case $before in
${valued.map(flag => `\t\t--${flag.name}${flag.short === undefined ? '' : `|-${flag.short}`}) ${bashValue(flag)}; return ;;`).join('\n')}
	esac
	case $command in
${named.map(command => `\t\t${command.name}) [ "$COMP_CWORD" -gt 1 ] && { mapfile -t COMPREPLY < <(compgen -W '${words(command).join(' ')}'${takesNodes(command) ? `" $(${nodes})"` : ''} -- "$word"); return; } ;;`).join('\n')}
	esac
	mapfile -t COMPREPLY < <(compgen -W '${top.join(' ')}' -- "$word")
}
complete -F _midwatch midwatch kubectl-midwatch
`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function zshFlag(flag: Flag): string {
	const value =
		flag.choices === undefined
			? flag.completes === 'file'
				? ':file:_files'
				: flag.completes === 'contexts'
					? `:context:(\${(f)"$(${contexts})"})`
					: ':value:'
			: `:value:(${flag.choices.join(' ')})`;
	return quoted(`--${flag.name}[${flag.about.replaceAll(/[[\]:]/g, ' ')}]${flag.type === 'boolean' ? '' : value}`);
}

function zshPositional({name, choices, repeated, completes}: Positional, at: number): string {
	const found = completes === 'nodes' ? `(\${(f)"$(${nodes})"})` : ' ';
	const completed = choices === undefined ? found : `(${choices.join(' ')})`;
	return `${repeated === true ? '*' : at}:${name}:${completed}`;
}

const zshArguments = (command: Command): string =>
	[
		'_arguments',
		...command.flags.map(zshFlag),
		...(command.positionals ?? []).map((positional, at) => quoted(zshPositional(positional, at + 1))),
	].join(' ');

const zsh = `#compdef midwatch kubectl-midwatch
_midwatch() {
	local -a commands=(${named.map(({name, about}) => quoted(`${name}:${about.replaceAll(':', ' -')}`)).join(' ')})
	case \${words[2]} in
${named.map(command => `\t\t${command.name}) shift words; (( CURRENT-- )); ${zshArguments(command)}; return ;;`).join('\n')}
	esac
	(( CURRENT == 2 )) && _describe command commands
	${zshArguments(commands[0] ?? raise())}
}
compdef _midwatch midwatch kubectl-midwatch
`;

function fishFlag(condition: string, flag: Flag): string {
	const value =
		flag.type === 'boolean'
			? ''
			: flag.choices === undefined
				? flag.completes === 'file'
					? ' -r -F'
					: flag.completes === 'contexts'
						? ` -x -a '(${contexts})'`
						: ' -x'
				: ` -x -a '${flag.choices.join(' ')}'`;
	return `complete -c midwatch -n '${condition}' -l ${flag.name}${flag.short === undefined ? '' : ` -s ${flag.short}`}${value} -d ${quoted(flag.about)}`;
}

const fish = `complete -c midwatch -f
${named.map(({name, about}) => `complete -c midwatch -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`).join('\n')}
${shown.flatMap(({name, flags}) => flags.map(flag => fishFlag(name === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${name}`, flag))).join('\n')}
${named.flatMap(({name, positionals = []}) => positionals.flatMap(({choices}) => (choices === undefined ? [] : [`complete -c midwatch -n '__fish_seen_subcommand_from ${name}' -a '${choices.join(' ')}'`]))).join('\n')}
${named.flatMap(command => (takesNodes(command) ? [`complete -c midwatch -n '__fish_seen_subcommand_from ${command.name}' -a ${quoted(`(${nodes})`)}`] : [])).join('\n')}
`;

const scripts: Readonly<Record<string, string>> = {bash, zsh, fish};

/** `midwatch completion SHELL`: the script on stdout. */
export async function run(argv: readonly string[]): Promise<number> {
	const {
		words: [shell = ''],
	} = await readArguments('completion', argv);
	process.stdout.write(scripts[shell] ?? '');
	return 0;
}

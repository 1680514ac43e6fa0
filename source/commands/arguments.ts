import meow, {type AnyFlag} from 'meow';
import {Complaint} from './complaint.ts';
import {type Command, commands, type Flag, type Positional} from './table.ts';

/** What was asked for: the flags that were given, by name, and the words that stand for themselves. */
export type Arguments = {
	readonly flags: Readonly<Record<string, string | number | boolean | undefined>>;
	readonly words: readonly string[];
	/** The values of flags that may be given several times, by name. */
	readonly lists?: Readonly<Record<string, readonly string[]>>;
};

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

const camel = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function meowFlag(flag: Flag): AnyFlag {
	// A number is parsed by us, so that `--speed fast` gets a sentence rather than NaN.
	return {
		type: flag.type === 'boolean' ? 'boolean' : 'string',
		...(flag.short === undefined ? {} : {shortFlag: flag.short}),
		...(flag.multiple === true ? {isMultiple: true} : {}),
	} as AnyFlag;
}

/**
 * Reads the arguments of a command by its entry in the table.
 * @throws Complaint with one sentence and the command's exit code for bad input.
 */
export async function readArguments(name: string, argv: readonly string[]): Promise<Arguments> {
	const command = commands.find(one => one.name === name);
	if (command === undefined) throw new Error(`no command ${name} in the table`);
	const known = new Map(command.flags.map(flag => [flag.name, flag]));
	checkSwitches(command, known, argv);
	const {flags, input} = parse(command, argv);
	const given = Object.entries(flags as Record<string, unknown>).filter(([, value]) => value !== undefined);
	const [several, single] = [
		given.filter(([, value]) => Array.isArray(value)),
		given.filter(([, value]) => !Array.isArray(value)),
	];
	const read = single.map(([key, value]) => [kebab(key), readValue(command, known.get(kebab(key)), kebab(key), value)] as const);
	const lists = several.map(([key, values]) => [kebab(key), (values as readonly unknown[]).map(String)] as const);
	checkWords(command, input);
	return {flags: Object.fromEntries(read), words: input, ...(lists.length === 0 ? {} : {lists: Object.fromEntries(lists)})};
}

function parse(command: Command, argv: readonly string[]) {
	try {
		return meow('', {
			importMeta: import.meta,
			argv: [...argv],
			pkg: {name: 'midwatch'},
			autoHelp: false,
			autoVersion: false,
			booleanDefault: undefined,
			flags: Object.fromEntries(command.flags.map(flag => [camel(flag.name), meowFlag(flag)])),
		});
	} catch (error) {
		// A flag that was given twice: which of them was meant?
		return refuse(command, (error as Error).message.replace(/\.$/, ''));
	}
}

/** Anything but true or false would turn a switch off without a word: `--dry-run=server` would be no dry run. */
function checkSwitches(command: Command, known: ReadonlyMap<string, Flag>, argv: readonly string[]): void {
	const end = argv.indexOf('--');
	for (const word of end < 0 ? argv : argv.slice(0, end)) {
		const [, name = '', value = ''] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
		if (known.get(kebab(name))?.type === 'boolean' && value !== 'true' && value !== 'false')
			refuse(command, `--${kebab(name)} is a switch, on or off (--${kebab(name)}=false), not ${JSON.stringify(value)}`);
	}
}

function refuse(command: Command, what: string): never {
	const full = `midwatch${command.name === '' ? '' : ` ${command.name}`}`;
	throw new Complaint(`${what}; ${full} --help tells what there is.`, command.usageExit);
}

function readValue(command: Command, flag: Flag | undefined, name: string, given: unknown): string | number | boolean {
	const dashes = name.length === 1 ? '-' : '--';
	if (flag === undefined) refuse(command, `Unknown flag ${dashes}${name}`);
	if (flag.type === 'boolean') return given === true;
	const text = String(given);
	if (text === '') refuse(command, `--${name} wants a value: --${name} ${flag.value ?? 'VALUE'}`);
	if (flag.choices !== undefined && !flag.choices.includes(text))
		refuse(command, `--${name} is one of ${flag.choices.join(', ')}, not ${JSON.stringify(text)}`);
	if (flag.type === 'string') return text;
	const number = Number(text);
	if (!Number.isFinite(number) || number < 0) refuse(command, `--${name} wants a number, not ${JSON.stringify(text)}`);
	return number;
}

function checkWords(command: Command, words: readonly string[]): void {
	const wanted = (command.positionals ?? []).filter(({after}) => after === undefined || after.includes(words[0] ?? ''));
	for (const [at, positional] of wanted.entries()) {
		const given = positional.repeated === true ? words.slice(at) : words.slice(at, at + 1);
		if (given.length === 0 && isRequired(positional)) refuse(command, sayWhich(positional));
		for (const word of given) checkWord(command, positional, word);
	}
	const last = wanted.at(-1);
	const extra = last?.repeated === true ? undefined : words[wanted.length];
	if (extra === undefined) return;
	refuse(
		command,
		`${last === undefined ? 'Nothing is known about' : `One ${last.name} at a time, not also`} ${JSON.stringify(extra)}`,
	);
}

const isRequired = ({required, after}: Positional): boolean => required === true || after !== undefined;

const sayWhich = ({name, choices}: Positional): string =>
	`Say which ${name}${choices === undefined ? '' : `: ${choices.join(', ')}`}`;

function checkWord(command: Command, {name, choices}: Positional, word: string): void {
	if (word === '') refuse(command, `${name} is empty`);
	if (choices !== undefined && !choices.includes(word))
		refuse(command, `${name} is one of ${choices.join(', ')}, not ${JSON.stringify(word)}`);
}

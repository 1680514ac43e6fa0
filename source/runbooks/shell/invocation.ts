import {
	type Assignment,
	type Command,
	forEachChild,
	type ParameterExpansionPart,
	type ParsedScript,
	parse,
	type Redirection,
	type SyntaxNode,
	type Word,
} from 'unbash';
import type {Shown} from './word.ts';
import {known, shownWord} from './word.ts';

/** One command that a script runs, wherever in it it stands. */
export type Invocation = {
	/** The program and what it is given. */
	readonly words: readonly Shown[];
	/** Variables that are set for it alone. */
	readonly set: readonly string[];
	/** What it reads as its input where that stands in the script; undefined: something else. */
	readonly input?: {readonly text: string; readonly literal: boolean};
	/** It reads what another command prints. */
	readonly piped: boolean;
};

/** Something in a script that matters for what it does. */
export type Sight =
	| {readonly is: 'runs'; readonly invocation: Invocation}
	/** A file is written; `to` where its name is known. */
	| {readonly is: 'writes'; readonly to: string | undefined}
	/** A variable of the shell is set. */
	| {readonly is: 'sets'; readonly name: string}
	/** What this is, cannot be known from reading it. */
	| {readonly is: 'unclear'; readonly why: string};

const harmless = new Set(['/dev/null', '/dev/stdout', '/dev/stderr', '/dev/fd/1', '/dev/fd/2']);

function writing(redirect: Redirection): readonly Sight[] {
	if (redirect.type !== 'Redirect' || redirect.operator === '<' || redirect.operator === '<&') return [];
	const to = redirect.target === undefined ? undefined : known(shownWord(redirect.target));
	if (to !== undefined && harmless.has(to)) return [];
	if (redirect.operator === '>&' && to !== undefined && /^(\d+-?|-)$/.test(to)) return [];
	return [{is: 'writes', to}];
}

function inputOf(redirects: readonly Redirection[]): Invocation['input'] {
	const last = redirects.findLast(({type}) => type === 'HereDoc' || type === 'HereString');
	if (last?.type === 'HereDoc') {
		const {body, delimiter} = last;
		// Without quotes, a backslash is taken off before anybody reads it.
		const literal =
			delimiter?.quoted === true || (!body.text.includes('\\') && (body.parts ?? []).every(({type}) => type === 'Literal'));
		return {text: body.text, literal};
	}
	if (last?.type !== 'HereString' || last.target === undefined) return undefined;
	const {text, literal} = shownWord(last.target);
	return {text, literal};
}

const isWord = (argument: Word | Assignment): argument is Word => argument.type === 'Word';

/** `export NAME=value` and the like are given assignments, which are words to every other program. */
function wordOf(argument: Word | Assignment): Shown {
	if (isWord(argument)) return shownWord(argument);
	const {text, pos, end, name, value} = argument;
	const literal = value.type === 'Word' && shownWord(value).literal;
	return {text, literal, sure: literal ? text.length : name.length + 1, several: value.type !== 'Word', pos, end};
}

function ofCommand(command: Command, piped: boolean): readonly Sight[] {
	const assigned = command.prefix.filter(one => one.type === 'Assignment').map(({name}) => name);
	const sets = command.args.filter(one => one.type === 'Assignment').map(({name}) => name);
	const writes = command.redirects.flatMap(writing);
	const isSetter = command.name !== undefined && setters.has(command.name.value);
	const named = isSetter ? command.args.filter(isWord).map(({value}) => value) : [];
	const names = [...(command.name === undefined ? assigned : sets), ...named].map((name): Sight => ({is: 'sets', name}));
	if (command.name === undefined) return [...names, ...writes];
	const words = [shownWord(command.name), ...command.args.map(wordOf)];
	const input = inputOf(command.redirects);
	const invocation = {words, set: assigned, piped, ...(input === undefined ? {} : {input})};
	return [{is: 'runs', invocation}, ...names, ...writes];
}

/** Builtins that set the variables that they name. */
const setters = new Set([
	'read',
	'export',
	'local',
	'readonly',
	'declare',
	'typeset',
	'unset',
	'mapfile',
	'readarray',
	'getopts',
]);

const numeric = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge']);

const isNumber = (text: string): boolean => /^-?\d+$/.test(text);
const computing: readonly Sight[] = [{is: 'unclear', why: 'it computes with what it does not know'}];

function ofExpansion({prefix, index, operation, parameter}: ParameterExpansionPart): readonly Sight[] {
	if (prefix === '!' || operation?.type === 'Unknown' || operation?.type === 'Transform')
		return [{is: 'unclear', why: 'it takes text for commands or names'}];
	const offsets = operation?.type === 'Slice' ? [operation.offset, operation.length] : [];
	const computed = [...offsets, /^[@*]$/.test(index?.text ?? '') ? undefined : index].filter(word => word !== undefined);
	if (!computed.every(({text}) => isNumber(text.trim()))) return computing;
	return operation?.type === 'Default' && operation.operator.endsWith('=') ? [{is: 'sets', name: parameter}] : [];
}

/** What one node of the tree says by itself, without its children. */
function ofNode(node: SyntaxNode, piped: boolean): readonly Sight[] {
	switch (node.type) {
		case 'Script':
			return (node as ParsedScript).errors?.length ? [{is: 'unclear', why: 'it is no complete shell script'}] : [];
		case 'Command':
			return ofCommand(node, piped);
		case 'Redirected':
			return node.redirects.flatMap(writing);
		case 'For':
		case 'Select':
			return [{is: 'sets', name: node.name.value}];
		// A shell takes what stands in a variable for an expression here, and an expression can run commands.
		case 'ArithmeticWord':
			return isNumber(node.value) ? [] : computing;
		case 'ArithmeticCommandExpansion':
			return computing;
		case 'TestBinary':
			return numeric.has(node.operator) && !(isNumber(node.left.text) && isNumber(node.right.text)) ? computing : [];
		case 'TestUnary':
			return node.operator === '-v' || node.operator === '-R' ? computing : [];
		case 'Assignment':
			return node.index === undefined || isNumber(node.index.text) ? [] : computing;
		case 'ParameterExpansion':
			return ofExpansion(node);
		case 'CommandExpansion':
		case 'ProcessSubstitution':
			return node.script === undefined ? [{is: 'unclear', why: 'a part of it cannot be read'}] : [];
		// In zsh, parentheses after a pattern can run commands.
		case 'ExtendedGlob':
			return [{is: 'unclear', why: 'its pattern can run commands in some shells'}];
		default:
			return [];
	}
}

/** What a script does, and the functions that it has whatever happens: those it begins with, before it runs anything. */
export type Sights = {readonly seen: readonly Sight[]; readonly functions: readonly string[]};

/** Functions that are defined before anything else, and nowhere else: only they surely stand for what is called by their names. */
function functionsOf({commands}: ParsedScript): readonly string[] {
	const until = commands.findIndex(({command}) => command.type !== 'Function');
	const first = until < 0 ? commands : commands.slice(0, until);
	return first.flatMap(({command}) => (command.type === 'Function' ? [command.name.value] : []));
}

/**
 * All that a script does as far as a shell parser sees it, in the order it is written: substitutions, functions, loops and
 * subshells included, none of them run.
 */
export function sightsOf(script: string): Sights {
	const seen: Sight[] = [];
	const visit = (node: SyntaxNode, piped: boolean): void => {
		seen.push(...ofNode(node, piped));
		if (node.type === 'Pipeline') {
			for (const [at, command] of node.commands.entries()) visit(command, piped || at > 0);
			return;
		}
		forEachChild(node, child => visit(child, piped));
	};
	try {
		const parsed = parse(script);
		visit(parsed, false);
		return {seen, functions: functionsOf(parsed)};
	} catch {
		return {seen: [{is: 'unclear', why: 'it is no shell script'}], functions: []};
	}
}

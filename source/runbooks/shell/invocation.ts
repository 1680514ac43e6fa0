import {
	type Assignment,
	type Command,
	forEachChild,
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
	/** A function of this name is defined; what it does is seen like the rest. */
	| {readonly is: 'defines'; readonly name: string}
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
		const literal = delimiter?.quoted === true || (body.parts ?? []).every(({type}) => type === 'Literal');
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
	const names = (command.name === undefined ? assigned : sets).map((name): Sight => ({is: 'sets', name}));
	if (command.name === undefined) return [...names, ...writes];
	const words = [shownWord(command.name), ...command.args.map(wordOf)];
	const input = inputOf(command.redirects);
	const invocation = {words, set: assigned, piped, ...(input === undefined ? {} : {input})};
	return [{is: 'runs', invocation}, ...names, ...writes];
}

const numeric = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge']);

/** What one node of the tree says by itself, without its children. */
function ofNode(node: SyntaxNode, piped: boolean): readonly Sight[] {
	switch (node.type) {
		case 'Script':
			return (node as ParsedScript).errors?.length ? [{is: 'unclear', why: 'it is no complete shell script'}] : [];
		case 'Command':
			return ofCommand(node, piped);
		case 'Redirected':
			return node.redirects.flatMap(writing);
		case 'Function':
			return [{is: 'defines', name: node.name.value}];
		case 'For':
		case 'Select':
			return [{is: 'sets', name: node.name.value}];
		// A shell takes what stands in a variable for an expression here, and an expression can run commands.
		case 'ArithmeticWord':
			return /^(\d+|0[xX][\da-fA-F]+)$/.test(node.value) ? [] : [{is: 'unclear', why: 'it computes with what it does not know'}];
		case 'TestBinary':
			return numeric.has(node.operator) && !(shownWord(node.left).literal && shownWord(node.right).literal)
				? [{is: 'unclear', why: 'it computes with what it does not know'}]
				: [];
		case 'ParameterExpansion':
			return node.prefix === '!' || node.operation?.type === 'Unknown' || node.operation?.type === 'Transform'
				? [{is: 'unclear', why: 'it takes text for commands or names'}]
				: [];
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

/**
 * All that a script does as far as a shell parser sees it, in the order it is written: substitutions, functions, loops and
 * subshells included, none of them run.
 */
export function sightsOf(script: string): readonly Sight[] {
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
		visit(parse(script), false);
	} catch {
		return [{is: 'unclear', why: 'it is no shell script'}];
	}
	return seen;
}

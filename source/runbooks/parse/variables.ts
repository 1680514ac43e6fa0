import {forEachChild, parse, type SyntaxNode, type Word} from 'unbash';
import {isReserved} from '../reserved.ts';

/** A variable that a script takes from where it runs. */
export type Variable = {
	readonly name: string;
	/** It stands outside quotes, where a value with blanks would be taken apart. */
	readonly unquoted: boolean;
	/** What the script itself takes where there is no value. */
	readonly otherwise?: string;
};

type Use = {readonly name: string; readonly otherwise?: string};

function useOf(node: SyntaxNode): Use | undefined {
	if (node.type === 'SimpleExpansion') {
		const name = node.text.slice(1);
		return /^[A-Za-z_]\w*$/.test(name) ? {name} : undefined;
	}
	if (node.type !== 'ParameterExpansion' || !/^[A-Za-z_]\w*$/.test(node.parameter)) return undefined;
	const {operation} = node;
	const literal = operation?.type === 'Default' && /^:?[-=]$/.test(operation.operator) && operation.operand.parts === undefined;
	return literal ? {name: node.parameter, otherwise: operation.operand.value} : {name: node.parameter};
}

/** Names that a command sets: `read NAME`, `export NAME=…`, `local NAME`, `mapfile NAME`. */
function setBy(name: string | undefined, words: readonly Word[]): readonly string[] {
	return /^(read|local|declare|typeset|readonly|mapfile|readarray|getopts)$/.test(name ?? '')
		? words.map(({value}) => value).filter(value => /^[A-Za-z_]\w*$/.test(value))
		: [];
}

/**
 * The variables that a script uses and does not set: what it has to be given. Those that shells and programs know by themselves
 * are left out.
 */
export function variablesOf(script: string): readonly Variable[] {
	const used = new Map<string, Variable>();
	const set = new Set<string>();
	const visit = (node: SyntaxNode, bare: boolean): void => {
		const use = useOf(node);
		if (use !== undefined) {
			const before = used.get(use.name);
			used.set(use.name, {...before, ...use, unquoted: bare || before?.unquoted === true});
		}
		if (node.type === 'Assignment') set.add(node.name);
		if (node.type === 'For' || node.type === 'Select') set.add(node.name.value);
		if (node.type === 'Command')
			for (const name of setBy(
				node.name?.value,
				node.args.filter(one => one.type === 'Word'),
			))
				set.add(name);
		forEachChild(node, child => {
			const isBare = node.type === 'Word' ? bare : (node.type === 'Command' || node.type === 'For') && child.type === 'Word';
			visit(child, isBare);
		});
	};
	visit(parse(script), false);
	return [...used.values()].filter(({name}) => !set.has(name) && !isReserved(name));
}

/** The variables that a script sets for what comes after it. */
export function setIn(script: string): readonly string[] {
	const set: string[] = [];
	const visit = (node: SyntaxNode): void => {
		if (node.type === 'Command' && (node.name === undefined || node.name.value === 'export')) {
			const assigned = [...node.prefix, ...node.suffix].filter(one => one.type === 'Assignment');
			set.push(...assigned.map(({name}) => name));
		}
		forEachChild(node, visit);
	};
	visit(parse(script));
	return set;
}

import type {Finding} from '../../../findings/finding.ts';
import {valuesFor} from '../../../runbooks/match/values.ts';
import {wrongValue} from '../../../runbooks/parameters.ts';
import type {Parameter} from '../../../runbooks/runbook.ts';
import type {Shelved} from '../../../runbooks/shelf.ts';
import type {Errand} from '../../../runbooks/walk/open-walk.ts';
import {own, type SafeText} from '../../../vocabulary.ts';

/** What a parameter is given, and where that comes from; without a value, it has to be asked for. */
export type Value = {readonly value?: string; readonly from: SafeText};

/** A runbook that is open: for which finding, and with which values. */
export type Book = Shelved & {
	readonly finding?: string;
	readonly values: ReadonlyMap<string, Value>;
	/** The run that it goes on with. */
	readonly run?: string;
};

const missing: Value = {from: own('asked for before the first step')};

/** Opens a runbook for a finding, whose values it takes as far as they can be values. */
export function openBook(shelved: Shelved, finding: Finding | undefined): Book {
	const {runbook} = shelved;
	const told = finding === undefined ? {} : valuesFor(runbook, {finding: {name: finding.name, subject: finding.symptom.subject}});
	const given = (parameter: Parameter): Value => {
		const value = Object.hasOwn(told, parameter.name) ? told[parameter.name] : undefined;
		if (value !== undefined && wrongValue(parameter, value) === undefined) return {value, from: own('from the finding')};
		return parameter.default === undefined ? missing : {value: parameter.default, from: own('by default')};
	};
	const values = new Map(runbook.parameters.map(parameter => [parameter.name, given(parameter)]));
	return {...shelved, values, ...(finding === undefined ? {} : {finding: finding.name})};
}

/** Opens the runbook of a run that is taken up again, with what it was begun with. */
export function openTaken(shelved: Shelved, {parameters, finding}: Errand, run: string): Book {
	const values = new Map(
		shelved.runbook.parameters.map(({name}): [string, Value] => {
			const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
			return [name, value === undefined ? missing : {value, from: own('as it was begun')}];
		}),
	);
	return {...shelved, values, run, ...(finding === undefined ? {} : {finding})};
}

/** The same with a value that was typed. */
export function withValue(book: Book, name: string, value: string): Book {
	return {...book, values: new Map(book.values).set(name, {value, from: own('typed')})};
}

/** The first parameter that has to be asked for; undefined where all have a value. */
export function firstMissing({runbook: {parameters}, values}: Book): Parameter | undefined {
	return parameters.find(({name}) => values.get(name)?.value === undefined);
}

/** What is walked then. */
export function errandOf({runbook, values, finding}: Book): Errand {
	const given = [...values].flatMap(([name, {value}]) => (value === undefined ? [] : [[name, value] as const]));
	return {runbook, parameters: Object.fromEntries(given), ...(finding === undefined ? {} : {finding})};
}

import {safeText} from '../../cluster/safe-text.ts';
import {valuesFor} from '../../runbooks/match/values.ts';
import {wrongValue} from '../../runbooks/parameters.ts';
import type {Parameter, Runbook} from '../../runbooks/runbook.ts';
import {own, say} from '../../vocabulary.ts';
import {Complaint} from '../complaint.ts';
import type {Mouth} from '../mouth.ts';

export type Values = Readonly<Record<string, string>>;

/** The values of `--param NAME=VALUE`, for parameters that a runbook has. @throws Complaint */
export function givenValues({id, parameters}: Runbook, given: readonly string[]): Values {
	return Object.fromEntries(
		given.map(each => {
			const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(each) ?? [];
			if (name === '') throw new Complaint(`--param wants NAME=VALUE, not ${JSON.stringify(each)}.`, 2);
			if (parameters.some(one => one.name === name)) return [name, value];
			const names = parameters.map(one => one.name).join(', ');
			throw new Complaint(
				`The runbook ${id} asks for no ${JSON.stringify(name)}; it asks for ${names === '' ? 'nothing' : names}.`,
				2,
			);
		}),
	);
}

/** Asks for a value until there is one that does. @throws Complaint where nobody answers */
async function askedValue(parameter: Parameter, mouth: Mouth, signal: AbortSignal): Promise<string> {
	const name = safeText(parameter.name, 60);
	const about = parameter.about === '' ? own('') : say`, ${parameter.about}`;
	for (;;) {
		const said = await mouth.ask(say`${name}${about}: `, signal);
		if (said === undefined) throw new Complaint(`${name} has no value: say --param ${name}=VALUE.`, 2);
		const wrong = said === '' ? say`${name} wants a value.` : wrongValue(parameter, said);
		if (wrong === undefined) return said;
		mouth.say(wrong);
	}
}

/**
 * A value for everything that a runbook asks for: what was given, what the finding says, what the runbook has for want of
 * better, and what is answered. @throws Complaint where one is missing and nobody is there, or does not fit
 */
export async function valuesOf(
	runbook: Runbook,
	{given, finding}: {readonly given: Values; readonly finding: string | undefined},
	mouth: Mouth,
	signal: AbortSignal,
): Promise<Values> {
	const known: Values = {...(finding === undefined ? {} : valuesFor(runbook, {finding: {name: finding}})), ...given};
	const values: Record<string, string> = {};
	for (const parameter of runbook.parameters) {
		const {name} = parameter;
		const value = Object.hasOwn(known, name) ? known[name] : parameter.default;
		// An author may have no value for want of better, whatever the type.
		const wrong = value === undefined || value === parameter.default ? undefined : wrongValue(parameter, value);
		if (wrong !== undefined) throw new Complaint(wrong, 2);
		if (value === undefined && !mouth.answers)
			throw new Complaint(`The runbook ${runbook.id} asks for ${name}: say --param ${name}=VALUE, or --finding ID:SUBJECT.`, 2);
		values[name] = value ?? (await askedValue(parameter, mouth, signal));
	}
	return values;
}

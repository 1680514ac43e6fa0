import {commandLine, shellWord} from '../../shell-word.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {withValues} from '../parameters.ts';
import type {Wait} from '../runbook.ts';
import {classify} from '../shell/classify.ts';
import {elsewhere} from '../shell/elsewhere.ts';

/** The command whose success is waited for, for a shell, with the values put in; undefined where one is missing. */
export function conditionScript(
	{command}: Wait & {readonly is: 'condition'},
	parameters: Readonly<Record<string, string>>,
): string | undefined {
	return withValues(command, parameters)?.map(shellWord).join(' ');
}

/** Why this is not waited for: what is asked over and over may only read, and only here. Undefined where it may be. */
export function whyNotWaited(until: Wait, parameters: Readonly<Record<string, string>>): SafeText | undefined {
	if (until.is !== 'condition') return undefined;
	const script = conditionScript(until, parameters);
	if (script === undefined)
		return say`A value is missing for what is waited for: ${commandLine(until.command) ?? own('its command')}`;
	const {class: of, why} = classify(script);
	if (of !== 'reading') return say`What is waited for may only read, and this is ${own(of)}: ${why}`;
	const [leads] = elsewhere(script);
	return leads === undefined ? undefined : say`What is waited for has to be here: ${leads}`;
}

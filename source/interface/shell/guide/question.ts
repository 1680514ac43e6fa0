import {safeText} from '../../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../../vocabulary.ts';
import type {Question} from './state.ts';

/** What is asked, from many words to few. `step` is that of the step it is about. */
export function wordsOf(asks: Question, context: SafeText, step: number): readonly SafeText[] {
	switch (asks.is) {
		case 'value': {
			const {name, about} = asks.parameter;
			const shown = safeText(name, 60);
			return [...(about === '' ? [] : [say`${shown}, ${about}: `]), say`${shown}: `];
		}
		case 'trust':
			return [own('you looked at it, and trust it from now on? type yes: '), own('trust it? type yes: ')];
		case 'allow':
			return [say`allow changes on ${context}? type yes: `, own('allow changes? type yes: ')];
		case 'confirm':
			return [say`type ${asks.wanted} to run step ${step}: `, say`type ${asks.wanted}: `];
		case 'skip':
			return [say`why is step ${step} skipped? `, own('why? ')];
		case 'byHand':
			return [say`how was step ${step} done, or how did it end? `, own('how? ')];
		case 'note':
			return [own('note: ')];
		case 'abandon':
			return [own('why is the runbook given up? '), own('why? ')];
		case 'edit':
			return [say`run instead, in step ${step}: `, own('run instead: ')];
	}
}

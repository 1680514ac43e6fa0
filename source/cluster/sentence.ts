import {type SafeText, say} from '../vocabulary.ts';
import {safeText} from './safe-text.ts';

/** What an error says, for printing. Ours have a sentence; all others come from reading what the server sent. */
export function sentenceOf(error: unknown): SafeText {
	if (hasSentence(error)) return error.sentence;
	return say`unreadable answer: ${safeText(String(error), 200)}`;
}

function hasSentence(error: unknown): error is {readonly sentence: SafeText} {
	return error instanceof Error && 'sentence' in error && typeof error.sentence === 'string';
}

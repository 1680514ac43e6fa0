/** The screen is a terminal, but the input is not. */
export class NoKeys extends Error {
	readonly sentence = 'The input is not a terminal, so no keys can be read; start midwatch without redirecting its input.';
}

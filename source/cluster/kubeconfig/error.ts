import type {SafeText} from '../../vocabulary.ts';

/** A kubeconfig that cannot be used. `sentence` says what, where and what to do next; it is safe to print. */
export class KubeconfigError extends Error {
	readonly sentence: SafeText;
	constructor(sentence: SafeText, cause?: unknown) {
		super(sentence, {cause});
		this.sentence = sentence;
	}
}

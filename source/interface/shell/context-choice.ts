import type {SafeText} from '../../vocabulary.ts';

/** A context of the kubeconfig. */
export type ContextChoice = {
	readonly name: string;
	readonly shown: SafeText;
	readonly server: SafeText;
	readonly isCurrent: boolean;
};

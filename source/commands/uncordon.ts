import {act} from './acting/acting.ts';
import {readArguments} from './arguments.ts';

/** `midwatch uncordon NODE…` */
export async function run(argv: readonly string[]): Promise<number> {
	const {flags, words} = await readArguments('uncordon', argv);
	return act({is: 'uncordon', nodes: words}, flags);
}

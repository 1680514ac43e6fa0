import {act} from './acting/acting.ts';
import {readArguments} from './arguments.ts';

/** `midwatch cordon NODE…` */
export async function run(argv: readonly string[]): Promise<number> {
	const {flags, words} = await readArguments('cordon', argv);
	return act({is: 'cordon', nodes: words}, flags);
}

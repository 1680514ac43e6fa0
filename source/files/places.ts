import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** An XDG base directory: the variable where it holds an absolute path (others are to be ignored), else its default. */
function base(environment: Environment, variable: string, ...otherwise: string[]): string {
	const named = environment[variable];
	return named !== undefined && isAbsolute(named) ? named : join(homedir(), ...otherwise);
}

/** Where preferences are kept: `$XDG_CONFIG_HOME/midwatch`. */
export function configFolder(environment: Environment): string {
	return join(base(environment, 'XDG_CONFIG_HOME', '.config'), 'midwatch');
}

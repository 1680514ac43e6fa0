import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {configFolder} from '../files/places.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration with a mistake is told of by whoever reads it whole, with a sentence. */
function isConfigured(environment: Environment): boolean {
	try {
		const configuration: unknown = JSON.parse(readFileSync(join(configFolder(environment), 'config.json'), 'utf8'));
		return (configuration as {screenReader?: unknown} | null)?.screenReader === true;
	} catch {
		return false;
	}
}

/**
 * Whether somebody listens to the dashboard rather than looks at it: by the flag, by what Ink's programs are told of it, or
 * by the configuration. Asked by the launcher, before anything is drawn.
 */
export function isListenedTo(argv: readonly string[], environment: Environment): boolean {
	return argv.includes('--screen-reader') || environment.INK_SCREEN_READER === 'true' || isConfigured(environment);
}

import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {defaults, type Settings} from '../settings.ts';
import {own, type SafeText} from '../vocabulary.ts';
import {configFolder, type Environment} from './places.ts';
import {type Configuration, configuration} from './schema.ts';
import {Mistake} from './shape.ts';

/** The configuration cannot be read or written: one sentence with the file, the place in it, and what to do. */
export class ConfigurationError extends Error {
	readonly sentence: SafeText;
	constructor(sentence: string) {
		const printable = sentence.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
		super(printable);
		this.sentence = own(printable);
	}
}

/** Where the configuration is: `$XDG_CONFIG_HOME/midwatch/config.json`. */
export function configurationFile(environment: Environment): string {
	return join(configFolder(environment), 'config.json');
}

/**
 * Reads the configuration; an empty one where there is no file. It is read as the plain JSON it is: `conf`, which writes it,
 * takes 15 ms to load, 50 with a schema, and says of an unknown key neither its name nor what there is.
 * @throws ConfigurationError
 */
export async function readConfiguration(environment: Environment): Promise<Configuration> {
	const file = configurationFile(environment);
	try {
		return configuration.read(JSON.parse(await readFile(file, 'utf8')), '');
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return {};
		const why = error instanceof SyntaxError ? `it is no JSON: ${message}` : message;
		const what = error instanceof Mistake || error instanceof SyntaxError ? 'mend it' : 'make it readable';
		throw new ConfigurationError(`${file} cannot be used (${why}); ${what}, or move it away for the defaults.`);
	}
}

/**
 * What is declared for one context, over the defaults.
 * @throws ConfigurationError
 */
export async function readSettings(environment: Environment, contextName: string): Promise<Settings> {
	const {contexts = {}} = await readConfiguration(environment);
	const declared = Object.hasOwn(contexts, contextName) ? contexts[contextName] : undefined;
	if (declared === undefined) return defaults;
	return {...defaults, ...declared, guards: {...defaults.guards, ...declared.guards}};
}

import {ConfigurationError, configurationFile, readConfiguration} from './configuration.ts';
import {configFolder, type Environment} from './places.ts';

/** What a user wants every time. */
export type Preferences = {
	readonly theme?: 'dark' | 'light';
	/** Keys by the names of their commands. */
	readonly keys?: Readonly<Record<string, readonly string[]>>;
};

/** Reads what stands in the configuration; nothing is made where there is none. @throws ConfigurationError */
export async function readPreferences(environment: Environment): Promise<Preferences> {
	const {theme, keys} = await readConfiguration(environment);
	return {...(theme === undefined ? {} : {theme}), ...(keys === undefined ? {} : {keys})};
}

/** Remembers a choice in the configuration, which is replaced atomically and otherwise left as it is. @throws ConfigurationError */
export async function remember(environment: Environment, change: Preferences): Promise<void> {
	try {
		const {default: Conf} = await import('conf');
		const store = new Conf<Preferences>({
			projectName: 'midwatch',
			cwd: configFolder(environment),
			configName: 'config',
			configFileMode: 0o600,
			watch: false,
		});
		store.set(change);
	} catch (error) {
		throw new ConfigurationError(
			`The choice could not be kept in ${configurationFile(environment)} (${(error as Error).message}).`,
		);
	}
}

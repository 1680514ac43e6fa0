import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {own, type SafeText} from '../vocabulary.ts';
import {configFolder} from './places.ts';

/** What a user wants every time. */
export type Preferences = {readonly theme?: 'dark' | 'light'};

/** The preferences cannot be read or written: one sentence with the file and what to do. */
export class PreferencesError extends Error {
	readonly sentence: SafeText;
	constructor(sentence: string) {
		super(sentence);
		this.sentence = own(sentence);
	}
}

const schema = {theme: {type: 'string', enum: ['dark', 'light']}} as const;

async function store(folder: string) {
	const {default: Conf} = await import('conf');
	return new Conf<Preferences>({
		projectName: 'midwatch',
		cwd: folder,
		configName: 'config',
		schema,
		configFileMode: 0o600,
		watch: false,
	});
}

/**
 * Reads `config.json` in the configuration folder. Where there is none, nothing is loaded and nothing is made.
 * @throws PreferencesError where it is no JSON or holds what nobody knows.
 */
export async function readPreferences(environment: Readonly<Record<string, string | undefined>>): Promise<Preferences> {
	const folder = configFolder(environment);
	const file = join(folder, 'config.json');
	if (!existsSync(file)) return {};
	try {
		return (await store(folder)).store;
	} catch (error) {
		throw new PreferencesError(
			`${file} cannot be used (${(error as Error).message}); mend it, or move it away for the defaults.`,
		);
	}
}

/** Remembers a choice in `config.json`, which is replaced atomically. @throws PreferencesError */
export async function remember(environment: Readonly<Record<string, string | undefined>>, change: Preferences): Promise<void> {
	const folder = configFolder(environment);
	try {
		(await store(folder)).set(change);
	} catch (error) {
		throw new PreferencesError(`The choice could not be kept in ${join(folder, 'config.json')} (${(error as Error).message}).`);
	}
}

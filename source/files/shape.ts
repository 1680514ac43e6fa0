import {nearest} from './nearest.ts';

/** What a value of the configuration may be, how it is read, and how that is told. */
export type Shape<T> = {
	/** What belongs there, after "not": `a length of time like "6h" or "30d"`. */
	readonly allowed: string;
	/** Reads a value that stands at a path. @throws Mistake */
	readonly read: (value: unknown, at: string) => T;
	/** How it is documented at a path: one line for each place where a value can stand. */
	readonly rows: (at: string, about: string) => readonly Row[];
};

/** One line of the documentation. */
export type Row = {readonly path: string; readonly allowed: string; readonly about: string};

/** Something in the configuration is not what belongs there. */
export class Mistake extends Error {}

const shown = (value: unknown): string => {
	const text = JSON.stringify(value);
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

const below = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function instead(key: string, known: readonly string[]): string {
	const meant = nearest(key, known);
	return meant === undefined ? `there is ${known.join(', ')}` : `${meant} is`;
}

/** A single value: `read` returns undefined for what does not belong there. */
export function single<T>(allowed: string, read: (value: unknown) => T | undefined): Shape<T> {
	return {
		allowed,
		read: (value, at) => {
			const is = read(value);
			if (is === undefined) throw new Mistake(`${at} is ${shown(value)}, not ${allowed}`);
			return is;
		},
		rows: (path, about) => [{path, allowed, about}],
	};
}

/** A list of values of one shape. */
export function list<T>(of: Shape<T>): Shape<readonly T[]> {
	const allowed = `a list, each of it ${of.allowed}`;
	return {
		allowed,
		read: (value, at) => {
			if (!Array.isArray(value)) throw new Mistake(`${at} is ${shown(value)}, not ${allowed}`);
			return value.map((item, index) => of.read(item, `${at}[${index}]`));
		},
		rows: (path, about) => [{path, allowed, about}],
	};
}

/** An object whose keys are names: a name that nobody wrote gives undefined, whatever it is. */
export function byName<T>(placeholder: string, of: Shape<T>): Shape<Readonly<Record<string, T>>> {
	const allowed = `an object with ${of.allowed} for each ${placeholder}`;
	return {
		allowed,
		read: (value, at) => {
			if (!isObject(value)) throw new Mistake(`${at} is ${shown(value)}, not ${allowed}`);
			const read = Object.entries(value).map(([key, item]) => [key, of.read(item, below(at, key))] as const);
			return Object.setPrototypeOf(Object.fromEntries(read), null) as Readonly<Record<string, T>>;
		},
		rows: (at, about) => of.rows(below(at, placeholder), about),
	};
}

/** `about` says what it does; what is documented further in needs none. */
type Field<T> = {readonly is: Shape<T>; readonly about?: string};
type ValueOf<F> = F extends Field<infer T> ? T : never;

/** An object with these keys, each of which may be missing. Another key is refused by name, with the nearest one there is. */
export function fields<F extends Readonly<Record<string, Field<unknown>>>>(
	of: F,
): Shape<{readonly [K in keyof F]?: ValueOf<F[K]>}> {
	const known = Object.keys(of);
	const allowed = `an object with ${known.join(', ')}`;
	return {
		allowed,
		read: (value, at) => {
			if (!isObject(value)) throw new Mistake(`${at === '' ? 'it' : at} is ${shown(value)}, not ${allowed}`);
			const read = Object.entries(value).map(([key, item]) => {
				const field = Object.hasOwn(of, key) ? of[key] : undefined;
				if (field === undefined) throw new Mistake(`${below(at, key)} is not known: ${instead(key, known)}`);
				return [key, field.is.read(item, below(at, key))] as const;
			});
			return Object.fromEntries(read) as {readonly [K in keyof F]?: ValueOf<F[K]>};
		},
		rows: at => Object.entries(of).flatMap(([key, {is, about = ''}]) => is.rows(below(at, key), about)),
	};
}

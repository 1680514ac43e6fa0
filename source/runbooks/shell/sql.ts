import {valuesOf} from './flags.ts';
import type {Invocation} from './invocation.ts';
import {mayBeFlag, type Shown} from './word.ts';

const statement = /^\s*(?:select|show|table|values|explain(?!\s*(?:\(\s*)?analy)|with)\b/i;
/** `\\d table`, `\\l+`, `\\conninfo`. */
const meta = /^\s*\\(?:[dl]\w*\+?|x|conninfo|timing)(?:\s+[\w."*-]+)*\s*$/;
const changes =
	/\b(?:insert|update|delete|merge|create|drop|alter|truncate|grant|revoke|copy|call|do|set|reset|into|lock|vacuum|reindex|cluster|refresh|notify|prepare|execute|analy[sz]e|checkpoint|discard|load|security|begin|commit|reassign|comment)\b/i;
const harmlessFunctions = new Set(
	'count sum min max avg now age round extract coalesce date_trunc to_char current_setting version array_agg string_agg left right length lower upper nullif greatest least concat format substring trim in exists any all values over filter partition as using pg_size_pretty pg_database_size pg_total_relation_size pg_relation_size pg_table_size pg_indexes_size pg_is_in_recovery pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_current_wal_lsn pg_wal_lsn_diff pg_postmaster_start_time pg_get_userbyid clock_timestamp current_database interval and or not on where from select'.split(
		' ',
	),
);

/** Whether SQL surely only reads: statements that read, and no function but those that are known to. */
function readsOnly(sql: string): boolean {
	if (sql.includes('\\')) return meta.test(sql);
	// A comment could stand between a function and its arguments.
	if (/--|\/\*/.test(sql)) return false;
	const statements = sql.split(';').filter(one => one.trim() !== '');
	const called = [...sql.matchAll(/([\w."]+)\s*\(/g)].map(([, name = '']) => name.toLowerCase());
	return (
		statements.length > 0 &&
		statements.every(one => statement.test(one)) &&
		!changes.test(sql) &&
		called.every(name => harmlessFunctions.has(name))
	);
}

/** Values of `-c`, also at the end of several flags in one word: `-tAc`. */
function commandsIn(words: readonly Shown[]): readonly Shown[] {
	const clustered = words.flatMap((word, at) => {
		const next = words[at + 1];
		return /^-[tAxqX1]+c$/.test(word.text) && next !== undefined ? [next] : [];
	});
	return [...valuesOf(words, ['-c', '--command']), ...clustered];
}

/** Whether `psql` is given nothing but SQL that reads: as its words, or as an input that stands in the script. */
export function psqlReads(words: readonly Shown[], input: Invocation['input']): boolean {
	const given = [...commandsIn(words), ...(input === undefined ? [] : [input])];
	const isElsewhere = words.some(({text}) => /^(-f|-o|-L|-v|--file|--output|--log-file|--set|--variable)/.test(text));
	const taking = /^(?:-[UhdpcP]|--(?:username|host|dbname|port|command)|-[tAxqX1]+c)$/;
	if (words.some((word, at) => mayBeFlag(word) && !taking.test(words[at - 1]?.text ?? ''))) return false;
	return given.length > 0 && !isElsewhere && given.every(({text, literal}) => literal && readsOnly(text));
}

import {load} from 'js-yaml';
import {entries, items, type Raw, text} from '../../cluster/raw.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {isReserved} from '../reserved.ts';
import type {Oddity, Parameter} from '../runbook.ts';

/** What an author says of a runbook ahead of it. All of it may be missing. */
export type FrontMatter = {
	readonly title: SafeText;
	readonly alerts: readonly string[];
	readonly findings: readonly string[];
	readonly severity: SafeText;
	readonly verified: SafeText;
	readonly parameters: readonly Parameter[];
};

export const noFrontMatter: FrontMatter = {
	title: own(''),
	alerts: [],
	findings: [],
	severity: own(''),
	verified: own(''),
	parameters: [],
};

function scalar(raw: Raw | undefined): string | undefined {
	const value: unknown = raw;
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A list of names, or one. */
function names(raw: Raw | undefined): readonly string[] {
	const value: unknown = raw;
	if (typeof value === 'string') return value.split(/[\s,]+/).filter(one => one !== '');
	return items(raw)
		.map(one => scalar(one) ?? '')
		.filter(one => one !== '' && one.length < 254);
}

const types = ['string', 'number', 'node', 'namespace'] as const;

/** A pattern that could take for ever on a value that almost fits. */
const slow = /\([^)]*[+*}][^)]*\)[+*{]/;

type Read = {readonly parameter?: Parameter; readonly wrong?: SafeText};

/** What kind of thing a parameter is, where only its name says so. */
export function typeByName(name: string): Parameter['type'] {
	if (/^(NODE|NODE_NAME|NODENAME)$/i.test(name)) return 'node';
	return /^(NAMESPACE|NS)$/i.test(name) ? 'namespace' : 'string';
}

function parameterOf(name: string, raw: Raw): Read {
	const shown = safeText(name, 60);
	if (!/^[A-Za-z_]\w{0,62}$/.test(name))
		return {wrong: say`the parameter ${shown} is no name of a variable: letters, digits and _`};
	if (isReserved(name))
		return {wrong: say`the parameter ${shown} means something to the shell or to programs; call it otherwise`};
	const about = typeof (raw as unknown) === 'string' ? text(raw, 200) : text(raw.about ?? raw.description, 200);
	const named = scalar(raw.type);
	const type = types.find(one => one === named);
	const pattern = scalar(raw.pattern);
	const otherwise = scalar(raw.default);
	const parameter = {name, about, type: type ?? typeByName(name), ...(otherwise === undefined ? {} : {default: otherwise})};
	if (named !== undefined && type === undefined)
		return {parameter, wrong: say`the type of ${shown} is ${safeText(named, 60)}, not one of ${own(types.join(', '))}`};
	if (pattern === undefined) return {parameter};
	try {
		new RegExp(pattern, 'u');
	} catch {
		return {parameter, wrong: say`the pattern of ${shown} is no regular expression`};
	}
	if (pattern.length > 200 || slow.test(pattern))
		return {parameter, wrong: say`the pattern of ${shown} could take for ever; use a plainer one`};
	return {parameter: {...parameter, pattern}};
}

const known = new Set(['title', 'alerts', 'alert', 'findings', 'finding', 'severity', 'verified', 'parameters']);

/**
 * Reads front matter that stands at a line; what is wrong with it is odd, and the rest counts. Without `matter` it is none: no
 * YAML, or nothing but text between two lines.
 */
export function frontMatterOf(yaml: string, line: number): {readonly matter?: FrontMatter; readonly oddities: readonly Oddity[]} {
	let raw: Raw;
	try {
		raw = (load(yaml.slice(0, 65_536)) ?? {}) as Raw;
	} catch (error) {
		const {reason = 'it cannot be read', mark} = error as {reason?: string; mark?: {line?: number}};
		const at = line + 1 + (mark?.line ?? 0);
		return {
			oddities: [
				{line: at, text: say`the front matter is no YAML (${safeText(reason, 120)}); nothing of it counts until it is mended`},
			],
		};
	}
	if (typeof (raw as unknown) !== 'object' || Array.isArray(raw)) return {oddities: []};
	const lineOf = (key: string): number =>
		line +
		1 +
		Math.max(
			0,
			yaml.split('\n').findIndex(one =>
				one
					.trimStart()
					.replace(/^- name:\s*/, '')
					.startsWith(key),
			),
		);
	const listed = items(raw.parameters).map(one => [scalar(one.name) ?? '', one] as const);
	const declared = Array.isArray(raw.parameters as unknown) ? listed : entries(raw.parameters);
	const read = declared.map(([name, of]) => ({name, ...parameterOf(name, of)}));
	const unused = entries(raw)
		.map(([key]) => key)
		.filter(key => !known.has(key));
	return {
		matter: {
			title: text(raw.title, 200),
			alerts: [...names(raw.alerts), ...names(raw.alert)],
			findings: [...names(raw.findings), ...names(raw.finding)],
			severity: text(raw.severity, 60),
			verified: text(raw.verified, 120),
			parameters: read.flatMap(({parameter}) => (parameter === undefined ? [] : [parameter])),
		},
		oddities: [
			...read.flatMap(({name, wrong}) => (wrong === undefined ? [] : [{line: lineOf(name), text: wrong}])),
			...unused.map(key => ({line: lineOf(key), text: say`nothing is made of ${safeText(key, 60)} in the front matter`})),
		],
	};
}

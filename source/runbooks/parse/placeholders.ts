import {forEachChild, parse, type SyntaxNode} from 'unbash';
import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {isReserved} from '../reserved.ts';

/** A script with its placeholders made variables, or why that cannot be. */
export type Filled = {
	readonly script: string;
	/** Names that stand for placeholders in it, each with the placeholder as it is written. */
	readonly names: ReadonlyMap<string, string>;
	/** Why a placeholder is left as it is. */
	readonly toEdit?: SafeText;
	/** What it would be with a word in the place of each: to be classed by, never to be run. */
	readonly shape: string;
};

/** `<node>`, `<your node>`; `{{ $labels.node }}`, `{{ .Labels.node }}`, `{{ node }}`. */
const marked = /<([A-Za-z][\w .-]{0,48}[\w]|[A-Za-z])>|\{\{-?\s*(?:\$labels\.|\.Labels\.|\$)?([A-Za-z_]\w*)\s*-?\}\}/g;
/** Words in capitals that ask to be replaced: `NODE_NAME`, `YOUR_TOKEN`, and `NODE` where a node's name belongs. */
const capitals =
	/(?<=[\s/=])(?:YOUR_[A-Z][A-Z_]*|(?:[A-Z]+_)+NAME|(?<=(?:-n|--namespace|nodes?|pods?|pvc?|deploy|deployment|svc|service|cordon|uncordon|drain|describe|logs)[ =/])(?:NODE|POD|NAMESPACE|PVC|PV|VOLUME|DEPLOYMENT|SERVICE))(?=$|[\s/;|)])/gm;
/** Words of Go's templates, which are no placeholders. */
const template = new Set([
	'end',
	'else',
	'range',
	'if',
	'with',
	'define',
	'template',
	'block',
	'break',
	'continue',
	'json',
	'now',
]);

/** What a placeholder is called as a variable: `<your node-name>` is `NODE_NAME`. */
export function variableName(placeholder: string): string {
	const name = placeholder
		.trim()
		.replace(/^(?:your|the|my|insert|name[ _-]of(?:[ _-](?:the|your))?)[ _-]+/i, '')
		.replaceAll(/[^A-Za-z0-9]+/g, '_')
		.replaceAll(/^_+|_+$/g, '')
		.toUpperCase();
	const known = /^\d/.test(name) || name === '' ? `P_${name}` : name;
	return isReserved(known) ? `PARAM_${known}` : known;
}

type Found = {readonly at: number; readonly length: number; readonly text: string; readonly name: string};

function findIn(script: string): readonly Found[] {
	const found = [...script.matchAll(marked)].flatMap(({index, 0: text, 1: angled, 2: braced}): readonly Found[] =>
		braced !== undefined && template.has(braced)
			? []
			: [{at: index, length: text.length, text, name: variableName(angled ?? braced ?? '')}],
	);
	const inCapitals = [...script.matchAll(capitals)].map(({index, 0: text}) => ({
		at: index,
		length: text.length,
		text,
		name: variableName(text),
	}));
	const apart = inCapitals.filter(({at}) => !found.some(one => at >= one.at && at < one.at + one.length));
	return [...found, ...apart].toSorted((a, b) => a.at - b.at);
}

/** How a place in a script is quoted: what a shell parser makes of the mark that stands there. */
type Quoting = 'bare' | 'double' | 'other';

const takesCode =
	/^(?:.*\/)?(?:sh|bash|zsh|dash|ksh|ash|fish|ssh|eval|watch|su|trap|awk|gawk|sed|perl|python[\d.]*|ruby|psql|mysql|jq|yq|parallel|xargs)$/;

/** Where each mark stands, by its place; and the program that would take it for code, where there is one. */
function placesOf(script: string): ReadonlyMap<number, {readonly quoting: Quoting; readonly reader?: string}> {
	const places = new Map<number, {readonly quoting: Quoting; readonly reader?: string}>();
	const note = (node: {readonly pos: number; readonly end: number}, quoting: Quoting, reader: string | undefined): void => {
		for (const {index} of script.slice(node.pos, node.end).matchAll(/\u{f0000}/gu))
			places.set(node.pos + index, {quoting, ...(reader === undefined ? {} : {reader})});
	};
	const visit = (node: SyntaxNode, inWord: boolean, reader: string | undefined): void => {
		switch (node.type) {
			case 'Command': {
				let reading = reader;
				if (node.name !== undefined) note(node.name, 'other', reader);
				for (const one of [node.name, ...node.prefix, ...node.suffix]) {
					if (one === undefined) continue;
					if (one !== node.name) visit(one, false, reading);
					if (one.type === 'Word' && takesCode.test(one.value)) reading = one.value;
				}
				return;
			}
			case 'Word':
				if (node.parts === undefined) note(node, script.slice(node.pos, node.end).includes('\\') ? 'other' : 'bare', reader);
				else for (const part of node.parts) visit(part, true, reader);
				return;
			case 'Literal':
				if (inWord) note(node, 'bare', reader);
				return;
			case 'DoubleQuoted':
				for (const part of node.parts)
					if (part.type === 'Literal') note(part, 'double', reader);
					else visit(part, false, reader);
				return;
			case 'Assignment':
				if (node.value.type === 'Word') visit(node.value, false, reader);
				return;
			case 'ArithmeticExpansion':
			case 'ArithmeticCommand':
			case 'ParameterExpansion':
			case 'ExtendedGlob':
			case 'BraceExpansion':
			case 'HereDoc':
			case 'HereDocBody':
			case 'Glob':
				return;
			default:
				forEachChild(node, child => visit(child, false, reader));
		}
	};
	visit(parse(script), false, undefined);
	return places;
}

/** A character that no script has, and that means nothing to a shell. */
const mark = '\u{f0000}';

/**
 * Makes variables of the placeholders in a script: `<node>` becomes `"$NODE"` where a shell parser finds it outside quotes and
 * `${NODE}` in double quotes. Anywhere else, and where another program would take the value for code, the step has to be edited.
 */
export function fill(script: string): Filled {
	const found = findIn(script);
	const names = new Map(found.map(({name, text}) => [name, text]));
	if (found.length === 0) return {script, names, shape: script};
	const shape = found.reduceRight((so, {at, length, name}) => `${so.slice(0, at)}${name}${so.slice(at + length)}`, script);
	const why = (text: string, reason: SafeText): Filled => ({script, names, shape, toEdit: say`${safeText(text, 60)} ${reason}`});
	// As long as what it stands for, so that places stay the same.
	const masked = found.reduce(
		(so, {at, length}) =>
			`${so.slice(0, at)}${length < 2 ? 'x' : mark + 'x'.repeat(length - mark.length)}${so.slice(at + length)}`,
		script,
	);
	const places = placesOf(masked);
	let [made, from] = ['', 0];
	for (const {at, length, text, name} of found) {
		const place = places.get(at);
		if (text.startsWith('<') && /^[A-Za-z0-9]/.test(script.slice(at + length)) && /(?:^|\s)$/.test(script.slice(0, at)))
			return why(text, own('may be a placeholder or two redirections; write which'));
		if (place?.reader !== undefined)
			return why(text, say`would be taken for code by ${safeText(place.reader, 60)}; put the value in yourself`);
		if (place === undefined || place.quoting === 'other')
			return why(text, own('stands where no value can be put safely; put it in yourself'));
		made += `${script.slice(from, at)}${place.quoting === 'bare' ? `"$${name}"` : `\${${name}}`}`;
		from = at + length;
	}
	const filled = made + script.slice(from);
	return {script: filled, names, shape: filled};
}

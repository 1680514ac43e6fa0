/** One sample of the Prometheus text format. Names and label values are as they came: not safe to print. */
export type Sample = {
	readonly name: string;
	readonly labels: ReadonlyMap<string, string>;
	readonly value: number;
};

const sampleLine = /^([a-zA-Z_:][\w:]*)[ \t]*(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?[ \t]*$/s;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const named: Readonly<Record<string, number>> = {
	'+inf': Number.POSITIVE_INFINITY,
	inf: Number.POSITIVE_INFINITY,
	'-inf': Number.NEGATIVE_INFINITY,
	nan: Number.NaN,
};
/** No exporter writes a longer line; a hostile one must not keep us busy. */
const longest = 16_384;

function numberOf(text: string): number | undefined {
	return decimal.test(text) ? Number(text) : named[text.toLowerCase()];
}

const escapes: Readonly<Record<string, string>> = {'\\\\': '\\', '\\"': '"', '\\n': '\n'};

/** The pairs between the braces; undefined when they are not what the format says. */
function labelsOf(text: string): ReadonlyMap<string, string> | undefined {
	const labels = new Map<string, string>();
	const next = /[ \t]*([a-zA-Z_]\w*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(,|$)/sy;
	while (next.lastIndex < text.length) {
		if (labels.size > 0 && text.slice(next.lastIndex).trim() === '') break;
		const found = next.exec(text);
		if (found === null) return undefined;
		const [, name = '', quoted = ''] = found;
		labels.set(
			name,
			quoted.replace(/\\./gs, pair => escapes[pair] ?? pair),
		);
	}
	return labels;
}

function sampleOf(line: string): Sample | undefined {
	if (line.length > longest || line.startsWith('#')) return undefined;
	const [, name, inside = '', text = ''] = sampleLine.exec(line) ?? [];
	const value = numberOf(text);
	const labels = labelsOf(inside);
	return name === undefined || value === undefined || labels === undefined ? undefined : {name, labels, value};
}

/** Every sample of a text exposition (version 0.0.4). Lines that are none are left out; it never throws. */
export function prometheusSamples(body: string): readonly Sample[] {
	return body
		.split('\n')
		.map(line => sampleOf(line.trimEnd()))
		.filter(sample => sample !== undefined);
}

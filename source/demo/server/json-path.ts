/** What a simple JSONPath of a printer column finds first: `.a.b`, `.a['b.c']`, `.a[0]`, `.a[*].b`, `.a[?(@.type=="Ready")].status`. */
export function jsonPath(object: unknown, path: string): unknown {
	let found: unknown[] = [object];
	for (const [, field, quoted, index, key, value] of path.matchAll(step)) {
		found = found.flatMap(each => {
			if (field !== undefined || quoted !== undefined) return childOf(each, field ?? quoted ?? '');
			const list = Array.isArray(each) ? (each as unknown[]) : [];
			if (index !== undefined) return index === '*' ? list : list.slice(Number(index), Number(index) + 1);
			return list.filter(item => String(childOf(item, key ?? '')[0]) === value);
		});
	}
	return found[0];
}

const step = /\.([\w-]+)|\['([^']+)'\]|\[(\*|\d+)\]|\[\?\(@\.([\w-]+)\s*==\s*["']([^"']*)["']\)\]/g;

function childOf(value: unknown, key: string): unknown[] {
	if (typeof value !== 'object' || value === null) return [];
	const child = (value as Record<string, unknown>)[key];
	return child === undefined || child === null ? [] : [child];
}

/** What a path under `/api` or `/apis` speaks of. Empty strings where a part is missing. */
export type Address = {
	readonly group: string;
	readonly version: string;
	readonly namespace: string;
	readonly plural: string;
	readonly name: string;
	readonly subresource: string;
	/** What follows the subresource: the path behind a proxy, without its first slash. */
	readonly rest: string;
};

/** Reads a path of a resource; undefined where it names none (`/version`, `/apis/apps`). */
export function parseAddress(pathname: string): Address | undefined {
	const [root, ...parts] = pathname.split('/').slice(1).map(decode);
	const group = root === 'apis' ? parts.shift() : root === 'api' ? '' : undefined;
	const version = parts.shift();
	if (group === undefined || version === undefined || parts.length === 0) return undefined;

	// `/namespaces/x` is a namespace and `/namespaces/x/status` its subresource; anything else lives in it.
	const inside = parts[0] === 'namespaces' && parts.length > 2 && !['status', 'finalize'].includes(parts[2] ?? '');
	const namespace = inside ? (parts[1] ?? '') : '';
	const [plural = '', name = '', subresource = '', ...rest] = inside ? parts.slice(2) : parts;
	return {group, version, namespace, plural, name, subresource, rest: rest.join('/')};
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

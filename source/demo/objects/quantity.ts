const factors: Readonly<Record<string, number>> = {
	'': 1,
	n: 1e-9,
	u: 1e-6,
	m: 1e-3,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
};

/** A quantity in its base unit (cores, bytes, pieces); 0 for none. */
export function amount(quantity: string | undefined): number {
	const parts = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(quantity ?? '');
	return Number(parts?.[1] ?? 0) * (factors[parts?.[2] ?? ''] ?? 1);
}

/** Bytes as a quantity in whole kibibytes, as kubelets report memory. */
export function kibibytes(bytes: number): string {
	return `${Math.round(bytes / 1024)}Ki`;
}

/** Cores as a quantity in nanocores, as metrics-server reports them. */
export function nanocores(cores: number): string {
	return `${Math.round(cores * 1e9)}n`;
}

/** A resource list summed over several. */
export function sum(lists: Iterable<Readonly<Record<string, string>> | undefined>): Record<string, number> {
	const total: Record<string, number> = {};
	for (const list of lists) {
		for (const [name, quantity] of Object.entries(list ?? {})) total[name] = (total[name] ?? 0) + amount(quantity);
	}
	return total;
}

/** An amount as a quantity of what it is of: millicores or cores, bytes in the largest unit that is exact, pieces. */
export function written(name: string, value: number): string {
	if (name.endsWith('cpu')) return Number.isInteger(value) ? `${value}` : `${Math.round(value * 1000)}m`;
	const unit = ['Ti', 'Gi', 'Mi', 'Ki'].find(each => value > 0 && value % (factors[each] ?? 1) === 0);
	return unit === undefined ? `${value}` : `${value / (factors[unit] ?? 1)}${unit}`;
}

const milliseconds: Readonly<Record<string, number>> = {
	ns: 1e-6,
	us: 1e-3,
	µs: 1e-3,
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
};

/** A Go duration (`720h0m0s`, `1.5h`) in milliseconds; undefined when it is none. */
export function goDuration(written: string): number | undefined {
	if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(written)) return undefined;
	const parts = written.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g);
	return parts.reduce((total, [, value, unit]) => total + Number(value) * (milliseconds[unit ?? ''] ?? 0), 0);
}

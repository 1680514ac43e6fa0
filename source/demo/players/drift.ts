import {digestOf} from '../objects/identity.ts';

/** Between 0 and 1, wandering slowly with time, each key in its own way: two waves that never meet. */
export function drift(key: string, now: number): number {
	const [first, second] = phasesOf(key);
	const minutes = now / 60_000;
	return 0.5 + 0.3 * Math.sin(first + minutes / 3.1) + 0.2 * Math.sin(second + minutes / 0.83);
}

const known = new Map<string, readonly [number, number]>();

function phasesOf(key: string): readonly [number, number] {
	const before = known.get(key);
	if (before) return before;
	const digest = digestOf(key);
	const phases = [Number.parseInt(digest.slice(0, 6), 16), Number.parseInt(digest.slice(6, 12), 16)] as const;
	known.set(key, phases);
	return phases;
}

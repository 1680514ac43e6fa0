/** Calls `tell` for what happened, the first time at once, and then no more than once in so many milliseconds. */
export function atMostEvery(milliseconds: number, tell: () => void): {readonly touch: () => void; readonly stop: () => void} {
	let timer: NodeJS.Timeout | undefined;
	let changed = false;
	const rest = () => {
		timer = undefined;
		if (changed) fire();
	};
	const fire = () => {
		changed = false;
		timer = setTimeout(rest, milliseconds);
		tell();
	};
	return {
		touch: () => {
			changed = true;
			if (timer === undefined) fire();
		},
		stop: () => clearTimeout(timer),
	};
}

/** Gathers many changes into few calls. */
export type Frame = {
	/** Something changed. */
	readonly touch: () => void;
	readonly stop: () => void;
};

/** While everything is still coming in, a frame lasts this long at most, for this long. Milliseconds. */
const eager = {frame: 25, lasts: 1500};

/**
 * Calls `tell` for the first change at once (as soon as what is being done is done), then at most once in so many
 * milliseconds. A first change that had to wait for its frame would make the first row late by as much, and so would a
 * long frame while the other sources have their first.
 */
export function createFrame(milliseconds: number, tell: () => void): Frame {
	const eagerUntil = performance.now() + eager.lasts;
	let soon: NodeJS.Immediate | undefined;
	let open: NodeJS.Timeout | undefined;
	let changed = false;
	const fire = () => {
		soon = undefined;
		changed = false;
		open = setTimeout(close, performance.now() < eagerUntil ? Math.min(eager.frame, milliseconds) : milliseconds);
		tell();
	};
	const close = () => {
		open = undefined;
		if (changed) fire();
	};
	return {
		touch: () => {
			changed = true;
			if (open === undefined) soon ??= setImmediate(fire);
		},
		stop: () => {
			clearImmediate(soon);
			clearTimeout(open);
		},
	};
}

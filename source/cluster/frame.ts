/** Gathers many changes into few calls. */
export type Frame = {
	/** Something changed. */
	readonly touch: () => void;
	readonly stop: () => void;
};

/**
 * Calls `tell` for the first change at once (as soon as what is being done is done), then at most once in so many
 * milliseconds. A first change that had to wait for its frame would make the first row late by as much.
 */
export function createFrame(milliseconds: number, tell: () => void): Frame {
	let soon: NodeJS.Immediate | undefined;
	let open: NodeJS.Timeout | undefined;
	let changed = false;
	const fire = () => {
		soon = undefined;
		changed = false;
		open = setTimeout(close, milliseconds);
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

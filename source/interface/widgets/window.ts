/** The part of a list that is on screen: rows `from` to `to` (exclusive). */
export type Window = {readonly from: number; readonly to: number};

/** Keeps `top` as it is unless the cursor would leave the window or the list would end above its end. */
export function windowAt(count: number, height: number, top: number, cursor: number): Window {
	const room = Math.max(0, height);
	const holding = Math.min(Math.max(top, cursor - room + 1), Math.max(0, cursor));
	const from = Math.max(0, Math.min(holding, count - room));
	return {from, to: Math.min(count, from + room)};
}

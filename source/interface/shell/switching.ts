import type {PictureSource} from './model.ts';

/** A source that can be exchanged for another while somebody looks. */
export type Switching = PictureSource & {readonly to: (next: PictureSource) => void};

/** Shows one source, until it is told to show another. */
export function switching(first: PictureSource): Switching {
	const listeners = new Set<() => void>();
	const tell = () => {
		for (const listener of listeners) listener();
	};
	let source = first;
	let stop = () => {};
	return {
		current: () => source.current(),
		detail: (pane, key) => source.detail(pane, key),
		attend: open => source.attend?.(open),
		now: () => source.now(),
		subscribe: listener => {
			listeners.add(listener);
			if (listeners.size === 1) stop = source.subscribe(tell);
			return () => {
				listeners.delete(listener);
				if (listeners.size === 0) stop();
			};
		},
		to: next => {
			stop();
			source = next;
			if (listeners.size > 0) stop = source.subscribe(tell);
			tell();
		},
	};
}

import {paneIds} from '../../vocabulary.ts';
import {ageTurns} from '../../words.ts';
import {stateTurns} from '../widgets/source-state.ts';
import {liveFor} from './header.ts';
import type {Picture, PictureSource} from './model.ts';

/** When a text on the screen changes next without any news (epoch ms): an age that turns, knowledge that is no longer live. */
export function nextTurn({oldest, panes, line}: Picture, now: number): number {
	const turns = paneIds.map(pane => stateTurns(panes[pane].state, now));
	if (oldest !== undefined)
		turns.push(line.is === 'up' && now - oldest <= liveFor ? oldest + liveFor + 1 : ageTurns(oldest, now));
	return Math.min(...turns);
}

/** The longest a timer of Node's may wait (ms). */
const longest = 2 ** 31 - 1;

/** The same source, which also tells its listeners when an age on the screen turns. One timer, only while somebody listens. */
export function withClock(source: PictureSource): PictureSource {
	const listeners = new Set<() => void>();
	let timer: NodeJS.Timeout | undefined;
	let stop = () => {};
	const arm = () => {
		clearTimeout(timer);
		const wait = nextTurn(source.current(), source.now()) - source.now();
		if (wait < longest) timer = setTimeout(tell, Math.max(1, wait));
	};
	const tell = () => {
		arm();
		for (const listener of listeners) listener();
	};
	return {
		...source,
		subscribe: listener => {
			listeners.add(listener);
			if (listeners.size === 1) {
				stop = source.subscribe(tell);
				arm();
			}
			return () => {
				listeners.delete(listener);
				if (listeners.size > 0) return;
				stop();
				clearTimeout(timer);
			};
		},
	};
}

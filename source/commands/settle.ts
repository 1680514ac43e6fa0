import {isLoading} from '../findings/unseen.ts';
import type {Watched} from './watch.ts';

/** How long to wait, in milliseconds: in all, and for a server that cannot be reached at all (it may be just starting). */
export type Patience = {readonly whole: number; readonly hopeless: number};

/** Waits until every source has said what it knows, or the patience has run out, or nothing is there to wait for. */
export function settled({world: {cluster}}: Watched, {whole, hopeless}: Patience): Promise<void> {
	return new Promise(resolve => {
		let giveUp: NodeJS.Timeout | undefined;
		const done = () => {
			clearTimeout(timer);
			clearTimeout(giveUp);
			stop();
			resolve();
		};
		const look = () => {
			const {is, heardAt} = cluster.transport.line();
			if (!isLoading(cluster)) done();
			else if (is === 'down' && heardAt === 0) giveUp ??= setTimeout(done, hopeless);
		};
		const timer = setTimeout(done, whole);
		const stop = cluster.onChange(look);
		look();
	});
}

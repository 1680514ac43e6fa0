import type {Cluster} from '../cluster/cluster.ts';
import {type Unseen, unseen} from '../findings/unseen.ts';
import type {Watched} from './watch.ts';

/**
 * How long to wait, in milliseconds: in all, for a server that cannot be reached at all (it may be just starting), and for
 * what not every cluster has once everything else has answered; as long as for all else unless told.
 */
export type Patience = {readonly whole: number; readonly hopeless: number; readonly optional?: number};

const isLoading = ({state}: Unseen): boolean => state.is === 'loading';

/** Whether the server was heard to be well or not; it need not tell us which. */
const isProbed = ({transport}: Cluster): boolean => transport.line().roundTrips.length > 0;

/** Waits until every source has said what it knows, or the patience has run out, or nothing is there to wait for. */
export function settled({world: {cluster}}: Watched, {whole, hopeless, optional}: Patience): Promise<void> {
	return new Promise(resolve => {
		const timers: NodeJS.Timeout[] = [];
		let [isHopeless, isEnough] = [false, false];
		const done = () => {
			for (const timer of timers) clearTimeout(timer);
			stop();
			resolve();
		};
		const look = () => {
			const {is, heardAt} = cluster.transport.line();
			const loading = unseen(cluster).blind.filter(isLoading);
			if (loading.length === 0 && isProbed(cluster)) return done();
			if (is === 'down' && heardAt === 0 && !isHopeless) {
				isHopeless = true;
				timers.push(setTimeout(done, hopeless));
			}
			if (optional !== undefined && !isEnough && !loading.some(({required}) => required)) {
				isEnough = true;
				timers.push(setTimeout(done, optional));
			}
		};
		timers.push(setTimeout(done, whole));
		const stop = cluster.onChange(look);
		look();
	});
}

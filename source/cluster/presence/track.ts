import type {StoredRecord} from '../../vocabulary.ts';
import {afterFailure} from '../freshness.ts';
import type {Kind} from '../kind.ts';
import type {ServedAs} from '../reflector/course.ts';
import {type Reflector, type ReflectorOptions, reflect} from '../reflector/reflector.ts';
import {sentenceOf} from '../sentence.ts';
import type {Store} from '../store.ts';

/** One kind that is followed for as long as it is served. */
export type Track = Reflector & {
	readonly kind: Kind<StoredRecord>;
	readonly isRunning: () => boolean;
	/** The kind is served so: begins to follow it, or goes on. */
	readonly serve: (served: ServedAs) => void;
	/** The kind is not served: there are no objects of it. */
	readonly drop: () => void;
	/** Nobody knows yet whether the kind is served. */
	readonly wait: (error: unknown) => void;
};

export function createTrack<R extends StoredRecord>(kind: Kind<R>, store: Store<R>, options: ReflectorOptions): Track {
	let running: {readonly served: ServedAs; readonly reflector: Reflector} | undefined;
	const isAbsent = () => store.state().is === 'absent';
	const stop = () => {
		running?.reflector.stop();
		running = undefined;
	};
	return {
		kind,
		isRunning: () => running !== undefined,
		serve: served => {
			if (running?.served.version === served.version && running.served.watchable === served.watchable) {
				if (isAbsent()) running.reflector.wake();
				return;
			}
			stop();
			if (isAbsent()) store.say({state: {is: 'loading'}});
			running = {served, reflector: reflect(kind, served, store, options)};
		},
		drop: () => {
			stop();
			store.list().end();
			if (!isAbsent()) store.say({state: {is: 'absent'}});
		},
		wait: error => {
			if (running === undefined) store.say({state: afterFailure(store.state(), sentenceOf(error), options.now())});
		},
		wake: () => running?.reflector.wake(),
		renew: () => running?.reflector.renew(),
		stop,
	};
}

import type {Person} from './screen.ts';

/** Somebody who never looks away: every screen that was to be seen while they looked. */
export type Witness = {
	/** All different screens since the beginning, oldest first. */
	readonly screens: () => readonly string[];
	readonly [Symbol.dispose]: () => void;
};

/** Begins to look, 50 times a second. */
export function witness(screen: Pick<Person, 'text' | 'isWhole'>): Witness {
	const seen: string[] = [];
	const look = () => {
		if (!screen.isWhole()) return;
		const now = screen.text();
		if (now !== seen.at(-1)) seen.push(now);
	};
	const timer = setInterval(look, 20);
	look();
	return {
		screens: () => {
			look();
			return seen;
		},
		[Symbol.dispose]: () => clearInterval(timer),
	};
}

/** What a pane says that has nothing to show: never to be said while it is only cut off. */
const none =
	/the cluster has no nodes|no storage classes and no volumes|no node is told to peer|no schedule and no backup|no GPU on any node|not installed/;

/** The screens that say there is nothing, which would be a lie while the cluster is full. */
export function falseNones(screens: readonly string[]): readonly string[] {
	return screens.filter(screen => none.test(screen));
}

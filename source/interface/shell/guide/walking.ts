import {sentenceOf} from '../../../cluster/sentence.ts';
import type {Wish} from '../../../runbooks/session/event.ts';
import {doingOf, runningStep, type Session, stateOfStep} from '../../../runbooks/session/session.ts';
import {stepOf} from '../../../runbooks/session/steps.ts';
import type {Walk} from '../../../runbooks/walk/open-walk.ts';
import type {SafeText} from '../../../vocabulary.ts';
import {type Book, errandOf} from './book.ts';
import type {Attending, Runbooks} from './reach.ts';

/** The runbook that is walked: with which values, and what of it ran last in this process. */
export type Going = {
	readonly book: Book;
	readonly walk: Walk;
	readonly session: Session;
	/** The step that ran last, and when it was begun, epoch ms. */
	readonly ran: {readonly step: string; readonly from: number} | undefined;
	readonly notes: readonly SafeText[];
};

export type Walking = {
	/** The same object while nothing changed but what a command prints. */
	readonly going: () => Going | undefined;
	/** Begins a runbook, or goes on with its run; returns why not. */
	readonly begin: (book: Book, attending: Attending) => Promise<SafeText | undefined>;
	/** Wishes for something once what was wished for before is written down. Resolves when that is, too. */
	readonly wish: (wish: Wish) => Promise<Session | undefined>;
	/** It is there and not over. */
	readonly isUnderWay: () => boolean;
	/** Leaves it: it can be taken up again. What changes something comes to its end without us. */
	readonly leave: () => Promise<void>;
};

/** Resolves when nothing is being written down, or it is closed. */
function kept({live, closed}: Walk): Promise<void> {
	return new Promise(resolve => {
		const look = () => {
			if (live.session().keeping) return;
			stop();
			resolve();
		};
		const stop = live.subscribe(look);
		void closed.then(() => {
			stop();
			resolve();
		});
		look();
	});
}

/** A step that ends with us runs. */
function endsWithUs(session: Session): boolean {
	const step = stepOf(session.runbook, runningStep(session) ?? '');
	const doing = step && doingOf(session, step);
	return doing !== undefined && (doing.is !== 'shell' || doing.class === 'reading');
}

/** Keeps the one walk of a dashboard. `told` is called with how it stood before, whenever it stands otherwise or prints something. */
export function makeWalking(runbooks: Runbooks, told: (before: Session | undefined) => void): Walking {
	let going: Going | undefined;
	const isUnderWay = () => going !== undefined && going.session.over === undefined;

	const follow = (walk: Walk, book: Book) => {
		const {live} = walk;
		const notes = [runbooks.fragile(), walk.note].filter(note => note !== undefined);
		const session = live.session();
		// What goes on without the one that began it is followed to its end.
		const running = runningStep(session);
		const ran = running === undefined ? undefined : {step: running, from: stateOfStep(session, running).at};
		going = {book, walk, session, ran, notes};
		live.subscribe(() => {
			if (going?.walk !== walk) return;
			const [before, session] = [going.session, live.session()];
			if (session !== before) {
				const step = runningStep(session);
				const isNew = step !== undefined && stateOfStep(session, step) !== stateOfStep(before, step);
				going = {...going, session, ran: isNew ? {step, from: stateOfStep(session, step).at} : going.ran};
			}
			told(before);
		});
	};

	return {
		going: () => going,
		isUnderWay,
		begin: async (book, attending) => {
			try {
				const errand = errandOf(book);
				const walk = await (book.run === undefined
					? runbooks.begin(errand, attending)
					: runbooks.resume(errand, book.run, attending));
				follow(walk, book);
				await kept(walk);
				told(undefined);
				return undefined;
			} catch (error) {
				return sentenceOf(error);
			}
		},
		wish: async wish => {
			if (going === undefined) return undefined;
			const {walk} = going;
			await kept(walk);
			walk.live.wish(wish);
			await kept(walk);
			return walk.live.session();
		},
		leave: async () => {
			if (going === undefined || !isUnderWay()) return;
			const {walk} = going;
			if (endsWithUs(walk.live.session())) {
				walk.live.wish({is: 'stop'});
				await ended(walk);
			}
			if (runningStep(walk.live.session()) === undefined) {
				await kept(walk);
				walk.live.wish({is: 'leave'});
			} else walk.live.close();
			await walk.closed;
		},
	};
}

/** Resolves when no step runs any more. */
function ended({live, closed}: Walk): Promise<void> {
	return new Promise(resolve => {
		const look = () => {
			if (runningStep(live.session()) !== undefined) return;
			stop();
			resolve();
		};
		const stop = live.subscribe(look);
		void closed.then(resolve);
		look();
	});
}

import type {Ailment, Clock, Scenario, Stage, World} from '../../source/demo/model.ts';
import {createRandom} from '../../source/demo/random.ts';
import {keepBudgets} from '../../source/demo/server/budgets.ts';
import {builtin} from '../../source/demo/server/builtin.ts';
import {createStore, type VersionedStore} from '../../source/demo/store.ts';

/** A world on a stage whose time only moves when a test says so. */
export type Rehearsal = {
	readonly stage: Stage & {readonly store: VersionedStore};
	/** Plays so many seconds, every timer at its time. */
	readonly advance: (seconds: number) => void;
	readonly now: () => number;
};

export const opening = Date.parse('2026-11-21T02:14:00Z');

export function rehearse(world: World, scenario?: Scenario, seed = 1): Rehearsal {
	const timers: Array<{due: number; every: number; act: () => void}> = [];
	let now = opening;
	const later = (seconds: number, every: number, act: () => void) => {
		timers.push({due: now + seconds * 1000, every: every * 1000, act});
	};
	const clock: Clock = {
		now: () => now,
		every: (seconds, act) => later(seconds, seconds, act),
		after: (seconds, act) => later(seconds, 0, act),
	};
	const store = createStore(clock, seed);
	const stage = {
		store,
		clock,
		proxies: new Map(),
		logs: new Map(),
		server: {delayMs: 0, refuse: false, failing: false, dropConnections: () => {}, drainConnections: () => {}},
		random: createRandom(seed),
		silent: new Set<string>(),
		ailments: new Set<Ailment>(),
	};
	for (const resource of [...builtin, ...world.resources]) store.define(resource);
	for (const object of world.objects(now, stage.random)) store.put(object);
	keepBudgets(stage);
	world.play(stage);
	const steps = scenario?.steps ?? [];
	for (const {at, act} of steps.filter(step => step.at >= 0)) clock.after(at, () => act(stage, opening + at * 1000));
	for (const {at, act} of steps.filter(step => step.at < 0)) {
		now = opening + at * 1000;
		act(stage, now);
		now = opening;
	}
	return {
		stage,
		now: () => now,
		advance: seconds => {
			const until = now + seconds * 1000;
			for (;;) {
				const [next] = timers.toSorted((a, b) => a.due - b.due);
				if (!next || next.due > until) break;
				now = next.due;
				if (next.every > 0) next.due += next.every;
				else timers.splice(timers.indexOf(next), 1);
				next.act();
			}
			now = until;
		},
	};
}

import {createClock, type StageClock} from './clock.ts';
import type {Scenario, Stage, World} from './model.ts';
import {createRandom} from './random.ts';
import {keepApiServices} from './server/api-services.ts';
import {keepBudgets} from './server/budgets.ts';
import {builtin} from './server/builtin.ts';
import {keepDefinitions} from './server/definitions.ts';
import {createStore, type VersionedStore} from './store.ts';

/** The stage as the server knows it. */
export type SetStage = Stage & {readonly store: VersionedStore; readonly clock: StageClock};

/** An empty stage, whose clock is `ahead` of this machine's by so many milliseconds. Without a server, there are no connections to drop or drain. */
export function createStage(speed: number, seed: number, ahead = 0): SetStage {
	const clock = createClock(speed, ahead);
	return {
		clock,
		store: createStore(clock, seed),
		proxies: new Map(),
		logs: new Map(),
		server: {delayMs: 0, refuse: false, failing: false, dropConnections: () => {}, drainConnections: () => {}},
		random: createRandom(seed),
		silent: new Set(),
		ailments: new Set(),
	};
}

/** Puts a world on the stage and starts what keeps it moving, the server's own controllers among it. */
export function setWorld(stage: SetStage, world: World): void {
	const {store, clock, random} = stage;
	for (const resource of [...builtin, ...world.resources]) store.define(resource);
	for (const object of world.objects(clock.now(), random)) store.put(object);
	keepDefinitions(stage);
	keepApiServices(stage);
	keepBudgets(stage);
	world.play(stage);
}

/** Plays what has happened before now, each step at its time, and sets the timers of what is to come. */
export function playScenario(stage: SetStage, {steps}: Scenario): void {
	const start = stage.clock.now();
	for (const {at, act} of steps.toSorted((one, other) => one.at - other.at)) {
		const then = start + at * 1000;
		if (at < 0) stage.clock.during(then, () => act(stage, then));
		else stage.clock.after(at, () => act(stage, then));
	}
}

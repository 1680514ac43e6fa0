import {safeText} from '../cluster/safe-text.ts';
import {own, say} from '../vocabulary.ts';
import {age, count, duration, percent, unknown} from '../words.ts';
import type {Facts} from './facts.ts';
import type {Target} from './view.ts';

/** How long it took to recover from findings of one id, over all times that it was seen to; milliseconds. */
export type MeanRecovery = {readonly id: string; readonly times: number; readonly mean: number};

/** Nobody aims at these: they are told. */
const recovery = ({id, times, mean}: MeanRecovery): Target => ({
	about: say`time to recover from ${safeText(id, 60)}`,
	target: unknown,
	actual: say`${duration(mean, 'fine')} on average, ${count(times, 'time')}`,
	health: 'idle',
});

/** What is aimed at and how it stands: the recovery point of every tier, the use of the GPUs, and how fast recoveries were. */
export function targetsOf(facts: Facts, recoveries: readonly MeanRecovery[] = []): readonly Target[] {
	return [...aimedAt(facts), ...recoveries.map(recovery)];
}

function aimedAt({backups, gpu}: Facts): readonly Target[] {
	const tiers = backups.tiers
		.filter(({target}) => target !== undefined)
		.map(({shown, target = 0, history: {point}, asOf}): Target => {
			const old = point === undefined ? undefined : asOf - point.startedAt;
			return {
				about: say`recovery point of ${shown}`,
				target: duration(target),
				actual: point === undefined ? own('none') : say`${age(point.startedAt, asOf, 'fine')} old`,
				health: old !== undefined && old <= target ? 'ok' : 'warn',
			};
		});
	if (gpu.target === undefined) return tiers;
	const met = gpu.average !== undefined && gpu.average >= gpu.target;
	const use: Target = {
		about: own('GPU utilisation'),
		target: percent(gpu.target),
		actual: gpu.average === undefined ? unknown : percent(gpu.average),
		health: gpu.average === undefined ? 'unknown' : met ? 'ok' : 'risk',
	};
	return [...tiers, use];
}

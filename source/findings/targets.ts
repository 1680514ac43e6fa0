import {own, say} from '../vocabulary.ts';
import {age, duration, percent, unknown} from '../words.ts';
import type {Facts} from './facts.ts';
import type {Target} from './view.ts';

/** What is aimed at and how it stands: the recovery point of every tier, and the use of the GPUs. */
export function targetsOf({backups, gpu}: Facts): readonly Target[] {
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

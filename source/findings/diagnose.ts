import type {Diagnosis} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import type {Facts} from './world.ts';

/** What every slice says is wrong. The same facts give the same diagnoses. */
export function diagnose(_facts: Facts, _settings: Settings): readonly Diagnosis[] {
	return [];
}

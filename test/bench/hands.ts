import type {ControlPlane} from '../control-plane/start.ts';
import type {BudgetId} from './budgets.ts';
import {drainRatio} from './drain.ts';
import {appending, opening} from './journal.ts';
import {paletteKey} from './palette.ts';
import {runbookOpened, runbookShown} from './runbooks.ts';
import {memoryOfPrinting, stepTimes} from './steps.ts';

/** The figures of palette, journal, runbooks and drain on the small cluster, and what is reported without a budget. */
export async function hands(
	control: ControlPlane,
	short: boolean,
): Promise<{measured: Partial<Record<BudgetId, number>>; reported: Readonly<Record<string, number>>}> {
	const append = await appending(200);
	const open = await opening(5);
	const steps = await stepTimes(15);
	const measured = {
		palette: await paletteKey(),
		'journal-append': append.ours / append.bare,
		'journal-open': open.ours,
		runbook: await runbookOpened(7),
		'step-reading': steps.reading - steps.bare,
		'step-changing': steps.changing - steps.bare,
	};
	const shown = await runbookShown(short ? 7 : 11);
	const reported = {'runbook show of 1,000 lines as a command, without the start of Node (ms, aim 50)': shown};
	if (short) return {measured, reported};
	const memory = await memoryOfPrinting(1e9);
	return {measured: {...measured, 'step-memory': memory, drain: await drainRatio(control, 3)}, reported};
}

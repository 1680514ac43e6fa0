import {type Arguments, readArguments} from './arguments.ts';

/** What can be done with runbooks; each is loaded only when it is asked for. */
const verbs: Readonly<Record<string, () => Promise<{readonly run: (asked: Arguments) => Promise<number>}>>> = {
	list: () => import('./runbook/list.ts'),
	show: () => import('./runbook/show.ts'),
	lint: () => import('./runbook/lint.ts'),
	run: () => import('./runbook/run.ts'),
	resume: () => import('./runbook/resume.ts'),
	report: () => import('./runbook/report.ts'),
};

/** `midwatch runbook`: lists runbooks, shows one, says what becomes of a file, walks one, goes on with one, or reports on it. */
export async function run(argv: readonly string[]): Promise<number> {
	const asked = await readArguments('runbook', argv);
	const verb = verbs[asked.words[0] ?? 'list'];
	if (verb === undefined) throw new Error('a verb of the table has no module');
	return (await verb()).run(asked);
}

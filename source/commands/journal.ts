import {runMarkdown} from '../journal/markdown.ts';
import {listRuns, type ReadRun} from '../journal/runs.ts';
import {headOf, type Told, tellEntries} from '../journal/tell.ts';
import {beginningOf, runsView} from '../journal/view.ts';
import {own} from '../vocabulary.ts';
import {type Arguments, readArguments} from './arguments.ts';
import {json} from './data.ts';
import {glyphsFor, plainTable, plainText} from './plain.ts';
import {runMeant} from './run-meant.ts';

const runData = ({run, folder, state, entries, damage}: ReadRun) => ({
	schema: 'midwatch.run/1',
	run,
	folder,
	state,
	damage,
	entries,
});

async function list({output, ...flags}: Arguments['flags']): Promise<string> {
	const {runs, unreadable} = await listRuns(process.env);
	if (output !== 'json') {
		const glyphs = glyphsFor(flags);
		const now = Date.now();
		return plainText([plainTable('Runs', runsView(runs, unreadable, now), glyphs, now)], glyphs);
	}
	const rows = runs.map(({run, state, entries, damage}) => {
		const {what, title, context, server, by, at} = beginningOf(entries) ?? {};
		const {at: until} = entries.findLast(({is}) => is === 'ended') ?? {};
		return {run, state, what, title, context, server, by, began: at, ended: until, damage};
	});
	return json({schema: 'midwatch.runs/1', unreadable, runs: rows});
}

const two = (of: number): string => String(of).padStart(2, '0');

function timeOf({at}: Told): string {
	const date = new Date(at);
	return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
}

function asText(run: ReadRun, flags: Arguments['flags']): string {
	const glyphs = glyphsFor(flags);
	const told = tellEntries(run);
	const days = Map.groupBy(told, ({at}) => new Date(at).toDateString());
	const lines = [...days].flatMap(([day, entries]) => [
		`  ${day}`,
		...entries.map(each => `${glyphs.health[each.health]} ${timeOf(each)}  ${each.what.padEnd(8)}${each.text}`.trimEnd()),
	]);
	const damage = run.damage.map(({text}) => `${glyphs.health.bad} ${text}`);
	const head = [...headOf(run), own(`in ${run.folder}`)];
	return plainText(
		[head.join('\n'), ...(damage.length === 0 ? [] : [['The journal is damaged', ...damage].join('\n')]), lines.join('\n')],
		glyphs,
	);
}

/** `midwatch journal [list|show RUN|export RUN]`: what was done from here. */
export async function run(argv: readonly string[]): Promise<number> {
	const {
		flags,
		words: [what = 'list', name = ''],
	} = await readArguments('journal', argv);
	if (what === 'list') {
		process.stdout.write(await list(flags));
		return 0;
	}
	const meant = await runMeant(name);
	const asJson = what === 'show' ? flags.output === 'json' : flags.format === 'json';
	process.stdout.write(asJson ? json(runData(meant)) : what === 'show' ? asText(meant, flags) : runMarkdown(meant));
	return 0;
}

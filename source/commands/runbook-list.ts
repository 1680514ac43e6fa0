import {runbooksView} from '../runbooks/listing.ts';
import {fittingOn, openShelf} from '../runbooks/shelf.ts';
import type {Arguments} from './arguments.ts';
import {json} from './data.ts';
import {glyphsFor, plainTable, plainText} from './plain.ts';

/** `midwatch runbook list`: all runbooks, those that fit a finding first. */
export async function run({flags}: Arguments): Promise<number> {
	const shelf = await openShelf(process.env, process.cwd());
	const {finding} = flags;
	const fitting = typeof finding === 'string' ? fittingOn(shelf, {finding: {name: finding}}) : [];
	const view = runbooksView(
		shelf.runbooks,
		shelf.unreadable,
		fitting.map(({id}) => id),
	);
	if (flags.output === 'json') {
		const fits = new Set(fitting);
		const runbooks = shelf.runbooks.map(({runbook: {phases, ...runbook}, trusted}) => ({
			...runbook,
			trusted,
			fits: [...fits].some(({id}) => id === runbook.id),
		}));
		process.stdout.write(json({schema: 'midwatch.runbooks/1', unreadable: shelf.unreadable, runbooks}));
	} else {
		const glyphs = glyphsFor(flags);
		process.stdout.write(plainText([plainTable('Runbooks', view, glyphs, Date.now())], glyphs));
	}
	return 0;
}

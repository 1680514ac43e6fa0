import {runbooksView} from '../../runbooks/listing.ts';
import {stepsOf} from '../../runbooks/session/steps.ts';
import {fittingOn, openShelf} from '../../runbooks/shelf.ts';
import type {Arguments} from '../arguments.ts';
import {json} from '../data.ts';
import {glyphsFor, plainTable, plainText} from '../plain.ts';

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
		const runbooks = shelf.runbooks.map(({runbook, trusted}) => {
			const {id, title, file, origin, alerts, findings, severity, verified, parameters, hash} = runbook;
			const fits = trusted && fitting.some(one => one.id === id);
			return {
				id,
				title,
				file,
				origin,
				trusted,
				fits,
				alerts,
				findings,
				severity,
				verified,
				parameters,
				steps: stepsOf(runbook).length,
				hash,
			};
		});
		process.stdout.write(json({schema: 'midwatch.runbooks/1', unreadable: shelf.unreadable, runbooks}));
	} else {
		const glyphs = glyphsFor(flags);
		process.stdout.write(plainText([plainTable('Runbooks', view, glyphs, Date.now())], glyphs));
	}
	return 0;
}

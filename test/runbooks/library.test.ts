import {expect, test} from 'vitest';
import {commands} from '../../source/commands/table.ts';
import {findingIds} from '../../source/diagnosis.ts';
import {libraryTexts} from '../../source/files/library.ts';
import {lint} from '../../source/runbooks/lint.ts';
import {stepsOf} from '../../source/runbooks/listing.ts';
import {shippedFor} from '../../source/runbooks/match/shipped.ts';
import {parseRunbooks} from '../../source/runbooks/parse/parse.ts';

const library = Object.entries(await libraryTexts()).map(([file, text]) => ({
	file,
	parsed: parseRunbooks(text, file, 'library'),
}));
const verbs = commands.map(({name}) => name).filter(name => name !== '');

test.each(library)('$file has nothing odd', ({parsed}) => {
	expect(lint(parsed, verbs).oddities).toEqual([]);
});

test.each(library)(
	'$file is one runbook with findings that there are, said how far it was verified, and with phases',
	({parsed}) => {
		const [runbook, ...others] = parsed.runbooks;
		if (runbook === undefined) throw new Error('no runbook');
		expect(others).toEqual([]);
		for (const finding of runbook.findings) expect(findingIds).toContain(finding);
		expect(runbook.verified).toMatch(/^(?:on scenario [a-z-]+|with fakes|not yet)$/);
		expect(runbook.phases.map(({kind}) => kind)).toEqual(expect.arrayContaining(['meaning', 'verification']));
		for (const {name, about} of runbook.parameters) expect([name, about !== '']).toEqual([name, true]);
		for (const step of stepsOf(runbook)) expect(step.toEdit).toBeUndefined();
	},
);

test('the table of findings names the first runbook that says it is for them', () => {
	const all = library.flatMap(({parsed}) =>
		parsed.runbooks.flatMap(({id, findings}) => findings.map(finding => [finding, id] as const)),
	);
	expect(shippedFor).toEqual(Object.fromEntries(all.toReversed()));
});

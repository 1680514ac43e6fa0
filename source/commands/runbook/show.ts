import {safeText} from '../../cluster/safe-text.ts';
import {origins} from '../../runbooks/listing.ts';
import type {Block, Parameter, Phase, Runbook, Step} from '../../runbooks/runbook.ts';
import {type Shelved, takeRunbook} from '../../runbooks/shelf.ts';
import {elsewhere} from '../../runbooks/shell/elsewhere.ts';
import type {Arguments} from '../arguments.ts';
import {Complaint} from '../complaint.ts';
import {json} from '../data.ts';
import {glyphsFor, plainText} from '../plain.ts';

const indented = (text: string, by: string): string =>
	text
		.split('\n')
		.map(line => `${by}${safeText(line, 4096)}`.trimEnd())
		.join('\n');

/** What a step does, below its title. */
function doingLines({doing}: Step): readonly string[] {
	switch (doing.is) {
		case 'shell':
			return [indented(doing.script, '       '), ...elsewhere(doing.script).map(sentence => `       ! ${sentence}`)];
		case 'midwatch':
			return doing.commands.map(words => indented(`midwatch ${words.join(' ')}`, '       '));
		default:
			return [];
	}
}

/** What a step is, in a word. */
function kindOf({doing}: Step): string {
	switch (doing.is) {
		case 'shell':
			return doing.class;
		case 'midwatch':
			return 'midwatch';
		case 'wait':
			return 'wait';
		default:
			return 'by hand';
	}
}

function blockLines(block: Block): readonly string[] {
	if (block.is === 'prose') return block.lines.map(line => `     ${line}`.trimEnd());
	const {step} = block;
	const number = String(step.number).padStart(3);
	return [
		`${number}  ${step.title}  (${kindOf(step)})`,
		...(step.toEdit === undefined ? [] : [`       has to be edited: ${step.toEdit}`]),
		...doingLines(step),
	];
}

function phaseText({title, blocks, level}: Phase): string {
	const head = level <= 1 ? [] : [`${'#'.repeat(level)} ${title}`, ''];
	return [...head, ...blocks.flatMap((block, at) => [...(at === 0 ? [] : ['']), ...blockLines(block)])].join('\n');
}

const parameterLine = ({name, about, type, default: otherwise}: Parameter): string =>
	`  ${name}  ${[about === '' ? type : about, ...(otherwise === undefined ? [] : [`default ${safeText(otherwise, 120)}`])].join(', ')}`;

function asText({runbook, trusted}: Shelved, dot: string): readonly string[] {
	const {id, title, origin, file, alerts, findings, severity, verified, parameters, phases} = runbook;
	const shown = (all: readonly string[]): string => safeText(all.join(', '), 400);
	const facts = [
		['from', origin === 'library' ? origins.library : safeText(file, 400)],
		['for', shown([...findings, ...alerts])],
		['severity', severity],
		['verified', verified],
		['trusted', trusted ? '' : 'not yet: look at it before you run it'],
	].flatMap(([label = '', value = '']) => (value === '' ? [] : [`  ${label.padEnd(8)}  ${value}`]));
	const asked = parameters.length === 0 ? [] : [['Parameters', ...parameters.map(parameterLine)].join('\n')];
	return [
		[`${safeText(id, 120)} ${dot} ${title}`, ...facts].join('\n'),
		...asked,
		...phases.map(phaseText).filter(text => text !== ''),
	];
}

/** The runbook that is meant by an id. @throws Complaint */
async function meant(id: string): Promise<Shelved> {
	const found = await takeRunbook(process.env, process.cwd(), id);
	if (typeof found === 'string') throw new Complaint(found, 2);
	return found;
}

const asData = ({runbook, trusted}: {readonly runbook: Runbook; readonly trusted: boolean}): string =>
	json({schema: 'midwatch.runbook/1', trusted, ...runbook});

/** `midwatch runbook show ID`: a runbook with its steps, as midwatch takes it. */
export async function run({flags, words: [, id = '']}: Arguments): Promise<number> {
	const shelved = await meant(id);
	const glyphs = glyphsFor(flags);
	process.stdout.write(flags.output === 'json' ? asData(shelved) : plainText(asText(shelved, glyphs.dot), glyphs));
	return 0;
}

import type {Plan, Weight} from '../../../actions/plan.ts';
import {planLines, weightTitles} from '../../../actions/tell.ts';
import {commandLine} from '../../../shell-word.ts';
import {type Health, own, type SafeText, say} from '../../../vocabulary.ts';
import type {Look} from '../../widgets/look.ts';
import {roleOf} from '../../widgets/theme.ts';
import {wrap} from '../../widgets/width.ts';
import {followUpOf} from './follow-up.ts';
import type {ActionView} from './underway.ts';
import {healthOfResult, shortWords, titleOfStage} from './words.ts';

/** Lines of the page of an action, each with what it is: a heading, or how well what it says is. */
export type PageLine = {readonly text: SafeText; readonly is?: 'heading' | Health};

const line = (text: SafeText, is?: PageLine['is']): PageLine => (is === undefined ? {text} : {text, is});
const blank = line(own(''));

/** A text over as many lines as it needs, those after the first set in. */
function told(text: SafeText, width: number, is?: PageLine['is'], sign = ''): readonly PageLine[] {
	const begin = sign === '' ? '' : `${sign} `;
	return wrap(text, Math.max(1, width - begin.length)).map((part, at) =>
		line(own(`${at === 0 ? begin : ' '.repeat(begin.length)}${part}`), is),
	);
}

/** Sections with a blank line between them; those without lines are left out. */
const sections = (...of: readonly (readonly PageLine[])[]): readonly PageLine[] =>
	of.filter(({length}) => length > 0).flatMap((lines, at) => (at === 0 ? lines : [blank, ...lines]));

/** Lines below a title; nothing where there are none. */
const section = (title: string, lines: readonly PageLine[], width: number): readonly PageLine[] =>
	lines.length === 0 ? [] : [...told(own(title), width, 'heading'), ...lines];

const healths: Readonly<Record<Weight, Health>> = {
	refuses: 'bad',
	overrides: 'bad',
	blocks: 'warn',
	hurts: 'warn',
	unknown: 'unknown',
	tells: 'ok',
};
const healthOfTitle: ReadonlyMap<string, Health> = new Map(
	Object.entries(weightTitles).map(([weight, title]) => [title, healths[weight as Weight]]),
);

/** The plan in its own words; its title stands above them already. */
function planned(plan: Plan, width: number): readonly PageLine[] {
	const all = planLines(plan, width);
	const body = all.slice(all.indexOf(own('')) + 1);
	return body.map(text => line(text, healthOfTitle.get(text) ?? (/^\S/.test(text) ? 'heading' : undefined)));
}

/** The options of a drain that lose something, with their keys. */
function options({request, attended}: ActionView, width: number): readonly PageLine[] {
	if (request.is !== 'drain' || attended) return [];
	const {force, deleteEmptyDirData} = request.options;
	const onOff = (isOn: boolean) => own(isOn ? 'on' : 'off');
	return told(say`Options: f --force is ${onOff(force)}, e --delete-emptydir-data is ${onOff(deleteEmptyDirData)}`, width);
}

function differences({stage, changed}: ActionView, width: number): readonly PageLine[] {
	const all = [...changed, ...(stage.is === 'planned' ? stage.changed : [])];
	return section(
		'Different from what was shown before',
		all.flatMap(text => told(text, width, 'warn', '!')),
		width,
	);
}

const newestFirst = (lines: readonly SafeText[], width: number): readonly PageLine[] =>
	section(
		'So far, the newest first',
		lines.toReversed().flatMap(text => told(text, width, undefined, '-')),
		width,
	);

/** What can be asked for next, with its key and as a command. */
function followUps({request, stage}: ActionView, width: number): readonly PageLine[] {
	if (stage.is !== 'ended') return [];
	const {resume, rollBack} = stage.outcome;
	const can = followUpOf(request, stage);
	const journal = stage.run === '' ? undefined : ['midwatch', 'journal', 'show', stage.run];
	const ways = [
		[can.resume && 'r', 'go on from here', resume],
		[can.rollBack && 'u', 'take it back', rollBack],
		[undefined, 'read what was done', journal],
	] as const;
	return section(
		'From here',
		ways.flatMap(([key, does, words]) => {
			const command = words && commandLine(words);
			if (words === undefined) return [];
			return told(own(`${does}${command === undefined ? '' : `: ${command}`}`), width, undefined, key ?? ' ');
		}),
		width,
	);
}

/** The page of an action in lines of at most `width` columns. */
export function pageOfAction(view: ActionView, width: number): {readonly title: SafeText; readonly lines: readonly PageLine[]} {
	const {stage, progress} = view;
	const title = titleOfStage(stage);
	switch (stage.is) {
		case 'planning':
			return {title: say`${title}: planning`, lines: told(own('Looking at the cluster as it is now.'), width)};
		case 'refused': {
			const why = told(stage.why, width, stage.by === 'person' ? 'held' : 'bad', stage.by === 'person' ? '' : 'Refused:');
			const plan = stage.plan === undefined ? [] : planned(stage.plan, width);
			return {title: say`${title}: refused`, lines: sections(why, stage.plan === undefined ? [] : options(view, width), plan)};
		}
		case 'planned': {
			const allow = stage.allow === undefined ? [] : told(stage.allow, width, 'warn', '!');
			const body = planned(stage.plan, width);
			return {title: say`${title}: plan`, lines: sections(differences(view, width), allow, options(view, width), body)};
		}
		case 'starting':
			return {
				title: say`${title}: starting`,
				lines: sections(told(own('Planned once more, and permissions are asked.'), width), planned(stage.plan, width)),
			};
		case 'running': {
			const done = stage.progress === undefined ? own('begun') : own(`${stage.progress.done} of ${stage.progress.total} done`);
			const waiting = (stage.progress?.waiting ?? []).flatMap(text => told(text, width, 'warn', '-'));
			const stopping = stage.stopping ? told(own('It stops at the next safe point.'), width, 'held') : [];
			return {
				title: shortWords(stage),
				lines: sections(
					stopping,
					[line(done, 'heading')],
					section('Waiting for', waiting, width),
					newestFirst(stage.progress?.lines ?? [], width),
				),
			};
		}
		case 'ended': {
			const {result, text} = stage.outcome;
			return {
				title: say`${title}: ${own(result)}`,
				lines: sections(
					told(text, width, healthOfResult[result]),
					followUps(view, width),
					newestFirst(progress?.lines ?? [], width),
				),
			};
		}
	}
}

/** The lines as they are painted. Heading and health are words already; colours only help to find them. */
export function paintPage(lines: readonly PageLine[], look: Look): readonly string[] {
	return lines.map(({text, is}) => {
		if (is === undefined) return ` ${text}`;
		return is === 'heading' ? ` ${look.strong(text)}` : ` ${look.paint(roleOf(is), text)}`;
	});
}

import {homedir} from 'node:os';
import {actionFor} from '../../actions/actions.ts';
import type {Hands} from '../../actions/hands.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {allowChanges} from '../../files/allowed.ts';
import {trustRunbook} from '../../files/trusted.ts';
import type {Finding} from '../../findings/finding.ts';
import {historyOf} from '../../findings/history.ts';
import type {Attending, OpenRun, Runbooks} from '../../interface/shell/guide/reach.ts';
import {type ReadRun, readRun, runNames} from '../../journal/runs.ts';
import {beginningOf} from '../../journal/view.ts';
import {runInTerminal} from '../../runbooks/execute/in-terminal.ts';
import {reportMarkdown} from '../../runbooks/report/markdown.ts';
import {fragileLine} from '../../runbooks/session/fragile-line.ts';
import {writtenPlan} from '../../runbooks/session/written-plan.ts';
import {openShelf} from '../../runbooks/shelf.ts';
import {isClearedIn} from '../../runbooks/walk/cleared.ts';
import {noteFinding} from '../../runbooks/walk/finding-note.ts';
import {followFinding} from '../../runbooks/walk/follow-finding.ts';
import {whyUnchanged} from '../../runbooks/walk/guarded.ts';
import {beginWalk, type Errand, type Ground, resumeWalk, type Walk} from '../../runbooks/walk/open-walk.ts';
import {ownSteps} from '../../runbooks/walk/own-steps.ts';
import {commandLine} from '../../shell-word.ts';
import {own, type Row, type SafeText, say} from '../../vocabulary.ts';
import {placeOf} from '../background.ts';
import {Complaint} from '../complaint.ts';
import type {Mouth} from '../mouth.ts';
import type {Session} from '../session.ts';
import {askedAction} from './asked-action.ts';
import {editorOf, editScript} from './edit-script.ts';
import {ourselves} from './ourselves.ts';
import {reportOn} from './run-report.ts';
import {takenUp} from './taken-up.ts';

/** Runbooks on the dashboard, and what somebody who leaves has to know of the one that is walked. */
export type Guiding = Runbooks & {readonly close: () => Promise<readonly SafeText[]>};

/** Where runbooks are walked: on the cluster that is looked at when one is begun. */
export type Around = {readonly here: () => Session; readonly hands: () => Promise<Hands>};

/** So many of the last runs are looked at for those that can be taken up. */
const mostRuns = 50;

/** Where nobody but the dashboard says anything. */
const silent: Mouth = {say: () => {}, answers: false, ask: async () => undefined, width: 80};

/** The findings that a row is about: the one that it stands for, then those of the same object. */
function findingsOf({key, subject, about}: Row, all: readonly Finding[]): readonly Finding[] {
	const there = all.filter(({is}) => is !== 'cleared');
	const own = there.filter(({name}) => name === key);
	const isSame = ({symptom: {subject: of, about: what}}: Finding): boolean =>
		(subject !== undefined &&
			of?.resource === subject.resource &&
			of.namespace === subject.namespace &&
			of.name === subject.name) ||
		what === key ||
		(about !== undefined && what === about);
	return [...own, ...there.filter(finding => !own.includes(finding) && isSame(finding))];
}

/** The outage, while the API server does not answer: its line tells, since nobody can read that from the server. */
function outageOf({cluster}: Session): readonly Finding[] {
	const {is, heardAt, skew, why} = cluster.transport.line();
	if (is !== 'down') return [];
	const id = 'apiserver-unreachable';
	const since = heardAt === 0 ? cluster.now() : heardAt + skew;
	const evidence = why === undefined ? [] : [why];
	const symptom = {
		id,
		about: own('API server'),
		after: {critical: 0},
		since,
		title: own('no answer'),
		evidence,
		causes: [],
	} as const;
	return [{name: id, symptom, class: 'incident', severity: 'critical', is: 'raised', since, known: 'watched'}];
}

/** A run as it can be chosen to be taken up; undefined where it cannot. */
function openRun({run, state, entries}: ReadRun): OpenRun | undefined {
	const plan = writtenPlan(entries);
	const last = entries.at(-1);
	if (plan === undefined || last === undefined || (state !== 'stopped' && state !== 'unknown')) return undefined;
	const begun = entries.findLast(({is}) => is === 'intent' || is === 'ended');
	const text = begun?.is === 'ended' ? begun.text : begun?.is === 'intent' ? begun.title : '';
	const {id: runbook, finding} = plan;
	return {run, runbook, state, at: last.at, text: safeText(text, 200), ...(finding === undefined ? {} : {finding})};
}

/** Makes what the dashboard walks runbooks with. */
export function guidingOn({here, hands}: Around): Guiding {
	let last: Walk | undefined;
	const ledger = () => here().world.current().ledger;

	const groundFor = async ({attend, inTerminal}: Attending): Promise<Ground> => {
		const given = await hands();
		const {target, world, cluster} = here();
		const midwatch = ourselves();
		return {
			hands: given,
			target,
			supervisor: [...midwatch, '__supervise'],
			ours: (parameters, shell) =>
				ownSteps({hands: given, actionFor, parameters, requestOf: askedAction, attend, shell, midwatch}),
			isCleared: name =>
				// Nobody reads it as a resource: the line itself tells.
				name === 'apiserver-unreachable' ? cluster.transport.line().is === 'up' : isClearedIn(world.current().ledger, name),
			directory: homedir(),
			inTerminal: order => inTerminal(order, () => runInTerminal(order, process.env.TERM ?? 'dumb')),
		};
	};
	const opened = (walk: Walk, errand: Errand): Walk => {
		const {world} = here();
		let stop = () => {};
		noteFinding(errand, walk, (name, told) => {
			stop = followFinding(world, name, told);
		});
		void walk.closed.then(stop);
		last = walk;
		return walk;
	};
	const isHere = async ({entries}: ReadRun): Promise<boolean> => {
		const {context, server} = await placeOf(here().target);
		const began = beginningOf(entries);
		return began?.context === context && began.server === server;
	};

	return {
		shelf: () => openShelf(process.env, process.cwd()),
		runs: async () => {
			const names = (await runNames(process.env)).filter(name => name.includes('-runbook-')).slice(0, mostRuns);
			const read = await Promise.all(names.map(name => readRun(process.env, name).catch(() => undefined)));
			const known = read.map(async run => (run !== undefined && (await isHere(run)) ? openRun(run) : undefined));
			return (await Promise.all(known)).filter(run => run !== undefined);
		},
		findings: row => [...outageOf(here()), ...(row === undefined ? [] : findingsOf(row, ledger().findings))],
		finding: name => ledger().findings.find(each => each.name === name),
		trust: ({file, hash}) => trustRunbook(process.env, {file, hash}),
		begin: async (errand, attending) => opened(await beginWalk(await groundFor(attending), errand), errand),
		taken: async run => {
			const {plan, shelved} = await takenUp(await readRun(process.env, run));
			const {parameters, finding} = plan;
			return {shelved, errand: {runbook: shelved.runbook, parameters, ...(finding === undefined ? {} : {finding})}};
		},
		resume: async (errand, run, attending) => opened(await resumeWalk(await groundFor(attending), errand, run), errand),
		whyUnchanged: async () => whyUnchanged(await hands()),
		allow: async () => {
			const {environment, place} = await hands();
			await allowChanges(environment, place);
		},
		edits: script => editorOf(process.env) !== undefined || script.includes('\n'),
		edit: (script, folder) => editScript(script, folder, silent, new AbortController().signal, editorOf(process.env) ?? 'vi'),
		report: async run => {
			const {world, cluster} = here();
			const report = await reportOn(await readRun(process.env, run), Promise.resolve(historyOf(world.current(), cluster)));
			if (report === undefined) throw new Complaint(`The run ${run} is no runbook.`, 2);
			const lines = reportMarkdown(report)
				.split('\n')
				.map(line => safeText(line, 4096));
			return {lines, command: ['midwatch', 'runbook', 'report', run]};
		},
		fragile: () => fragileLine(process.env),
		close: async () => {
			if (last === undefined) return [];
			const {live, run, closed} = last;
			live.close();
			await closed;
			const {over} = live.session();
			if (over !== undefined && over.result !== 'stopped') return [];
			const line = commandLine(['midwatch', 'runbook', 'resume', run]);
			return [
				say`runbook ${safeText(live.session().runbook.id, 120)}: ${over === undefined ? own('left') : safeText(over.text, 200)}`,
				...(line === undefined ? [] : [say`to go on: ${line}`]),
			];
		},
	};
}

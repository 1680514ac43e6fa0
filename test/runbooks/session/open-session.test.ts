import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {writePinned} from '../../../source/files/pinned-files.ts';
import type {RunJournal} from '../../../source/journal/journal.ts';
import {beginRun, readRun, resumeRun} from '../../../source/journal/runs.ts';
import type {Performer} from '../../../source/runbooks/session/open-session.ts';
import {asWritten, type LiveSession, openSession} from '../../../source/runbooks/session/open-session.ts';
import {performerOf} from '../../../source/runbooks/session/performer.ts';
import {newSession, type Session, stateOfStep} from '../../../source/runbooks/session/session.ts';
import {shellSteps} from '../../../source/runbooks/session/shell-steps.ts';
import {stepsOf} from '../../../source/runbooks/session/steps.ts';
import {waitSteps} from '../../../source/runbooks/session/wait-steps.ts';
import {began, place} from '../../journal/home.ts';
import {rules, runbookOf} from './walking.ts';

let home: string;
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'midwatch-session-'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

const source = (file: string): string => JSON.stringify(new URL(`../../../source/${file}`, import.meta.url).href);
const environment = () => ({XDG_STATE_HOME: home, PATH: process.env.PATH ?? '', SHELL: '/bin/sh'});
const parameters = {NODE: 'nuc-2; touch injected'};
const noAction: Performer = {
	perform: () => Promise.reject(new Error('there is no action here')),
	follow: () => Promise.reject(new Error('there is no action here')),
};

async function performer({folder}: RunJournal, cleared: () => boolean | undefined = () => true): Promise<Performer> {
	const supervisor = join(home, 'supervisor.mjs');
	await writeFile(
		supervisor,
		`const {supervise} = await import(${source('runbooks/execute/supervise.ts')});\nprocess.exitCode = await supervise();\n`,
	);
	const shell = shellSteps({
		pinned: {write: () => writePinned(folder, {the: 'one'}, {}), context: 'homelab'},
		environment: environment(),
		parameters,
		directory: home,
		folder,
		secrets: [],
		output: 'full',
		supervisor: [process.execPath, supervisor],
	});
	return performerOf({shell, midwatch: noAction, wait: waitSteps({parameters, isCleared: cleared, shell, every: 20})});
}

const markdown = `# Look

\`\`\`sh
echo "$NODE"; echo DB_PASSWORD=hunter2; cat "$KUBECONFIG"
\`\`\`

\`\`\`sh
sleep 1; touch changed; echo elsewhere > "$KUBECONFIG"; exit 3
\`\`\`

\`\`\`midwatch
wait until test -e changed
wait node-not-ready:nuc-2
\`\`\`
`;
const runbook = runbookOf(markdown);

const until = (live: LiveSession, is: (session: Session) => boolean): Promise<Session> =>
	new Promise(resolve => {
		const look = () => {
			if (!is(live.session())) return;
			stop();
			resolve(live.session());
		};
		const stop = live.subscribe(look);
		look();
	});
const stateAt = (session: Session, number: number) => stateOfStep(session, stepsOf(runbook)[number - 1]?.id ?? '');
const atRest = (session: Session) => !session.keeping && ![...session.steps.values()].some(({is}) => is === 'running');

async function open(cleared?: () => boolean | undefined) {
	const journal = await beginRun(environment(), {place, what: 'runbook', subject: runbook.id});
	const live = openSession({
		session: newSession(runbook, parameters, rules),
		journal,
		first: {...began, what: 'runbook'},
		performer: await performer(journal, cleared),
		now: Date.now,
	});
	await until(live, atRest);
	return {live, journal};
}

test('a runbook is walked from its first step to its end, and all of it is written down', async () => {
	let cleared: boolean | undefined;
	const {live, journal} = await open(() => cleared);
	live.wish({is: 'run'});
	await until(live, session => stateAt(session, 1).is === 'done');
	expect(live.seen().lines[0]).toBe('nuc-2; touch injected');
	live.wish({is: 'run'});
	expect(live.session().asking?.confirm).toEqual({ask: 'yes'});
	live.wish({is: 'confirm'});
	expect(stateAt(await until(live, session => stateAt(session, 2).is === 'failed'), 2).text).toBe('exit code 3');
	live.wish({is: 'mark', result: 'done', text: 'it did what it should'});
	await until(live, session => stateAt(session, 2).is === 'done' && atRest(session));
	live.wish({is: 'run'});
	await until(live, session => stateAt(session, 3).is === 'done' && atRest(session));
	live.wish({is: 'run'});
	await until(live, session => stateAt(session, 4).is === 'running');
	cleared = true;
	await until(live, session => stateAt(session, 4).is === 'done' && atRest(session));
	// What a step made of its kubeconfig does not outlive it.
	live.wish({is: 'go', to: stepsOf(runbook)[0]?.id ?? ''});
	await until(live, session => session.at === stepsOf(runbook)[0]?.id && atRest(session));
	live.wish({is: 'run'});
	await until(live, session => stateAt(session, 1).attempts === 2 && atRest(session));
	expect(live.seen().lines.at(-1)).toBe('{"the":"one"}');
	live.wish({is: 'finish'});
	await live.closed;
	const {entries, state, damage} = await readRun(environment(), journal.run);
	expect({state, damage}).toEqual({state: 'done', damage: []});
	expect(entries.at(-1)).toMatchObject({is: 'ended', result: 'done', text: '4 done'});
	const output = await readFile(join(journal.folder, 'steps', `${stepsOf(runbook)[0]?.id}-1`, 'output'), 'utf8');
	expect(output).toBe('nuc-2; touch injected\nDB_PASSWORD=[redacted]\n{"the":"one"}\n');
});

test('what is waited for can be stopped', async () => {
	const {live} = await open(() => undefined);
	live.wish({is: 'go', to: stepsOf(runbook)[3]?.id ?? ''});
	await until(live, session => session.at === stepsOf(runbook)[3]?.id && atRest(session));
	live.wish({is: 'run'});
	await until(live, session => stateAt(session, 4).is === 'running');
	expect(live.seen().lines).toEqual(['waiting, and cannot tell now: node-not-ready:nuc-2 is cleared']);
	live.wish({is: 'stop'});
	expect(stateAt(await until(live, session => stateAt(session, 4).is === 'stopped'), 4).text).toMatch(/^stopped waiting/);
	live.close();
	await live.closed;
});

test('broken off in the middle of a change, it is taken up with what came of it', async () => {
	const script = join(home, 'midwatch.mjs');
	await writeFile(
		script,
		`const {openSession} = await import(${source('runbooks/session/open-session.ts')});
		const {shellSteps} = await import(${source('runbooks/session/shell-steps.ts')});
		const {newSession} = await import(${source('runbooks/session/session.ts')});
		const {parseRunbooks} = await import(${source('runbooks/parse/parse.ts')});
		const {beginRun} = await import(${source('journal/runs.ts')});
		const {writePinned} = await import(${source('files/pinned-files.ts')});
		const [environment, parameters, place, rules, began, markdown, directory] = ${JSON.stringify([environment(), parameters, place, rules, began, markdown, home])};
		const journal = await beginRun(environment, {place, what: 'runbook', subject: 'look'});
		const pinned = {write: () => writePinned(journal.folder, {}, {}), context: 'homelab'};
		const supervisor = [process.execPath, directory + '/supervisor.mjs'];
		const shell = shellSteps({pinned, environment, parameters, directory, folder: journal.folder, secrets: [], output: 'full', supervisor});
		const [runbook] = parseRunbooks(markdown, '/runbooks/look.md', 'user').runbooks;
		const live = openSession({session: newSession(runbook, parameters, rules), journal, first: began, performer: shell, now: Date.now});
		const id = runbook.phases.flatMap(({blocks}) => blocks).filter(({is}) => is === 'step')[1].step.id;
		live.subscribe(() => {
			const {keeping, at, asking, steps} = live.session();
			if (keeping) return;
			if (steps.get(id)?.is === 'running') setTimeout(() => process.stdout.write(journal.run), 300);
			else if (asking !== undefined) live.wish({is: 'confirm'});
			else live.wish(at === id ? {is: 'run'} : {is: 'go', to: id});
		});`,
	);
	const supervisor = join(home, 'supervisor.mjs');
	await writeFile(
		supervisor,
		`const {supervise} = await import(${source('runbooks/execute/supervise.ts')});\nprocess.exitCode = await supervise();\n`,
	);
	const child = spawn(process.execPath, [script], {stdio: ['ignore', 'pipe', 'inherit']});
	const run = await new Promise<string>(resolve => child.stdout.once('data', data => resolve(String(data))));
	child.kill('SIGKILL');
	await once(child, 'close');

	const journal = await resumeRun(environment(), run, {place});
	const before = asWritten(newSession(runbook, parameters, rules), journal.before);
	expect(stateAt(before, 2).is).toBe('running');
	const live = openSession({
		session: before,
		journal,
		first: {is: 'resumed', by: 'me', version: '0'},
		performer: await performer(journal),
		now: Date.now,
	});
	const after = await until(live, session => stateAt(session, 2).is === 'failed' && atRest(session));
	expect(stateAt(after, 2)).toMatchObject({text: 'exit code 3', attempts: 1});
	expect(await readFile(join(home, 'changed'), 'utf8')).toBe('');
	live.close();
	await live.closed;
	expect(await readRun(environment(), run)).toMatchObject({damage: []});
});

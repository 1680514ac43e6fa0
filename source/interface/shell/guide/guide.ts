import {safeText} from '../../../cluster/safe-text.ts';
import {sentenceOf} from '../../../cluster/sentence.ts';
import {runningStep, type Session, stateOfStep} from '../../../runbooks/session/session.ts';
import {stepOf} from '../../../runbooks/session/steps.ts';
import {commandLine} from '../../../shell-word.ts';
import {own, type Row, type SafeText, say} from '../../../vocabulary.ts';
import type {Command} from '../keymap.ts';
import type {Stage} from '../reach.ts';
import type {Around} from './around.ts';
import {openBook, openTaken} from './book.ts';
import {makeDrawing} from './drawing.ts';
import type {Attending} from './reach.ts';
import {makeReading} from './reading.ts';
import {reduceGuide} from './reduce.ts';
import {fittingFor, keyOfRun, keyOfWalk, type Listed} from './shelf-view.ts';
import type {Shown} from './shown.ts';
import {type GuideEvent, type GuideUi, guideAtRest, type Move, type Question} from './state.ts';
import {makeStepping} from './stepping.ts';
import type {GuideView} from './view.ts';
import {shortWords} from './walk-page.ts';
import {makeWalking} from './walking.ts';

/** Everything of runbooks on one dashboard. */
export type Guide = {
	readonly view: () => GuideView;
	/** Opens the list, what fits a row first. */
	readonly open: (row: Row | undefined) => Promise<void>;
	/** Opens one runbook by its id, or goes on with a run. */
	readonly openNamed: (what: {readonly id: string} | {readonly run: string}, row: Row | undefined) => Promise<void>;
	/** Back to the one that is walked. */
	readonly goBack: () => void;
	/** Does what a command asks for here; undefined where it means something else. Keys wait for what it returns. */
	readonly perform: (command: Command, stage: Stage) => Promise<void> | undefined;
	readonly type: (change: (text: string) => string) => void;
	/** What is walked and not over, in a few words; undefined for nothing. */
	readonly underWay: () => SafeText | undefined;
	/** Leaves what is walked, so that it can be taken up again. */
	readonly leave: () => Promise<void>;
	/** Another cluster is looked at. */
	readonly moved: () => void;
};

const moves: ReadonlySet<Command> = new Set<Move>(['down', 'up', 'first', 'last', 'pageDown', 'pageUp']);
const isMove = (command: Command): command is Move => moves.has(command);

const none: Listed = {shelf: {runbooks: [], unreadable: []}, runs: [], findings: []};

/** Makes the runbooks of one dashboard. */
export function makeGuide(around: Around): Guide {
	const {runbooks, tell, copy, changed, key} = around;
	let ui: GuideUi = guideAtRest;
	let listed: Listed = none;
	let report: Shown['report'];
	let stage: Stage | undefined;

	const drawing = makeDrawing(key);
	const shown = (): Shown => {
		const going = walking.going();
		const finding = going?.book.finding;
		return {
			ui,
			listed,
			book: ui.page === 'runbook' ? reading.book() : undefined,
			going,
			seen: going?.walk.live.seen(),
			finding: finding === undefined ? undefined : runbooks.finding(finding),
			report,
			context: around.context(),
			// Only days matter to how a time is told.
			now: Math.ceil(around.now() / 60_000) * 60_000,
		};
	};
	const dispatch = (event: GuideEvent) => {
		ui = reduceGuide(ui, event, drawing.sight(shown(), around.room()));
		if (around.isOpen()) around.show();
		changed();
	};
	const ask = (question: Question, typed = '') => dispatch({is: 'asked', question, typed});
	const asked = () => dispatch({is: 'asked', question: undefined});
	const goTo = (page: GuideUi['page'], step?: string) => {
		dispatch({is: 'went', page, ...(step === undefined ? {} : {step})});
		around.show();
	};
	const failed = (error: unknown) => tell('bad', sentenceOf(error));

	/** What is walked stands otherwise: that is to be seen, here or from elsewhere. */
	const heard = (before: Session | undefined) => {
		const session = walking.going()?.session;
		const was = before && runningStep(before);
		const is = session && runningStep(session);
		if (before?.at !== session?.at || was !== is) ui = reduceGuide(ui, {is: 'followed'}, drawing.sight(shown(), around.room()));
		changed();
		if (session !== undefined && was !== undefined && was !== is && !around.isOpen()) tellEnd(session, was);
	};
	const tellEnd = (session: Session, id: string) => {
		const {is, text} = stateOfStep(session, id);
		const health = is === 'done' ? 'ok' : is === 'failed' ? 'bad' : 'warn';
		const number = stepOf(session.runbook, id)?.number ?? 0;
		tell(health, say`${shortWords(session)}: step ${number} ${own(is)}, ${safeText(text, 200)}`);
	};

	const attending: Attending = {
		attend: async (undertaking, stop, request) => {
			await around.attend(undertaking, stop, request);
			around.show();
		},
		inTerminal: async (_, run) => {
			if (stage === undefined) return run();
			const ends: Array<Awaited<ReturnType<typeof run>>> = [];
			await stage.away(async () => void ends.push(await run()));
			return ends[0] ?? run();
		},
	};
	const walking = makeWalking(runbooks, heard);
	const reading = makeReading({runbooks, tell, key, ask, asked, walking, attending, begun: () => goTo('walk')});
	const stepping = makeStepping({runbooks, tell, key, ask, walking});

	const takeUp = async (run: string): Promise<void> => {
		const {shelved, errand} = await runbooks.taken(run);
		reading.open(openTaken(shelved, errand, run));
		goTo('runbook');
		await reading.walk(undefined);
	};
	const openFrom = (isOne: (key: string, id: string) => boolean) => {
		const shelved = listed.shelf.runbooks.find(({runbook: {file, id}}) => isOne(`${file}#${id}`, id));
		if (shelved === undefined) return;
		const {id} = shelved.runbook;
		reading.open(openBook(shelved, fittingFor(listed).get(id)));
		ui = {...ui, step: undefined};
		goTo('runbook');
	};
	const choose = async (): Promise<void> => {
		const chosen = drawing.entry(shown());
		if (chosen === keyOfWalk) return goTo('walk');
		const run = listed.runs.find(each => keyOfRun(each.run) === chosen);
		if (run === undefined) openFrom(key => key === chosen);
		else await takeUp(run.run);
	};

	const answer = async (): Promise<void> => {
		const {asks} = ui;
		const typed = ui.typed.trim();
		if (asks === undefined) return;
		if (asks.is === 'value') return reading.takeValue(asks, typed, ui.step);
		const wanted = asks.is === 'trust' || asks.is === 'allow' ? 'yes' : asks.is === 'confirm' ? asks.wanted : undefined;
		if (wanted !== undefined && typed !== wanted)
			return tell('unknown', say`Only ${own(wanted)} is a yes: type it, or esc leads back.`);
		if ((asks.is === 'skip' || asks.is === 'abandon' || asks.is === 'note') && typed === '')
			return tell('unknown', own('Say it in a few words, or esc leads back.'));
		asked();
		if (asks.is !== 'trust') return stepping.answer(asks, typed);
		await reading.trust();
		return reading.walk(ui.step);
	};
	const giveUp = async ({asks}: GuideUi): Promise<void> => {
		if (asks !== undefined) await stepping.decline(asks);
		asked();
	};

	const showReport = async (run: string): Promise<void> => {
		report = await runbooks.report(run);
		goTo('report');
	};
	const copyWhere = (to: Stage) => {
		const {session, walk} = walking.going() ?? {};
		const goesOn = session?.over === undefined || session.over.result === 'stopped';
		const resume = walk && ['midwatch', 'runbook', goesOn ? 'resume' : 'report', walk.run];
		const command = commandLine((ui.page === 'report' ? report?.command : resume) ?? []);
		copy(command === undefined || command === '' ? {refused: 'there is no command for this'} : {command}, to);
	};
	/** One step back: from the report to the walk, from a runbook to where it was opened from, and out. */
	const back = () => {
		const going = walking.going();
		if (ui.page === 'report') goTo('walk');
		else if (ui.page === 'runbook') goTo(going !== undefined && going.book === reading.book() ? 'walk' : 'shelf');
		else around.hide();
	};

	/** Does what a command asks for on the page that is looked at. */
	const here = (command: Command, at: Stage): Promise<void> | undefined | false => {
		const going = walking.going();
		if (command === 'back' || command === 'quit') back();
		else if (isMove(command)) dispatch({is: 'moved', move: command});
		else if (command === 'copyLine') copyWhere(at);
		else if (ui.page === 'shelf') return command === 'open' ? choose() : false;
		else if (ui.page === 'runbook') {
			if (command === 'open') return reading.walk(ui.step);
			if (command === 'nextPart' || command === 'previousPart') dispatch({is: 'jumped', by: command === 'nextPart' ? 1 : -1});
			else if (command === 'values') reading.askValues();
			else return false;
		} else if (going === undefined) return false;
		else if (command === 'whole') {
			reading.open(going.book);
			goTo('runbook', going.session.at);
		} else if (command === 'report') return showReport(going.walk.run);
		else return ui.page === 'walk' ? (stepping.perform(command, at) ?? false) : false;
		return undefined;
	};

	return {
		view: () => drawing.view(shown()),
		open: async row => {
			const [shelf, runs] = await Promise.all([runbooks.shelf(), runbooks.runs()]);
			const current = walking.isUnderWay() ? walking.going() : undefined;
			const findings = runbooks.findings(row);
			const others = runs.filter(({run}) => run !== current?.walk.run);
			listed = {shelf, runs: others, findings, ...(current === undefined ? {} : {walked: current.session})};
			ui = {...ui, entry: undefined};
			goTo('shelf');
		},
		openNamed: async (what, row) => {
			if ('run' in what) return takeUp(what.run);
			listed = {shelf: await runbooks.shelf(), runs: [], findings: runbooks.findings(row)};
			openFrom((_, id) => id === what.id);
		},
		goBack: () => goTo('walk'),
		perform: (command, at) => {
			stage = at;
			const isAsking = ui.asks !== undefined;
			if (isAsking && command !== 'open' && command !== 'back') return undefined;
			const did = isAsking ? (command === 'open' ? answer() : giveUp(ui)) : here(command, at);
			return did === false ? undefined : (did ?? Promise.resolve()).catch(failed);
		},
		type: change => dispatch({is: 'typed', text: change(ui.typed)}),
		underWay: () => {
			const going = walking.going();
			return going !== undefined && walking.isUnderWay() ? shortWords(going.session) : undefined;
		},
		leave: walking.leave,
		moved: () => {
			[ui, listed, report] = [guideAtRest, none, undefined];
			reading.open(undefined);
		},
	};
}

import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {duration} from '../../words.ts';
import {type Command, startCommand} from './command.ts';
import {dieWithUs} from './die-with-us.ts';
import {inShell, unanswered} from './environment.ts';
import type {Ended, Onlooker, Order} from './order.ts';
import {keepOutput, linesToKeep} from './output.ts';
import {signalGroup, stopGroup} from './stop-group.ts';

/** How often who looks on is told, in milliseconds. */
const glance = 100;

type Exit = Awaited<Command['ended']>;

/** Why it was ended before its time. */
type Cut = 'stopped' | 'out of time' | undefined;

function ending({code, signal}: Exit, cut: Cut, {within = 0}: Order): Pick<Ended, 'result' | 'text' | 'exit'> {
	const how: SafeText = signal === undefined ? say`exit code ${code}` : say`ended by ${own(signal)}`;
	const exit = signal === undefined ? {exit: code} : {};
	if (cut === 'stopped') return {result: 'stopped', text: say`stopped, ${how}`, ...exit};
	if (cut === 'out of time') return {result: 'failed', text: say`not done within ${duration(within, 'fine')}, ${how}`, ...exit};
	return {result: code === 0 && signal === undefined ? 'done' : 'failed', text: how, ...exit};
}

/**
 * Runs a command in this process and resolves at its end, with what it printed. A reading one dies with this process; what it
 * leaves in the background ends with it. Never rejects.
 */
export async function runOrder(order: Order, onlooker: Onlooker): Promise<Ended> {
	const {script, directory, environment} = order;
	const from = Date.now();
	try {
		const command = await startCommand({words: unanswered(inShell(environment, script)), directory, environment});
		return {...(await runToEnd(command, order, onlooker)), from, until: Date.now()};
	} catch (error) {
		const text = say`could not be started in ${safeText(directory, 200)}: ${safeText((error as Error).message, 200)}`;
		return {result: 'failed', text, from, until: Date.now(), lines: []};
	}
}

async function runToEnd(command: Command, order: Order, {report, stop}: Onlooker): Promise<Omit<Ended, 'from' | 'until'>> {
	const {within, secrets} = order;
	const output = keepOutput(secrets);
	const isReading = order.class === 'reading';
	const letBe = isReading ? dieWithUs(command.pid) : () => {};

	let told = 0;
	const tell = () => {
		if (output.total() !== told) report({lines: output.last(), total: output.total()});
		told = output.total();
	};
	command.onData(output.add);
	const telling = setInterval(tell, glance);

	let cut: Cut;
	let leaveOff = () => {};
	const end = (why: Cut) => {
		if (cut !== undefined) return;
		cut = why;
		leaveOff = stopGroup(command.pid, () => {});
	};
	const onStop = () => end('stopped');
	stop.addEventListener('abort', onStop);
	if (stop.aborted) onStop();
	const limit = within === undefined ? undefined : setTimeout(end, within, 'out of time');
	try {
		const exit = await command.ended;
		const isLeft = signalGroup(command.pid, isReading ? 'SIGKILL' : 0);
		tell();
		const notes = [command.note, isLeft && !isReading ? own('it left something running in the background') : undefined];
		const lines = linesToKeep(output.lines(), order.output);
		const {text, ...how} = ending(exit, cut, order);
		return {
			...how,
			text: [text, ...notes.filter(note => note !== undefined)].join('; ') as SafeText,
			lines,
		};
	} finally {
		leaveOff();
		letBe();
		clearInterval(telling);
		clearTimeout(limit);
		stop.removeEventListener('abort', onStop);
	}
}

import {own, type SafeText, say} from '../vocabulary.ts';
import {bytesOf} from './bytes.ts';
import {json} from './encoding/json.ts';
import {Refusal} from './refusal.ts';
import {safeText} from './safe-text.ts';
import {type Answer, type Transport, TransportError} from './transport.ts';

export type LogWish = {
	/** With its query: which container, how many lines, whether to follow. */
	readonly path: string;
	/** What is written later comes too; else it ends with what there is. */
	readonly follows: boolean;
	readonly signal: AbortSignal;
};

/** Whoever reads a log waits so long for its first byte, and as long for every next piece of what is there already; ms. */
const patience = 1000;
/** What is there is read up to here; fifty lines are rarely more than a hundredth of it. */
const mostBytes = 2 ** 20;
/** Of one line no more is kept until it ends. */
const widest = 1024;

/**
 * Reads a log line by line, each safe to print, until it ends or `signal` stops it. Throws `Refusal` where the server says
 * no, and `TransportError` where nothing comes: both have a sentence.
 */
export async function* readLog(transport: Transport, {path, follows, signal}: LogWish): AsyncGenerator<SafeText, void> {
	const giving = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const wait = () => {
		clearTimeout(timer);
		timer = setTimeout(() => giving.abort(), patience);
	};
	wait();
	try {
		const answer = await transport.call({path, signal: AbortSignal.any([signal, giving.signal])});
		if (answer.status !== 200) throw await refused(answer);
		// A container that says nothing for hours is followed for hours.
		if (follows) clearTimeout(timer);
		yield* linesOf(answer, follows ? {heard: () => {}, most: Number.POSITIVE_INFINITY} : {heard: wait, most: mostBytes});
	} catch (error) {
		if (signal.aborted) return;
		throw giving.signal.aborted ? late() : error;
	} finally {
		clearTimeout(timer);
	}
}

const late = () => new TransportError('timeout', say`the log gave nothing within ${patience / 1000} s`);

async function refused({status, body}: Answer): Promise<Refusal> {
	const bytes = await bytesOf(body, 65_536);
	try {
		return new Refusal(status, json.object(bytes));
	} catch {
		return new Refusal(status, undefined);
	}
}

type Limits = {readonly heard: () => void; readonly most: number};

async function* linesOf({body}: Answer, {heard, most}: Limits): AsyncGenerator<SafeText, void> {
	const decoder = new TextDecoder();
	let rest = '';
	let size = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		heard();
		size += chunk.length;
		const lines = (rest + decoder.decode(chunk, {stream: true})).split('\n');
		rest = (lines.pop() ?? '').slice(0, widest * 4);
		for (const line of lines) yield safeLine(line);
		if (size < most) continue;
		yield own('(the log is longer: the rest is not read)');
		return;
	}
	rest += decoder.decode();
	if (rest !== '') yield safeLine(rest);
}

const safeLine = (line: string): SafeText => safeText(line.replace(/\r$/, ''), widest);

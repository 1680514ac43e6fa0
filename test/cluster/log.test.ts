import {describe, expect, onTestFinished, test} from 'vitest';
import {connect} from '../../source/cluster/line/connect.ts';
import {type LogWish, readLog} from '../../source/cluster/log.ts';
import {Refusal} from '../../source/cluster/refusal.ts';
import {TransportError} from '../../source/cluster/transport.ts';
import {expectSafe, poison} from '../_helpers/hostile.ts';
import {type Handler, startServer} from './server.ts';

async function logOf(handler: Handler) {
	// The line asks too, whether the server is well.
	const server = await startServer({
		handler: (asked, answer) => (asked.url === '/log' ? handler(asked, answer) : answer.end('ok')),
	});
	const transport = connect(server.target);
	onTestFinished(async () => {
		transport.close();
		await server.close();
	});
	const read = (wish: Partial<LogWish> = {}) =>
		readLog(transport, {path: '/log', follows: false, signal: new AbortController().signal, ...wish});
	const all = async (wish?: Partial<LogWish>) => {
		const lines: string[] = [];
		for await (const line of read(wish)) lines.push(line);
		return lines;
	};
	return {read, all};
}

describe('a log', () => {
	test('is read line by line, also its last one without an end, and characters that come in halves', async () => {
		const euro = Buffer.from('2 €\r\n3');
		const {all} = await logOf((_, answer) => {
			answer.write(Buffer.concat([Buffer.from('1\n'), euro.subarray(0, 3)]));
			setTimeout(() => answer.end(euro.subarray(3)), 20);
		});
		expect(await all()).toEqual(['1', '2 €', '3']);
	});

	test('may be empty', async () => {
		const {all} = await logOf((_, answer) => answer.end());
		expect(await all()).toEqual([]);
	});

	test('holds nothing that a terminal could take for more than text', async () => {
		const {all} = await logOf((_, answer) => answer.end(`\u001b[31mred\u001b[0m ${poison}\n`));
		const lines = await all();
		expect(lines.join()).toMatch(/^red/);
		expectSafe(lines);
	});

	test('is cut where it is endless, in length and in width', async () => {
		const {all} = await logOf((_, answer) => {
			answer.on('error', () => {});
			const more = () => {
				while (answer.write(`${'x'.repeat(100_000)}\n`));
				answer.once('drain', more);
			};
			more();
		});
		const lines = await all();
		expect(lines.at(-1)).toBe('(the log is longer: the rest is not read)');
		expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(1024);
		expect(lines.length).toBeLessThan(50);
	});

	test('that the server refuses says why', async () => {
		const message = 'container "main" in pod "x" is waiting to start: ContainerCreating';
		const {all} = await logOf((_, answer) => {
			answer.statusCode = 400;
			answer.end(JSON.stringify({kind: 'Status', message, reason: 'BadRequest', code: 400}));
		});
		await expect(all()).rejects.toThrow(Refusal);
		await expect(all()).rejects.toMatchObject({status: 400, sentence: `400: ${message}`});
	});

	test('that a proxy refuses has at least a number', async () => {
		const {all} = await logOf((_, answer) => {
			answer.statusCode = 502;
			answer.end('<html>');
		});
		await expect(all()).rejects.toMatchObject({status: 502, sentence: '502: Bad Gateway'});
	});

	test.each<[string, Handler, string[]]>([
		['never answers', () => {}, []],
		['answers and says nothing', (_, answer) => answer.writeHead(200).flushHeaders(), []],
		['stops in the middle', (_, answer) => answer.write('one\ntwo'), ['one']],
	])('that %s costs its second, and says so', async (_, handler, expected) => {
		const {read} = await logOf(handler);
		const from = performance.now();
		const lines: string[] = [];
		const reading = (async () => {
			for await (const line of read()) lines.push(line);
		})();
		await expect(reading).rejects.toThrow(TransportError);
		await expect(reading).rejects.toMatchObject({sentence: 'the log gave nothing within 1 s'});
		expect(lines).toEqual(expected);
		expect(performance.now() - from).toBeLessThan(1900);
	});
});

describe('a log that is followed', () => {
	test('goes on with what comes, however long nothing does, until it is stopped', async () => {
		let late = () => {};
		const {read} = await logOf((_, answer) => {
			answer.write('first\n');
			late = () => answer.write('second\n');
		});
		const stopping = new AbortController();
		setTimeout(() => late(), 1300);
		const lines: string[] = [];
		for await (const line of read({follows: true, signal: stopping.signal})) {
			lines.push(line);
			if (lines.length === 2) setTimeout(() => stopping.abort(), 20);
		}
		expect(lines).toEqual(['first', 'second']);
	});

	test('is let go where nobody wants more of it', async () => {
		let closed = () => {};
		const gone = new Promise<void>(resolve => {
			closed = resolve;
		});
		const {read} = await logOf((_, answer) => {
			answer.on('close', closed);
			answer.write('first\n');
		});
		for await (const line of read({follows: true})) {
			expect(line).toBe('first');
			break;
		}
		await gone;
	});

	test('that never answers costs its second', async () => {
		const {all} = await logOf(() => {});
		await expect(all({follows: true})).rejects.toMatchObject({sentence: 'the log gave nothing within 1 s'});
	});
});

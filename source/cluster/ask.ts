import {say} from '../vocabulary.ts';
import {bytesOf} from './bytes.ts';
import type {Raw} from './raw.ts';
import {Refusal, retryAfter} from './refusal.ts';
import {safeText} from './safe-text.ts';
import {type Answer, type Call, type Transport, TransportError} from './transport.ts';

/** Asks for one JSON object that is read whole. Rejects with `TransportError`, or with `Refusal` where the server says no. */
export async function askJson(transport: Transport, call: Call): Promise<{readonly answer: Answer; readonly json: Raw}> {
	const answer = await transport.call({...call, headers: {'accept-encoding': 'gzip', ...call.headers}});
	const bytes = await bytesOf(answer.body);
	const json = parse(bytes);
	if (answer.status >= 400) throw new Refusal(answer.status, json, retryAfter(answer.headers['retry-after']));
	if (json === undefined && answer.status !== 304)
		throw new TransportError(
			'reset',
			say`${safeText(transport.server.host)} does not answer as an API server would: is something else listening there?`,
		);
	return {answer, json: json ?? {}};
}

function parse(bytes: Buffer): Raw | undefined {
	try {
		const json: unknown = JSON.parse(bytes.toString());
		return typeof json === 'object' && json !== null ? (json as Raw) : undefined;
	} catch {
		return undefined;
	}
}

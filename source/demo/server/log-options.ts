import {instantOf} from '../objects/time.ts';
import {badRequest, type Cause, invalid} from './status.ts';

/** What is wanted of a log. */
export type LogOptions = {
	readonly container: string;
	readonly previous: boolean;
	readonly follow: boolean;
	readonly timestamps: boolean;
	/** Only so many lines from the end; only what is not older, epoch milliseconds; only so many bytes. */
	readonly tail: number;
	readonly since: number;
	readonly bytes: number;
};

/** Reads the query of `pods/log`. @throws Refusal where a number is none (400) or too small (422). */
export function parseLogOptions(query: URLSearchParams, pod: string, now: number): LogOptions {
	const causes: Cause[] = [];
	const count = (field: string, least: number): number | undefined => {
		const text = query.get(field);
		if (text === null || text === '') return undefined;
		if (!/^-?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
		const wrong = `must be greater than ${least === 0 ? 'or equal to 0' : '0'}`;
		if (Number(text) < least) causes.push({reason: 'FieldValueInvalid', field, message: `Invalid value: ${text}: ${wrong}`});
		return Number(text);
	};
	const tail = count('tailLines', 0);
	const bytes = count('limitBytes', 1);
	const seconds = count('sinceSeconds', 1);
	if (causes.length > 0) throw invalid('', 'PodLogOptions', pod, causes);
	return {
		container: query.get('container') ?? '',
		previous: isTrue(query.get('previous')),
		follow: isTrue(query.get('follow')),
		timestamps: isTrue(query.get('timestamps')),
		tail: tail ?? Number.POSITIVE_INFINITY,
		since: seconds === undefined ? instantOf(query.get('sinceTime') ?? undefined) : now - seconds * 1000,
		bytes: bytes ?? Number.POSITIVE_INFINITY,
	};
}

const isTrue = (text: string | null) => text === 'true' || text === '1';

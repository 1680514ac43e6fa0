import {name, type Raw} from '../raw.ts';
import type {Encoding} from './encoding.ts';
import {lines} from './splitter.ts';

const parse = (bytes: Buffer): Raw => JSON.parse(bytes.toString());

export const json: Encoding = {
	splitter: lines,
	event: line => {
		const {type, object} = parse(line);
		return {type: name(type), object: object ?? {}};
	},
	page: body => {
		const {metadata, items} = parse(body);
		// Whoever answers something else has not said that there is nothing.
		if (!Array.isArray(items) && items !== null) throw new TypeError('not a list');
		return {metadata, items: items ?? []};
	},
	object: parse,
};

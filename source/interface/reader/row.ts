import type {Health, PaneView, Row, ViewId} from '../../vocabulary.ts';
import {unknown} from '../../words.ts';
import {sentence, spoken} from './spoken.ts';

const plain: Readonly<Record<Health, string>> = {
	bad: 'bad',
	warn: 'warning',
	unknown: 'unknown',
	held: 'on hold',
	risk: 'risk',
	ok: '',
	idle: '',
};

const ofIncidents: Readonly<Record<Health, string>> = {
	...plain,
	bad: 'critical',
	held: 'acknowledged',
	ok: 'over',
	idle: 'over',
};

/** What the sign of a row says, in words; `''` where it says nothing that is to be heard. */
export function healthWord(view: ViewId, health: Health): string {
	if (view === 'incidents') return ofIncidents[health];
	if (view === 'timeline') return health === 'held' ? 'change' : '';
	return view === 'risks' && health === 'held' ? 'accepted' : plain[health];
}

/** `LOSE IT?` → `lose it`. */
const titleOf = (title: string): string => title.toLowerCase().replace(/\?$/, '');

/** One row as a sentence: how it is, then every column that says something with its title. Incidents speak for themselves. */
export function rowSentence(id: ViewId, {columns}: Pick<PaneView, 'columns'>, {health, cells, under}: Row): string {
	const told = columns.flatMap(({title}, at) => {
		const text = cells[at]?.text ?? '';
		if (text === '') return [];
		if (id === 'incidents') return at === 0 ? [spoken(text)] : [];
		return [`${titleOf(title)} ${text === unknown ? 'not known' : spoken(text)}`];
	});
	const word = healthWord(id, health);
	const below = under === undefined ? '' : 'below it, ';
	return sentence(`${below}${word === '' ? '' : `${word}: `}${told.join(id === 'incidents' ? '. ' : ', ')}`);
}

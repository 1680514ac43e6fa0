import {describe, expect, test} from 'vitest';
import {offersOf} from '../../../../source/interface/shell/palette/offers.ts';
import {rank} from '../../../../source/interface/shell/palette/rank.ts';
import {own} from '../../../../source/vocabulary.ts';
import {manyOffers, scope} from '../../../_helpers/many-offers.ts';

const offers = offersOf(scope);
const ranked = (typed: string, recents: readonly string[] = [], of = offers) => rank(of, typed, recents).map(({text}) => text);

describe('finds what people of kubectl and k9s type', () => {
	test.each([
		[':drain nuc-2'.slice(1), 'drain nuc-2'],
		['node nuc-2', 'node nuc-2'],
		['no nuc-2', 'node nuc-2'],
		['nodes', 'nodes'],
		['no', 'nodes'],
		['node', 'nodes'],
		['pvc', 'storage'],
		['sc nvme', 'storage nvme'],
		['svc', 'bgp'],
		['po', 'k9s'],
		['ev', 'timeline'],
		['ctx', 'contexts'],
		['ctx prod', 'context prod'],
		['q', 'quit'],
		['q!', 'quit'],
		['help', 'help'],
		['backup tier-0', 'backup tier-0'],
	])('%s', (typed, first) => {
		expect(ranked(typed)[0]).toBe(first);
	});
});

test.each([
	['drn nuc2', 'drain nuc-2'],
	['dnuc3', 'drain nuc-3'],
	['tl', 'theme light'],
	['DRAIN Nuc-2 ', 'drain nuc-2'],
])('finds %s by letters in their order', (typed, first) => {
	expect(ranked(typed)[0]).toBe(first);
});

test('what cannot be done comes last, but first where somebody typed just that', () => {
	const hindered = offersOf({...scope, hindrances: new Map([['cordon', own('not permitted')]])});
	const found = ranked('cordon', [], hindered);
	expect(found[0]).toBe('cordon');
	expect(found[1]).toBe('uncordon');
	expect(found.slice(-3).every(text => /^(un)?cordon /.test(text))).toBe(true);
	expect(ranked('')[0]).toBe('drain nuc-2');
	expect(ranked('').at(-1)).not.toBe('drain nuc-2');
	const nots = rank(hindered, '', []).map(({not}) => not !== undefined);
	expect(nots).toEqual(nots.toSorted((a, b) => Number(a) - Number(b)));
});

test('what was chosen lately comes first where others fit as well', () => {
	expect(ranked('drain nuc').slice(0, 3)).toEqual(['drain nuc-2', 'drain nuc-1', 'drain nuc-3']);
	expect(ranked('drain nuc', ['drain:nuc-3'])[0]).toBe('drain nuc-3');
	expect(ranked('', ['row:gpu:ai/ollama-0', 'theme:light']).slice(0, 2)).toEqual(['pod ai/ollama-0', 'theme light']);
	expect(ranked('drain nuc-1', ['drain:nuc-3'])[0]).toBe('drain nuc-1');
});

test('asks for the object of an action by narrowing to what there is', () => {
	expect(ranked('drain')[0]).toBe('drain');
	expect(ranked('drain ')).not.toContain('drain');
	expect(ranked('drain ')[0]).toBe('drain nuc-2');
	expect(ranked('drain no-such-node')).toEqual([]);
});

test('whoever has marked nodes means those', () => {
	const marked = offersOf({...scope, picked: ['nuc-1', 'nuc-3']});
	expect(ranked('drain', [], marked)[0]).toBe('drain 2 marked nodes');
	expect(ranked('drain ', [], marked)[0]).toBe('drain 2 marked nodes');
});

test('nothing that is typed breaks it', () => {
	for (const typed of ['(', '[', '\\', '.*', '   ', '界', 'é'.repeat(300), '-'.repeat(5000)])
		expect(() => ranked(typed)).not.toThrow();
});

test('finds one among 5,000', () => {
	const many = manyOffers();
	expect(many.length).toBeGreaterThan(4900);
	const typed = 'drain worker-eu-west-777';
	expect(ranked(typed, [], many)[0]).toBe(typed);
});

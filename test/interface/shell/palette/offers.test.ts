import {describe, expect, test} from 'vitest';
import {keymap} from '../../../../source/interface/shell/keymap.ts';
import type {Offer} from '../../../../source/interface/shell/palette/offer.ts';
import {offersOf, type Scope} from '../../../../source/interface/shell/palette/offers.ts';
import {own, type RawName, viewIds} from '../../../../source/vocabulary.ts';
import {incident, nodes, troubled} from '../../../_helpers/sample-picture.ts';

const scope: Scope = {
	picture: incident,
	row: nodes.rows[0],
	markable: false,
	picked: [],
	contexts: [
		{name: 'homelab', shown: own('homelab'), server: own('nuc-1:6443'), isCurrent: true},
		{name: 'prod', shown: own('prod'), server: own('api:6443'), isCurrent: false},
	],
	looks: ['dark', 'light'],
	look: 0,
	hindrances: new Map(),
	underway: undefined,
	acts: true,
	opens: true,
};
const offer = (text: string, more: Partial<Scope> = {}): Offer | undefined =>
	offersOf({...scope, ...more}).find(each => each.text === text);

test('offers all views, all commands that have a name, contexts, colours, rows and what can be done to them', () => {
	const all = offersOf(scope);
	for (const view of viewIds) expect(all.some(({lead}) => lead.is === 'view' && lead.view === view)).toBe(true);
	for (const {called} of keymap) if (called !== undefined) expect(all.map(({text}) => text)).toContain(called[0]);
	const some = [
		'context prod',
		'theme light',
		'node gpu-1',
		'storage nvme',
		'tier tier-0',
		'peer nuc-3 → 10.0.0.1',
		'pod ai/ollama-0',
	];
	const acts = ['drain gpu-1', 'cordon gpu-1', 'uncordon pi4-1', 'backup tier-0', 'pause tier-0', 'unpause tier-2'];
	expect(all.map(({text}) => text)).toEqual(expect.arrayContaining([...some, ...acts, 'drain', 'cordon', 'backup']));
	expect(new Set(all.map(({key}) => key)).size).toBe(all.length);
});

test('calls what is wrong by what it is about and by the finding', () => {
	expect(offer('incident nuc-2 node-not-ready', {picture: troubled})?.lead).toEqual({
		is: 'row',
		view: 'incidents',
		key: 'node-not-ready:nuc-2',
	});
});

test('begins with what is under the cursor, and before that with what is marked', () => {
	expect(
		offersOf(scope)
			.slice(0, 3)
			.map(({text}) => text),
	).toEqual(['drain nuc-2', 'cordon nuc-2', 'uncordon nuc-2']);
	const marked = offersOf({...scope, picked: ['nuc-1', 'pi4-1', 'gone']});
	expect(marked.slice(0, 4).map(({text, about, line}) => ({text, about, line}))).toEqual([
		{text: 'drain 2 marked nodes', about: 'one after the other: pi4-1, nuc-1', line: {words: ['drain', 'pi4-1', 'nuc-1']}},
		{text: 'cordon 1 marked node', about: 'one after the other: nuc-1', line: {words: ['cordon', 'nuc-1']}},
		{text: 'uncordon 1 marked node', about: 'one after the other: pi4-1', line: {words: ['uncordon', 'pi4-1']}},
		expect.objectContaining({text: 'drain nuc-2'}),
	]);
	expect(offersOf({...scope, picked: ['gpu-1']})[0]?.text).toBe('drain gpu-1');
});

describe('says why something cannot be done', () => {
	test.each<[string, string, Partial<Scope>]>([
		['cordon pi4-1', 'already cordoned', {}],
		['uncordon nuc-1', 'not cordoned', {}],
		['unpause tier-0', 'not paused', {}],
		['pause tier-2', 'already paused', {}],
		['backup tier-1', 'tier-1-20261126140000 is running since 5m', {}],
		['context homelab', 'you are here', {}],
		['theme dark', 'these are the colours now', {}],
		['acknowledge', 'go to an incident or a risk first', {}],
		['logs', 'no row is selected', {row: undefined}],
		['contexts', 'there is one context only', {contexts: []}],
		[
			'drain nuc-1',
			'drain is refused by --read-only: nothing is changed',
			{hindrances: new Map([['drain', own('drain is refused by --read-only: nothing is changed')]])},
		],
		['drain', 'not permitted: patch nodes', {hindrances: new Map([['drain', own('not permitted: patch nodes')]])}],
		[
			'drain nuc-1',
			'drain gpu-1 is running',
			{underway: {title: own('drain gpu-1'), short: own('drain gpu-1 3 of 4'), isRunning: true}},
		],
		[
			'context prod',
			'drain gpu-1 is running',
			{underway: {title: own('drain gpu-1'), short: own('drain gpu-1 3 of 4'), isRunning: true}},
		],
		[
			'backup',
			'no backup tier is known: nothing that makes backups is installed, or may be read',
			{picture: {...incident, objects: {...incident.objects, tiers: []}}},
		],
	])('%s: %s', (text, not, more) => {
		expect(offer(text, more)?.not).toBe(not);
	});

	test('and nothing where it can', () => {
		for (const text of ['drain nuc-1', 'cordon nuc-1', 'uncordon pi4-1', 'backup tier-0', 'context prod', 'theme light', 'logs'])
			expect(offer(text), text).not.toHaveProperty('not');
	});
});

test('never acts on what has no valid name, and shows it without what is hidden in it', () => {
	const hostile = {name: '--all\u001b[2J' as RawName, shown: own('--all'), actionable: false, cordoned: false};
	const found = offer('drain --all', {picture: {...incident, objects: {...incident.objects, nodes: [hostile]}}});
	expect(found?.not).toBe('its name is not a valid one');
});

test('offers nothing that changes anything where nothing can be changed from', () => {
	const leads = offersOf({...scope, acts: false}).map(({lead}) => lead.is);
	expect(leads).not.toContain('action');
	expect(leads).not.toContain('ask');
});

test('leads back to the action under way', () => {
	const underway = {title: own('drain gpu-1'), short: own('drain gpu-1 3 of 4'), isRunning: true};
	expect(offersOf({...scope, underway})[0]).toMatchObject({
		text: 'back to drain gpu-1',
		about: 'drain gpu-1 3 of 4',
		lead: {is: 'underway'},
	});
});

test('keeps the offers of rows that have not changed', () => {
	const again = {...incident, panes: {...incident.panes, nodes: {...nodes, rows: nodes.rows.slice(1)}}};
	expect(offer('node gpu-1', {picture: again})).toBe(offer('node gpu-1'));
	expect(offer('drain gpu-1', {picture: again})).toBe(offer('drain gpu-1'));
});

import fc from 'fast-check';
import {safeText} from '../../../source/cluster/safe-text.ts';
import {findingIds, type Symptom} from '../../../source/diagnosis.ts';
import {type Measures, noMeasures} from '../../../source/findings/check/measures.ts';
import type {CheckVerdict} from '../../../source/findings/check/verdict.ts';
import {worstState} from '../../../source/findings/check/verdict.ts';
import {fold} from '../../../source/findings/fold.ts';
import type {Mark} from '../../../source/marks.ts';
import {own, type RawName} from '../../../source/vocabulary.ts';
import {hostileText} from '../../_helpers/hostile-cluster.ts';
import {blind, hour, now, standing} from '../symptoms.ts';

const words = fc
	.oneof(fc.constantFrom('nuc-2', 'media/books', 'tier-0', 'kubelet silent', ''), hostileText)
	.map(text => safeText(text, 300));
const names = fc
	.oneof(fc.constantFrom('nuc-2', 'media/books', 'tier-0'), hostileText)
	.map(text => safeText(text, 253) || own('x'));

const symptoms: fc.Arbitrary<Symptom> = fc.record({
	id: fc.constantFrom(...findingIds),
	about: names,
	after: fc.constantFrom({warning: 0}, {critical: 0}),
	since: fc.integer({min: 1, max: 900}).map(hours => now - hours * hour),
	title: words,
	more: words,
	evidence: fc.array(words, {maxLength: 3}),
	apps: fc.array(names, {maxLength: 12}),
	causes: fc.subarray(['node-not-ready:nuc-2', 'controller-down:media/books', 'storage-server-down:nuc-2']),
	many: fc.integer({min: 1, max: 9}),
	subject: names.map(name => ({resource: 'pods', namespace: 'media' as RawName, name: `${name}` as RawName})),
});

const some = fc.integer({min: 0, max: 5000});

const measures: fc.Arbitrary<Measures> = fc.oneof(
	fc.constant(noMeasures),
	fc.record({
		nodes: fc.record({ready: some, all: some}),
		etcd: fc.option(fc.record({healthy: some, voters: some, mayLose: some, needed: some}), {nil: undefined}),
		volumes: fc.option(fc.record({well: some, all: some, degraded: some, faulted: some}), {nil: undefined}),
		sessions: fc.option(fc.record({up: some, all: some}), {nil: undefined}),
		addressesPending: fc.option(some, {nil: undefined}),
		gpus: fc.option(fc.record({well: some, all: some}), {nil: undefined}),
		claimsPending: fc.option(some, {nil: undefined}),
		certificates: fc.option(some, {nil: undefined}),
		tiers: fc.array(
			fc.record({
				name: names.map(String),
				age: fc.option(
					some.map(minutes => minutes * 60_000),
					{nil: undefined},
				),
				target: some.map(minutes => minutes * 60_000),
				late: some.map(minutes => minutes * 60_000),
			}),
			{maxLength: 12},
		),
	}),
);

/** Whatever may come of a look at a cluster. */
export const verdicts: fc.Arbitrary<CheckVerdict> = fc
	.record({
		said: fc.uniqueArray(symptoms, {maxLength: 9, selector: ({id, about}) => `${id}:${about}`}),
		unseen: fc.subarray([...findingIds], {maxLength: 8}),
		isMarked: fc.boolean(),
		measures,
		why: words,
		stateless: fc.boolean(),
	})
	.map(({said, unseen, isMarked, stateless, why, measures: measured}) => {
		const {incidents, risks} = fold(standing(said, {blind: [blind(unseen, {why})]}));
		const unjudged = unseen.length === 0 ? [] : [{what: own('storage'), why, required: true}];
		const mark: Mark = {kind: 'acknowledged', note: own(''), at: now - hour, fingerprint: ''};
		return {
			state: worstState([
				...incidents.map(({is, severity}) => (is === 'unknown' ? ('unknown' as const) : severity)),
				...unjudged.map(() => 'unknown' as const),
			]),
			incidents,
			risks,
			marks: new Map(isMarked ? [...incidents.map(({root}) => root), ...risks].map(({name}) => [name, mark]) : []),
			unjudged,
			measures: measured,
			stateless,
		};
	});

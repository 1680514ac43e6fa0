import {nameOf, type Symptom} from '../../diagnosis.ts';
import {memoised, own, type SafeText, say} from '../../vocabulary.ts';
import {count, join, shownName, shownPath} from '../../words.ts';
import {workloadOf} from '../claimants.ts';
import type {ServerFact} from '../servers.ts';
import {listed, noted} from './lines.ts';

/** Pods that start slowly after a rollout are no sign yet; milliseconds. */
const suspectedAfter = 2 * 60_000;

const distinct = (texts: readonly SafeText[]): readonly SafeText[] => [...new Set(texts)].filter(text => text !== '').sort();

function exportsOf({volumes}: ServerFact): readonly SafeText[] {
	return distinct(volumes.map(({volume}) => join([volume?.server, volume?.path], ':')));
}

function outage(fact: ServerFact): Symptom | undefined {
	const {shown, failures, failing, is} = fact;
	if (is === 'not accused') return undefined;
	const mounting = distinct(failures.map(({node}) => shownName({name: node})));
	const nodes = distinct([...mounting, ...failing.map(({node}) => shownName({name: node}))]);
	const isSure = is === 'down';
	const [newest] = failures.toSorted((a, b) => b.event.lastAt - a.event.lastAt);
	const starts = [...failures.map(({event}) => event.firstAt), ...failing.map(({trouble}) => trouble?.since ?? 0)];
	const apps = distinct(failing.map(pod => shownPath(workloadOf(pod))));
	return {
		id: 'storage-server-down',
		about: shown,
		after: isSure ? {critical: 0} : {warning: suspectedAfter},
		since: Math.min(...starts.filter(at => at > 0)),
		title: isSure
			? say`mounts fail on ${count(mounting.length, 'node')}`
			: say`suspected: pods on its volumes hang on ${count(nodes.length, 'node')} together`,
		evidence: [
			...(newest === undefined ? [] : [noted(newest.event, newest.said)]),
			...listed(own('nodes'), nodes),
			...listed(own('serves'), exportsOf(fact)),
			...listed(own('workloads'), apps),
			...listed(own('pods that hang'), distinct(failing.map(shownPath))),
		],
		causes: isSure ? [] : [nameOf('core-service-down', 'coredns')],
	};
}

/** All that is lost with one machine: wrong every day. */
function alone(fact: ServerFact): Symptom {
	const {shown, volumes} = fact;
	return {
		id: 'storage-single-server',
		about: shown,
		after: {warning: 0},
		since: 0,
		title: say`${count(volumes.length, 'volume')} on this server alone`,
		undated: true,
		many: volumes.length,
		evidence: [...listed(own('serves'), exportsOf(fact)), ...listed('', distinct(volumes.map(volume => volume.shown)))],
		causes: [],
	};
}

/** What is wrong with a server, now and every day. The same fact gives the same symptoms. */
export const serverSymptoms = memoised((fact: ServerFact): readonly Symptom[] =>
	[outage(fact), alone(fact)].filter(symptom => symptom !== undefined),
);

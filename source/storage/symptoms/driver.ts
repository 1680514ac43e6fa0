import {nameOf, type Symptom} from '../../diagnosis.ts';
import {memoised, own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {count, shownName, shownPath} from '../../words.ts';
import {workloadOf} from '../claimants.ts';
import type {DriverFact} from '../drivers.ts';
import {line, listed, noted} from './lines.ts';

/** Where kubelet keeps its files unless it is told otherwise. */
const usual = own('/var/lib/kubelet');

/** The plugin registers where this node's kubelet does not look: the directory of each; undefined where they agree. */
function apart({plugin, rootDir}: DriverFact): {readonly theirs: SafeText; readonly ours: SafeText} | undefined {
	const [theirs, ours] = [rootDir || usual, plugin?.kubeletDir ?? own('')];
	return ours === '' || ours === theirs ? undefined : {theirs, ours};
}

function titleOf(fact: DriverFact): SafeText {
	const {plugin, failures, rootDir} = fact;
	const dirs = apart(fact);
	if (dirs !== undefined && rootDir !== '') return say`plugin registers in ${dirs.ours}, kubelet lives in ${dirs.theirs}`;
	if (plugin?.ready === false) return own('its plugin pod is not ready');
	return own(failures.length > 0 ? 'kubelet does not know it' : 'not registered with kubelet');
}

function directories(fact: DriverFact): readonly SafeText[] {
	const {plugin, rootDir, elsewhere} = fact;
	const node = shownName({name: fact.node});
	const root = rootDir === '' ? own('says no --root-dir') : say`runs with --root-dir ${rootDir}`;
	return [
		plugin && plugin.kubeletDir !== '' ? say`plugin pod registers in ${plugin.kubeletDir}` : undefined,
		say`kubelet of ${node} ${root}`,
		...listed(own('kubelets of other nodes'), elsewhere),
	].filter(text => text !== undefined);
}

function evidenceOf(fact: DriverFact): readonly SafeText[] {
	const {isListed, plugin, failures} = fact;
	const node = shownName({name: fact.node});
	const [first] = failures.toSorted((a, b) => b.event.lastAt - a.event.lastAt);
	const pods = [...new Set(failures.map(({event}) => shownPath(event.about)))];
	return [
		isListed === false ? say`CSINode ${node} does not list it` : undefined,
		isListed === true ? say`CSINode ${node} still lists it: kubelet leaves old entries alone` : undefined,
		plugin && say`plugin pod ${shownPath(plugin)}: ${own(plugin.ready ? 'ready' : 'not ready')}, ${plugin.status}`,
		first && noted(first.event, first.said),
		...listed(own('cannot mount'), pods),
		...directories(fact),
	]
		.filter(text => text !== undefined)
		.map(line);
}

/**
 * When the first sign of it was given, epoch ms; CSINode carries no time. A kubelet that lives elsewhere than the plugin
 * looks has done so since it was started.
 */
function sinceOf(fact: DriverFact): number {
	const {plugin, failures, restartedAt} = fact;
	const signs = [
		...(restartedAt > 0 && apart(fact) !== undefined ? [restartedAt] : []),
		...failures.map(({event}) => event.firstAt),
		...(plugin === undefined || plugin.ready ? [] : [plugin.readyAt || plugin.createdAt]),
	];
	return signs.length === 0 ? 0 : Math.min(...signs);
}

/** Where the plugin itself is well, or looks in the wrong place, nothing else is to blame. */
function causesOf(fact: DriverFact): readonly string[] {
	const {plugin} = fact;
	if (plugin === undefined || plugin.ready || apart(fact) !== undefined) return [];
	return [nameOf('controller-down', 'longhorn-manager'), nameOf('pods-failing', shownPath(workloadOf(plugin)))];
}

/** A driver that a node misses; critical where pods wait because of it. The same fact gives the same symptom. */
export const driverSymptom = memoised((fact: DriverFact): Symptom => {
	const pods = new Set(fact.failures.map(({event}) => shownPath(event.about)));
	return {
		id: 'csi-driver-missing',
		about: fact.shown,
		subject: {resource: 'csinodes.storage.k8s.io', namespace: '' as RawName, name: fact.node},
		after: pods.size > 0 ? {critical: 0} : {warning: 0},
		since: sinceOf(fact),
		title: titleOf(fact),
		...(pods.size === 0 ? {} : {more: say`${count(pods.size, 'pod')} cannot mount`}),
		evidence: evidenceOf(fact),
		causes: causesOf(fact),
	};
});

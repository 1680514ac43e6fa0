import {inTurn} from '../../cluster/in-turn.ts';
import {entries, items, name, type Raw} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {safeText} from '../../cluster/safe-text.ts';
import {sentenceOf} from '../../cluster/sentence.ts';
import {keyOf, own, type RawName, type SafeText, say} from '../../vocabulary.ts';
import {shownName} from '../../words.ts';
import type {DrainNode} from './node.ts';
import {matchesTerms} from './node-terms.ts';
import type {DrainPod} from './pod.ts';

/** From where the volume behind a claim can be reached. */
export type Reach =
	| {
			readonly is: 'bound';
			readonly volume: RawName;
			/** `volume pv-1 (claim data)`. */
			readonly shown: SafeText;
			/** Of `nodeAffinity.required`; undefined where any node will do. */
			readonly terms: readonly Raw[] | undefined;
			/** Topology labels of the volume itself, with the values of which a node must have one. */
			readonly zones: ReadonlyArray<readonly [key: string, values: readonly string[]]>;
	  }
	/** No pod can start with it, wherever. */
	| {readonly is: 'lost'; readonly why: SafeText}
	| {readonly is: 'untold'; readonly why: SafeText};

/** By the key of the claim. */
export type Reaches = ReadonlyMap<string, Reach>;

const zoneKeys = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];
const oldZoneKeys: Readonly<Record<string, string>> = {
	'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
	'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
};

/** What a volume says of the nodes it can be used on. */
export function reachOf({metadata, spec}: Raw, claim: string): Reach {
	const required = spec?.nodeAffinity?.required ?? undefined;
	return {
		is: 'bound',
		volume: name(metadata?.name),
		shown: say`volume ${shownName({name: name(metadata?.name)})} (claim ${safeText(claim, 253)})`,
		terms: required && items(required.nodeSelectorTerms),
		zones: entries(metadata?.labels).flatMap(([key, value]) => {
			const isZone = zoneKeys.includes(key) || oldZoneKeys[key] !== undefined;
			return isZone ? [[key, name(value).split('__')] as const] : [];
		}),
	};
}

/** Whether a volume can be used on a node (kubernetes scheduler plugins volumebinding and volumezone). */
export function isReached({terms, zones}: Extract<Reach, {is: 'bound'}>, node: DrainNode): boolean {
	if (terms !== undefined && !matchesTerms(terms, node)) return false;
	// Where nodes know of no zones, volumes need none.
	if (![...zoneKeys, ...Object.keys(oldZoneKeys)].some(key => node.labels.has(key))) return true;
	return zones.every(([key, values]) => {
		const value = node.labels.get(key) ?? node.labels.get(oldZoneKeys[key] ?? key);
		return value !== undefined && values.includes(value);
	});
}

/** Questions that are on their way at once. */
const atOnce = 16;

/** Finds the volumes of pods, each once. Never rejects: what could not be read says so. */
export async function readReaches(reader: Reader, pods: readonly DrainPod[]): Promise<Reaches> {
	const claims = new Map(
		pods.flatMap(({namespace, claims: of}) => of.map(claim => [keyOf(namespace, claim), {namespace, claim}])),
	);
	const reaches = new Map<string, Reach>();
	await inTurn([...claims], atOnce, async ([key, {namespace, claim}]) => {
		reaches.set(key, await readReach(reader, namespace, claim));
	});
	return reaches;
}

async function readReach(reader: Reader, namespace: string, claim: string): Promise<Reach> {
	const shown = safeText(claim, 253);
	try {
		const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/persistentvolumeclaims/${encodeURIComponent(claim)}`;
		const found = await reader.get(path);
		if (found === undefined) return {is: 'lost', why: say`its claim ${shown} does not exist`};
		if ((found.metadata?.deletionTimestamp ?? undefined) !== undefined)
			return {is: 'lost', why: say`its claim ${shown} is being deleted`};
		const bound = name(found.spec?.volumeName);
		if (bound === '') return {is: 'untold', why: say`its claim ${shown} has no volume yet`};
		const volume = await reader.get(`/api/v1/persistentvolumes/${encodeURIComponent(bound)}`);
		if (volume === undefined) return {is: 'lost', why: say`volume ${safeText(bound, 253)} of its claim ${shown} does not exist`};
		return reachOf(volume, claim);
	} catch (error) {
		return {is: 'untold', why: say`its claim ${shown} or its volume cannot be read: ${sentenceOf(error)}`};
	}
}

/** The reaches of a pod's volumes. */
export function reachesOf({namespace, claims}: DrainPod, reaches: Reaches): readonly Reach[] {
	return claims.map(claim => reaches.get(keyOf(namespace, claim)) ?? {is: 'untold', why: own('its claims were not read')});
}

import fc from 'fast-check';
import {startEmbedded} from '../../source/demo/embedded.ts';
import type {EmbeddedCluster, KubeObject, ResourceType, Scenario, World} from '../../source/demo/model.ts';
import {createRandom} from '../../source/demo/random.ts';

/** The bytes that make trouble, between harmless ones. */
export const hostileText = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'\u001b[2J',
				'\u001b[31m',
				'\u001b]52;c;ZXZpbA==\u0007',
				'\u001b]8;;https://evil.example\u001b\\here\u001b]8;;\u001b\\',
				'\u001b]0;title\u001b\\',
				'\u001bP+q\u001b\\',
				'\u001b[6n',
				'\u001bc',
				'\u001b[?1049l',
				'\u001b',
				'\u009b31m',
				'\u009d52;c;x\u009c',
			),
			fc.constantFrom('\r', '\n', '\t', '\b', '\u0007', '\u000e', '\u007f', '\u0085', '\u2028', '\0'),
			fc.constantFrom('\u202e', '\u2066', '\u200b', '\u200d', '\u{e0041}', '\ufeff', '\u0301', '\ud800', '\udc00', '\u00ad'),
			fc.constantFrom('nuc', ' ', '界', '🙂', 'é', '–', '%s', '$(reboot)', '{}', 'x'.repeat(3000)),
		),
		{minLength: 1, maxLength: 8},
	)
	.map(parts => parts.join(''));

/** How a cluster is spoilt: with which texts, and which share of all its fields. */
export type Spoiling = {readonly texts: readonly string[]; readonly share: number; readonly seed: number};

export const spoiling: fc.Arbitrary<Spoiling> = fc.record({
	texts: fc.array(hostileText, {minLength: 10, maxLength: 20}),
	share: fc.constantFrom(0.05, 0.4, 1),
	seed: fc.integer({min: 1, max: 1_000_000}),
});

/** What makes an object that object; the store would keep it as another one, or not at all. */
const identity = new Set(['apiVersion', 'kind', 'name', 'namespace', 'uid', 'resourceVersion', 'creationTimestamp']);

type Draw = {readonly chance: () => boolean; readonly text: () => string};

function spoilt<T>(value: T, draw: Draw): T {
	if (typeof value === 'string') return (draw.chance() ? `${value}${draw.text()}` : value) as T;
	if (Array.isArray(value)) return value.map(item => spoilt(item, draw)) as T;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spoilt(item, draw)])) as T;
}

function spoiltObject(object: KubeObject, draw: Draw): KubeObject {
	const {metadata, apiVersion, kind, ...body} = object;
	const kept = Object.entries(metadata).map(([key, value]) => [key, identity.has(key) ? value : spoilt(value, draw)] as const);
	const labels = {...metadata.labels, [`node-role.kubernetes.io/${draw.text()}`]: draw.text()};
	return {...spoilt(body, draw), apiVersion, kind, metadata: {name: '', ...Object.fromEntries(kept), labels}} as KubeObject;
}

/** Labels of a metric as hostile as the format lets them be; those that say which device it is stay. */
function spoiltMetrics(body: string, draw: Draw): string {
	const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
	return body.replaceAll(/(\w+)="([^"]*)"/g, (whole, label: string, value: string) =>
		label === 'gpu' || !draw.chance() ? whole : `${label}="${value}${escaped(draw.text())}"`,
	);
}

export type HostileCluster = EmbeddedCluster & {
	/** Spoils what it holds, from what it was at the beginning. */
	readonly spoil: (how: Spoiling) => void;
};

/** An embedded cluster that stands still, but for what is spoilt in it. */
export async function startHostile(world: World, scenario: Scenario): Promise<HostileCluster> {
	const cluster = await startEmbedded({world, scenario, speed: 0.1});
	const {store, proxies} = cluster.stage;
	// Definitions decide what there is at all; whoever may write them needs no hostile text.
	const isData = ({group, compute}: ResourceType) => compute === undefined && group !== 'apiextensions.k8s.io';
	const resources = store.resources().filter(isData);
	const first = resources.map(resource => ({resource, objects: store.list(resource.group, resource.plural)}));
	// Asked now: what they answer is made of the objects, which are soon spoilt.
	const honest = [...proxies].map(([key, answer]) => ({key, said: answer('/metrics')}));
	let strangers: Array<() => void> = [];
	const spoil = ({texts, share, seed}: Spoiling): void => {
		const random = createRandom(seed);
		const draw: Draw = {
			chance: () => random() < share,
			text: () => texts[Math.floor(random() * texts.length)] ?? '',
		};
		for (const remove of strangers) remove();
		strangers = [];
		for (const {resource, objects} of first) {
			const {group, plural} = resource;
			// The exporter stays what it is: nobody would ask it otherwise, and its answers are spoilt.
			for (const object of objects) if (!object.metadata.name.includes('dcgm')) store.put(spoiltObject(object, draw));
			const [one] = objects;
			if (one === undefined) continue;
			const {uid: _, ...metadata} = one.metadata;
			const name = `${metadata.name}${draw.text()}`;
			store.put(spoiltObject({...one, metadata: {...metadata, name}}, draw));
			strangers.push(() => store.remove({group, plural, namespace: metadata.namespace ?? '', name}));
		}
		for (const {key, said} of honest)
			proxies.set(key, () => (said === 'hang' ? said : {...said, body: spoiltMetrics(said.body, draw)}));
	};
	return {...cluster, spoil};
}

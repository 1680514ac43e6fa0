import {readFile} from 'node:fs/promises';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {readSettings} from '../files/configuration.ts';
import {readLastKnown} from '../files/last-known.ts';
import {readMarks, setMark} from '../files/marks.ts';
import type {ClusterPlace} from '../files/places.ts';
import {baselineOf} from '../findings/baseline.ts';
import type {Background} from '../findings/world.ts';
import type {LastKnown} from '../last-known.ts';
import {type Mark, type Marks, noMarks} from '../marks.ts';
import {own, type SafeText} from '../vocabulary.ts';

/** What is kept here about a cluster, and the way to add to it. */
export type Keeping = Background & {
	readonly place: ClusterPlace;
	readonly known: LastKnown | undefined;
	/** Sets a mark for everybody here, or takes it back. @throws MarksError */
	readonly mark: (finding: string, mark?: Mark) => Promise<void>;
	/** What could not be read of it, a sentence each. */
	readonly complaints: readonly SafeText[];
};

async function authorityOf({tls: {authority}}: ClusterTarget): Promise<string> {
	if (authority === undefined) return '';
	if ('pem' in authority) return authority.pem;
	return readFile(authority.file, 'utf8').catch(() => authority.file);
}

/** Which cluster a target is, wherever its kubeconfig lies. */
export async function placeOf(target: ClusterTarget): Promise<ClusterPlace> {
	const {href: server} = target.declared ?? target.server;
	return {context: target.contextName, server, authority: await authorityOf(target)};
}

/**
 * Everything that is known of a cluster beforehand: what its user declared, what was last seen, what was marked.
 * @throws ConfigurationError where the configuration has a mistake: a wrong target is worse than none
 */
export async function keepingOf(target: ClusterTarget, environment: NodeJS.ProcessEnv): Promise<Keeping> {
	const place = await placeOf(target);
	const complaints: SafeText[] = [];
	const asMarks = (error: unknown): Marks => {
		complaints.push((error as {sentence?: SafeText}).sentence ?? own('what was acknowledged and accepted could not be read'));
		return noMarks;
	};
	const [settings, known, read] = await Promise.all([
		readSettings(environment, target.contextName),
		readLastKnown(environment, place),
		readMarks(environment, place).catch(asMarks),
	]);
	let marks = read;
	return {
		place,
		settings,
		known,
		complaints,
		baseline: baselineOf(known, Date.now()),
		remembered: new Map([...(known?.findings ?? [])].map(([name, {firstSeen}]) => [name, firstSeen])),
		marks: () => marks,
		mark: async (finding, mark) => {
			await setMark(environment, place, finding, mark);
			const next = new Map(marks);
			if (mark === undefined) next.delete(finding);
			else next.set(finding, mark);
			marks = next;
		},
	};
}

import {askJson} from '../cluster/ask.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {writtenOf} from '../cluster/managed-fields.ts';
import {Refusal} from '../cluster/refusal.ts';
import {safeText} from '../cluster/safe-text.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import {systems} from '../findings/systems.ts';
import {clockTime, zoneName} from '../findings/tell.ts';
import type {LinesView} from '../interface/shell/desk.ts';
import type {OpenText} from '../interface/shell/reach.ts';
import {own, type Row, type SafeText, type Subject, say} from '../vocabulary.ts';
import {join, shownPath} from '../words.ts';

const metadataOnly = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json';
/** An answer that takes longer than this helps nobody; ms. */
const patience = 1000;
const plain = /^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$/;

/** Where an object is read, one path for each version that may be served; none of a name that might lead elsewhere. */
export function pathsOf({resource, namespace, name}: Subject): readonly string[] {
	const kind = systems
		.flatMap(({kinds}) => kinds)
		.find(({plural, group}) => resource === (group === '' ? plural : `${plural}.${group}`));
	if (kind === undefined || !plain.test(name) || (namespace !== '' && !plain.test(namespace))) return [];
	const {group, plural, versions} = kind;
	const where = namespace === '' ? '' : `namespaces/${namespace}/`;
	return versions.map(version => `${group === '' ? `/api/${version}` : `/apis/${group}/${version}`}/${where}${plural}/${name}`);
}

async function ask(paths: readonly string[], cluster: Cluster, signal: AbortSignal): Promise<readonly SafeText[]> {
	const [path = '', ...others] = paths;
	try {
		const {json} = await askJson(cluster.transport, {path, headers: {accept: metadataOnly}, signal, headersWithin: patience});
		return writtenOf(json).map(({by, at, how, parts}) => {
			const when = at === 0 ? own('at some time') : clockTime(at, cluster.now());
			return say`${when}  ${by}  ${how}${own(parts.length === 0 ? '' : ': ')}${join(parts)}`;
		});
	} catch (error) {
		if (others.length > 0 && error instanceof Refusal && error.status === 404) return ask(others, cluster, signal);
		throw error;
	}
}

/** Asks who wrote what of the object behind a row last; or says why that cannot be asked. */
export function openWriters({subject}: Row, cluster: Cluster, changed: () => void): OpenText | SafeText {
	if (subject === undefined) return own('No single object stands behind this, so nobody wrote it.');
	const paths = pathsOf(subject);
	if (paths.length === 0) return say`Who wrote ${safeText(subject.resource)} is not read here.`;
	const closing = new AbortController();
	const title = say`who wrote ${safeText(subject.resource)} ${shownPath(subject)}, the last first (${zoneName(cluster.now())})`;
	let view: LinesView = {title, lines: [], note: own('asking')};
	const show = (next: Partial<LinesView>) => {
		view = {...view, ...next};
		if (!closing.signal.aborted) changed();
	};
	ask(paths, cluster, closing.signal).then(
		lines => show({lines, note: lines.length === 0 ? own('the object does not tell') : own('')}),
		(error: unknown) => show({note: say`not read: ${sentenceOf(error)}`}),
	);
	return {view: () => view, close: () => closing.abort()};
}

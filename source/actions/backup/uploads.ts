import {items, number, type Raw} from '../../cluster/raw.ts';
import type {Reader} from '../../cluster/read-once.ts';
import {Refusal} from '../../cluster/refusal.ts';
import type {SafeText} from '../../vocabulary.ts';
import {bytesOf} from '../../words.ts';

/** What copies the data of volumes for Velero: from their files, and from snapshots of them. */
const resources = ['v1/{}/podvolumebackups', 'v2alpha1/{}/datauploads'];

/** A longer name is no label, and Velero writes a hash instead. */
const longestLabel = 63;

async function progressOf(reader: Reader, path: string): Promise<readonly Raw[]> {
	try {
		return items((await reader.get(path))?.items).flatMap(({status}) =>
			status?.progress === undefined ? [] : [status.progress],
		);
	} catch (error) {
		// Who may not read them backs up nevertheless.
		if (error instanceof Refusal && error.status < 500 && error.status !== 429) return [];
		throw error;
	}
}

/** How much of the data of volumes is copied, `1.2/3.4Gi`; undefined where nobody tells. Rejects where the server is away. */
export async function uploadedWords(reader: Reader, namespace: string, backup: string): Promise<SafeText | undefined> {
	if (backup.length > longestLabel) return undefined;
	const selector = encodeURIComponent(`velero.io/backup-name=${backup}`);
	const paths = resources.map(
		resource => `/apis/velero.io/${resource.replace('{}', `namespaces/${namespace}`)}?labelSelector=${selector}`,
	);
	const all = (await Promise.all(paths.map(path => progressOf(reader, path)))).flat();
	const sum = (of: 'bytesDone' | 'totalBytes') => all.reduce((total, progress) => total + (number(progress[of]) ?? 0), 0);
	return sum('totalBytes') === 0 ? undefined : bytesOf(sum('bytesDone'), sum('totalBytes'));
}

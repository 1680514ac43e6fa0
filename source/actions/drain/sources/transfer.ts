import type {Kind} from '../../../cluster/kind.ts';
import {name, number, type Raw} from '../../../cluster/raw.ts';
import {keyOf, own, type RawName, type SafeText, type StoredRecord} from '../../../vocabulary.ts';

/** Data on its way to or from a backup, one volume of it. */
export type TransferRecord = StoredRecord & {
	readonly resource: string;
	/** What it is, to be read: `data upload`. */
	readonly what: SafeText;
	/** Where it runs; `''` where it was not said, and it is told by its pod or its volume. */
	readonly node: RawName;
	/** Keys of the pod and the claim it is about, and the name of the Longhorn volume; `''` where it names none. */
	readonly pod: string;
	readonly claim: string;
	readonly volume: RawName;
	/** In whole percent; undefined where it is not told. */
	readonly done: number | undefined;
};

const over = new Set<string>(['Completed', 'Failed', 'Canceled', 'Error', 'Unknown', 'Deleting']);

type Place = Pick<TransferRecord, 'node' | 'pod' | 'claim' | 'volume'>;
const nowhere: Place = {node: '' as RawName, pod: '', claim: '', volume: '' as RawName};

const reference = (namespace: Raw | undefined, of: Raw | undefined): string =>
	name(of) === '' ? '' : keyOf(name(namespace), name(of));

function percentOf(progress: Raw | undefined): number | undefined {
	const [done, total] = [number(progress?.bytesDone), number(progress?.totalBytes)];
	return done === undefined || total === undefined || total === 0 ? number(progress) : Math.floor((100 * done) / total);
}

/** A kind of transfers; those that are over are left out. */
function transfers(
	kind: Pick<Kind<TransferRecord>, 'id' | 'group' | 'versions' | 'plural' | 'kind'>,
	what: string,
	placeOf: (raw: Raw) => Partial<Place>,
): Kind<TransferRecord> {
	return {
		...kind,
		namespaced: true,
		project: (raw, identity) => {
			const {status} = raw;
			if (over.has(name(status?.phase ?? status?.state))) return undefined;
			return {
				...identity,
				resource: `${kind.plural}.${kind.group}`,
				what: own(what),
				...nowhere,
				...placeOf(raw),
				done: percentOf(status?.progress),
			};
		},
	};
}

const velero = {group: 'velero.io', versions: ['v1']};
const movers = {group: 'velero.io', versions: ['v2alpha1']};

/** Of Velero and Longhorn, each where it is installed. */
export const transferKinds: readonly Kind<TransferRecord>[] = [
	transfers(
		{...velero, id: 'velero/podvolumebackups', plural: 'podvolumebackups', kind: 'PodVolumeBackup'},
		'pod volume backup',
		({spec}) => ({node: name(spec?.node), pod: reference(spec?.pod?.namespace, spec?.pod?.name)}),
	),
	transfers(
		{...velero, id: 'velero/podvolumerestores', plural: 'podvolumerestores', kind: 'PodVolumeRestore'},
		'pod volume restore',
		({spec, status}) => ({node: name(status?.node), pod: reference(spec?.pod?.namespace, spec?.pod?.name)}),
	),
	transfers(
		{...movers, id: 'velero/datauploads', plural: 'datauploads', kind: 'DataUpload'},
		'data upload',
		({spec, status}) => ({node: name(status?.node), claim: reference(spec?.sourceNamespace, spec?.sourcePVC)}),
	),
	transfers(
		{...movers, id: 'velero/datadownloads', plural: 'datadownloads', kind: 'DataDownload'},
		'data download',
		({spec, status}) => ({
			node: name(status?.node),
			claim: reference(spec?.targetVolume?.namespace, spec?.targetVolume?.pvc),
		}),
	),
	transfers(
		{group: 'longhorn.io', versions: ['v1beta2'], id: 'drain/longhorn-backups', plural: 'backups', kind: 'Backup'},
		'Longhorn backup',
		({status, metadata}) => ({volume: name(status?.volumeName ?? metadata?.labels?.['backup-volume'])}),
	),
];
